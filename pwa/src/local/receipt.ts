import { verifyAsync } from '@noble/ed25519'

/** A receipt is the server's signed word that it holds an item: compact JWS, EdDSA, over id, content hash and time. */
export interface ReceiptClaims {
  id: string
  hash: string
  at: string
  device: string
  sequence: number
}

export interface ReceiptKey {
  kid: string
  /** The raw key, in base64. */
  public_key: string
}

/** What the receipt must be about. */
export type About = Pick<ReceiptClaims, 'id' | 'hash' | 'device' | 'sequence'>

/** `unknown_key`: signed with a key this phone has not been given; it may be asked for. */
export type Verdict = 'holds' | 'unknown_key' | 'wrong'

interface Header {
  alg?: string
  typ?: string
  kid?: string
}

const fromBase64 = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0))

function read<T>(part: string | undefined): T | null {
  try {
    return part ? (JSON.parse(new TextDecoder().decode(fromBase64(part))) as T) : null
  } catch {
    return null
  }
}

export function claimsOf(receipt: string): ReceiptClaims | null {
  return read<ReceiptClaims>(receipt.split('.')[1])
}

/** With which key it says it was signed. */
export function kidOf(receipt: string): string | null {
  return read<Header>(receipt.split('.')[0])?.kid ?? null
}

/** A receipt that does not verify is none, whatever it says. */
export async function verdictOn(receipt: string, keys: readonly ReceiptKey[], about: About): Promise<Verdict> {
  const [head, payload, signature, ...more] = receipt.split('.')
  const header = read<Header>(head)
  const claims = read<ReceiptClaims>(payload)
  if (!header || !claims || !signature || more.length > 0) return 'wrong'
  if (header.alg !== 'EdDSA' || header.typ !== 'receipt+jwt') return 'wrong'
  const { id, hash, device, sequence } = claims
  if (id !== about.id || hash !== about.hash || device !== about.device || sequence !== about.sequence) return 'wrong'
  const fitting = keys.filter((key) => key.kid === header.kid)
  if (fitting.length === 0) return 'unknown_key'
  const text = new TextEncoder().encode(`${head}.${payload}`)
  for (const key of fitting) if (await isSigned(key.public_key, signature, text)) return 'holds'
  return 'wrong'
}

async function isSigned(publicKey: string, signature: string, text: Uint8Array<ArrayBuffer>): Promise<boolean> {
  try {
    const key = fromBase64(publicKey)
    const signed = fromBase64(signature)
    const own = await importKey(key)
    if (own) return await crypto.subtle.verify({ name: 'Ed25519' }, own, signed, text)
    return await verifyAsync(signed, text, key)
  } catch {
    return false
  }
}

/** Browsers before 2025 lack Ed25519. */
async function importKey(key: Uint8Array<ArrayBuffer>): Promise<CryptoKey | null> {
  try {
    return await crypto.subtle.importKey('raw', key, { name: 'Ed25519' }, false, ['verify'])
  } catch {
    return null
  }
}
