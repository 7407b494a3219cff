/** The file an outbox is copied to; docs/outbox-file.md describes it for other readers. */

export const magic = new TextEncoder().encode('NFOUTBOX')
/** From 2 on a picture may be an envelope; a reader takes both. */
export const version = 2
const oldest = 1
export const frameBytes = 256 * 1024
export const tagBytes = 16
/** A reader refuses less, and more than a phone could have had the patience for. */
export const iterations = { least: 600_000, ours: 600_000, most: 10_000_000 }
const mostHeader = 4_096
const startBytes = magic.length + 8

export interface Header {
  kdf: 'PBKDF2-SHA-256'
  iterations: number
  salt: string
  cipher: 'AES-256-GCM'
  nonce: string
  /** Tells a wrong passphrase from a damaged file; says nothing of the key. */
  check: string
  frame_bytes: number
  made_at: string
}

/** One thing in the file: what it is, and its bytes. */
export interface Entry {
  says: Says
  bytes: Uint8Array<ArrayBuffer>
}
export type Says =
  | {
      kind: 'about'
      user_id: string
      user_name: string
      device: string
      app_version: string
      clock_offset_ms: number
      items: number
      pictures: number
    }
  /** The bytes are the item as it goes on the wire, letter for letter. */
  | { kind: 'item'; id: string; label: string }
  /** `envelope_sha256`: the bytes are an envelope to the server's key, under the plain picture's name, and hash to this. */
  | { kind: 'picture'; sha256: string; media_type: string; item_id: string; envelope_sha256?: string }
  | { kind: 'end'; items: number; pictures: number }

export class NotACopy extends Error {}
export class WrongPassphrase extends Error {}
/** A byte is not what was written, or the end is missing. */
export class Damaged extends Error {}

export const toBase64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes))
export const fromBase64 = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(text), (char) => char.charCodeAt(0))

export function joined(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.byteLength
  }
  return whole
}

export function numbered(value: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setUint32(0, value)
  return bytes
}

export const numberIn = (bytes: Uint8Array, at = 0): number => new DataView(bytes.buffer, bytes.byteOffset).getUint32(at)

export function headerBytes(header: Header): Uint8Array<ArrayBuffer> {
  const text = new TextEncoder().encode(JSON.stringify(header))
  return joined(magic, numbered(version), numbered(text.byteLength), text)
}

/** How long the header is, from the bytes every file begins with. */
export function headerLength(start: Uint8Array): number {
  if (start.byteLength < startBytes || magic.some((byte, at) => start[at] !== byte)) throw new NotACopy('not_a_copy')
  const length = numberIn(start, magic.length + 4)
  const written = numberIn(start, magic.length)
  if (written < oldest || written > version || length > mostHeader) throw new NotACopy('other_version')
  return length
}
export { startBytes }

export function parseHeader(text: Uint8Array): Header {
  try {
    const header = JSON.parse(new TextDecoder().decode(text)) as Header
    const isOurs = header.kdf === 'PBKDF2-SHA-256' && header.cipher === 'AES-256-GCM'
    const isBounded =
      header.iterations >= iterations.least && header.iterations <= iterations.most && header.frame_bytes <= 16 * frameBytes
    if (isOurs && isBounded && fromBase64(header.nonce).byteLength === 7) return header
  } catch {
    // Said below.
  }
  throw new NotACopy('header')
}

/** What a person reads out and types again: spaces, dashes and full-width digits make no difference. */
export function plain(passphrase: string): string {
  return passphrase.normalize('NFKC').replaceAll(/[\s-]/g, '')
}

/** Twenty digits in groups of four: the same keys in every language, and more than anybody can try. */
export function newPassphrase(random = crypto.getRandomValues(new Uint32Array(5))): string {
  return Array.from(random, (value) => String(value % 10_000).padStart(4, '0')).join(' ')
}

export interface Opened {
  key: CryptoKey
  check: string
}

export async function keyFrom(passphrase: string, salt: Uint8Array<ArrayBuffer>, rounds: number): Promise<Opened> {
  const { subtle } = crypto
  const secret = await subtle.importKey('raw', new TextEncoder().encode(plain(passphrase)), 'PBKDF2', false, ['deriveBits'])
  const stretched = await subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt, iterations: rounds }, secret, 256)
  const root = await subtle.importKey('raw', stretched, 'HKDF', false, ['deriveBits'])
  const derive = (info: string, bits: number) =>
    subtle.deriveBits({ name: 'HKDF', hash: 'SHA-256', salt, info: new TextEncoder().encode(info) }, root, bits)
  const key = await subtle.importKey('raw', await derive('key', 256), 'AES-GCM', false, ['encrypt', 'decrypt'])
  return { key, check: toBase64(new Uint8Array(await derive('check', 128))) }
}

/** Every frame has its own nonce: its number, and whether it is the last, so that none can be moved, repeated or left away. */
export function nonceOf(header: Header, frame: number, isLast: boolean): Uint8Array<ArrayBuffer> {
  return joined(fromBase64(header.nonce), numbered(frame), Uint8Array.of(isLast ? 1 : 0))
}
