/** The resident identity number of GB 11643, read as the server reads it: spaces, full-width digits and a small x are put right. */
export type Fault = 'length' | 'characters' | 'check' | 'region' | 'birth'
export type Reading = { number: string; fault: null } | { number: null; fault: Fault }

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const checkCharacters = '10X98765432'
const provinces = new Set(
  '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83 91'.split(' '),
)

const wrong = (fault: Fault): Reading => ({ number: null, fault })

export function readIdNumber(typed: string): Reading {
  const text = typed.normalize('NFKC').replace(/\s/g, '').toUpperCase()
  if (/^\d{15}$/.test(text)) {
    const first17 = `${text.slice(0, 6)}19${text.slice(6)}`
    return parse(first17 + checkCharacter(first17))
  }
  return parse(text)
}

function parse(text: string): Reading {
  if (!/^\d*X?$/.test(text)) return wrong('characters')
  if (text.length !== 18) return wrong('length')
  if (checkCharacter(text.slice(0, 17)) !== text[17]) return wrong('check')
  if (!provinces.has(text.slice(0, 2))) return wrong('region')
  return isDay(text.slice(6, 14)) ? { number: text, fault: null } : wrong('birth')
}

function checkCharacter(first17: string): string {
  const sum = weights.reduce((all, weight, at) => all + weight * Number(first17[at]), 0)
  return checkCharacters[sum % 11] ?? ''
}

function isDay(digits: string): boolean {
  const [year, month, day] = [digits.slice(0, 4), digits.slice(4, 6), digits.slice(6)].map(Number) as [number, number, number]
  const date = new Date(Date.UTC(year, month - 1, day))
  return year >= 1900 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}

/** The first six and the last four; what is no number yet shows nothing of itself. */
export function masked(typed: string): string {
  const { number } = readIdNumber(typed)
  return number ? `${number.slice(0, 6)}********${number.slice(14)}` : '*'.repeat(Math.min(18, Array.from(typed.trim()).length))
}
