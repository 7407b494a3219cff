/** Amounts in the capital numerals that Chinese vouchers are written in, for nobody alters a 伍 into a 柒. */
const digits = '零壹贰叁肆伍陆柒捌玖'
const places = ['', '拾', '佰', '仟']
const groups = ['', '万', '亿', '万亿']

/** Up to four digits, from the left; noughts between others are said once. */
function group(of: number): string {
  let [words, gap] = ['', false]
  for (let place = 3; place >= 0; place -= 1) {
    const digit = Math.floor(of / 10 ** place) % 10
    if (digit === 0) gap = words !== ''
    else {
      words += (gap ? '零' : '') + (digits[digit] ?? '') + (places[place] ?? '')
      gap = false
    }
  }
  return words
}

function whole(yuan: number): string {
  let [words, rest, at, gap] = ['', yuan, 0, false]
  while (rest > 0) {
    const part = rest % 10_000
    if (part > 0) {
      words = group(part) + (groups[at] ?? '') + (gap && words ? '零' : '') + words
      gap = part < 1000
    } else if (words) gap = true
    rest = Math.floor(rest / 10_000)
    at += 1
  }
  return words
}

/** 人民币壹仟零伍拾元整. Whole fen; nothing is rounded. */
export function capitalYuan(fen: number): string {
  const sum = Math.abs(Math.trunc(fen))
  const [yuan, jiao, rest] = [Math.floor(sum / 100), Math.floor(sum / 10) % 10, sum % 10]
  const head = `人民币${fen < 0 ? '负' : ''}`
  if (sum === 0) return `${head}零元整`
  const front = yuan > 0 ? `${whole(yuan)}元` : ''
  if (jiao === 0 && rest === 0) return `${head}${front}整`
  const tens = jiao > 0 ? `${digits[jiao] ?? ''}角` : front ? '零' : ''
  return head + front + tens + (rest > 0 ? `${digits[rest] ?? ''}分` : '整')
}
