/** How the person opens the vault. */
export type Way = 'pin' | 'passphrase'

/** Why a PIN or passphrase is not taken. */
export type Weakness = 'pin_length' | 'pin_easy' | 'passphrase_short' | 'passphrase_easy'

export const pinLength = 6
const leastPassphrase = 10

/** Keys that lie on a line of the pad, and what is tried first everywhere. */
const tried = new Set('147258 258369 159357 357159 147369 112233 223344 332211 123321 520131 131452 520520'.split(' '))

/** All the same, a run up or down, or a short piece repeated. */
function isPattern(text: string): boolean {
  const codes = [...text].map((char) => char.codePointAt(0) ?? 0)
  const steps = new Set(codes.slice(1).map((code, at) => code - (codes[at] ?? 0)))
  if (steps.size === 1 && [-1, 0, 1].includes([...steps][0] ?? 2)) return true
  return [1, 2, 3].some((size) => text === text.slice(0, size).repeat(text.length / size))
}

export function weaknessOf(secret: string, way: Way): Weakness | null {
  if (way === 'pin') {
    if (!/^\d+$/.test(secret) || secret.length !== pinLength) return 'pin_length'
    return isPattern(secret) || tried.has(secret) ? 'pin_easy' : null
  }
  const said = plainSecret(secret)
  if ([...said].length < leastPassphrase) return 'passphrase_short'
  return new Set(said).size < 4 || isPattern(said) || /^\d{1,11}$/.test(said) ? 'passphrase_easy' : null
}

/** The same words however a keyboard wrote them. */
export const plainSecret = (secret: string): string => secret.normalize('NFKC').trim()
