// A roster of people nobody is, as large as is wanted.

/** An identity number of nobody: a place, a day, a place in the day's list, and the character that follows from them. */
function idNumber(n) {
  const day = new Date(Date.UTC(1950, 0, 1 + (n % 18_000)))
  const digits = `510199${day.toISOString().slice(0, 10).replaceAll('-', '')}${String(100 + Math.floor(n / 18_000)).padStart(3, '0')}`
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
  return digits + '10X98765432'[weights.reduce((sum, weight, at) => sum + weight * Number(digits[at]), 0) % 11]
}

/** So many rows, from the `from`th person on, as a CSV file. */
export function roster(count, from = 0) {
  const [first, second] = ['王李张刘陈杨赵黄周吴', '秀英建国桂兰志强春花明华玉梅']
  const kinds = ['低保户', '低保边缘户', '意外致困', '困难农民工', '大病家庭', '单亲', '困难学生']
  const row = (_, at) => {
    const n = from + at
    const name = first[n % 10] + second[Math.floor(n / 10) % 14] + second[Math.floor(n / 140) % 14]
    return `${name},${idNumber(n)},${kinds[n % kinds.length]},患病,第${n % 97}街道${n % 1009}号${n % 31}室,138${String(n).padStart(8, '0')}`
  }
  return ['姓名,身份证号码,困难类别,致困原因,家庭住址,联系电话', ...Array.from({ length: count }, row)].join('\n')
}

/** Somebody of the demo city, who waits as long as the server says and comes again. */
export async function caller(url, username) {
  const call = async (path, { method = 'GET', body, type = 'application/json', raw = false } = {}) => {
    const headers = { 'content-type': type, ...(call.token && { authorization: `Bearer ${call.token}` }) }
    const answer = await fetch(`${url}/api/v1${path}`, {
      method,
      headers,
      body: typeof body === 'object' ? JSON.stringify(body) : body,
    })
    if (answer.status === 503) {
      await new Promise((done) => setTimeout(done, 1000 * Number(answer.headers.get('retry-after') ?? 1)))
      return call(path, { method, body, type, raw })
    }
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
    return raw ? answer.arrayBuffer() : answer.json()
  }
  call.token = (await call('/session', { method: 'POST', body: { username, password: 'nuanfang-demo' } })).access_token
  return call
}

export async function timed(work) {
  const began = performance.now()
  const value = await work()
  return [performance.now() - began, value]
}
export const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`
export const say = (...cells) => console.log(`| ${cells.join(' | ')} |`)
