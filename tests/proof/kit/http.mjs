// Requests as a phone makes them: an answer, or a line that broke off.
import { Agent, request } from 'node:http'

/** The line broke: whether the server did it nobody knows. */
export class Cut extends Error {}

export const lines = (most = 200) => new Agent({ keepAlive: true, maxSockets: most })

export function send(agent, url, { method = 'GET', headers = {}, body, patienceMs = 120_000 } = {}) {
  return new Promise((resolve, reject) => {
    const cut = (cause) => reject(new Cut(`${method} ${url}: ${cause.message}`))
    const asked = request(url, { method, headers, agent, timeout: patienceMs }, (answer) => {
      const chunks = []
      answer.on('data', (chunk) => chunks.push(chunk))
      answer.on('error', cut)
      answer.on('aborted', () => cut(new Error('cut in the answer')))
      answer.on('end', () => {
        const text = Buffer.concat(chunks).toString()
        resolve({ status: answer.statusCode, headers: answer.headers, text, json: () => JSON.parse(text) })
      })
    })
    asked.on('timeout', () => asked.destroy(new Error('no answer')))
    asked.on('error', cut)
    asked.end(body)
  })
}

/** A token is good for ten minutes. */
const tokenMs = 8 * 60_000

/** Somebody who is signed in. `where` says where the server is just now. */
export class Person {
  constructor(where, agent = lines()) {
    this.where = where
    this.agent = agent
    this.token = null
    this.cookie = null
  }

  /** `home` is where to sign in, where that is not the way everything else goes. */
  async signIn(username, password, home = this.where) {
    this.again = () => this.signIn(username, password, home)
    const headers = { 'Content-Type': 'application/json' }
    const answer = await send(this.agent, `${home()}/api/v1/session`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ username, password }),
    })
    if (answer.status !== 200)
      throw Object.assign(new Error(`sign in: ${answer.status} ${answer.text}`), { status: answer.status })
    this.take(answer)
    return this
  }

  take(answer) {
    this.token = answer.json().access_token
    this.cookie = answer.headers['set-cookie'][0].split(';')[0]
    this.since = performance.now()
  }

  /** Goes on with its cookie from now on, as a phone does: a thousand that sign in anew are a thousand passwords to be hashed. */
  goesOn() {
    this.again = async () => {
      const headers = { Cookie: this.cookie, 'X-Requested-With': 'nuanfang' }
      const answer = await send(this.agent, `${this.where()}/api/v1/session/refresh`, { method: 'POST', headers })
      if (answer.status !== 200) throw new Error(`go on: ${answer.status} ${answer.text}`)
      this.take(answer)
    }
    return this
  }

  /** Signs in anew before the token is too old; a run may last for hours. */
  async mayGoOn() {
    if (performance.now() - this.since < tokenMs) return
    this.renewing ??= this.again().finally(() => (this.renewing = null))
    await this.renewing
  }

  call(method, path, body, headers = {}) {
    const bytes = body === undefined || Buffer.isBuffer(body) || typeof body === 'string' ? body : JSON.stringify(body)
    const said = {
      'Content-Type': 'application/json',
      ...(this.token ? { Authorization: `Bearer ${this.token}` } : {}),
      ...headers,
    }
    return send(this.agent, `${this.where()}/api/v1${path}`, { method, headers: said, body: bytes })
  }

  /** Must go well. */
  async done(method, path, body, headers) {
    const answer = await this.call(method, path, body, headers)
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`)
    return answer.text ? answer.json() : null
  }
}
