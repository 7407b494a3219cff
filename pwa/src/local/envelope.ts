/** The server's public key, as a pull brings it with each campaign. */
export interface SealKey {
  id: string
  /** Base64 of the 65 bytes of an uncompressed point on P-256. */
  public_key: string
}

const magic = new TextEncoder().encode('NFS1')
const info = new TextEncoder().encode('nuanfang sealed 1')

const fromBase64 = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(text), (char) => char.charCodeAt(0))

function uuidBytes(id: string): Uint8Array {
  const hex = id.replaceAll('-', '')
  if (!/^[0-9a-f]{32}$/i.test(hex)) throw new Error('a seal key has a UUID for its name')
  return Uint8Array.from({ length: 16 }, (_, at) => Number.parseInt(hex.slice(at * 2, at * 2 + 2), 16))
}

/** Not in the first screen's weight. */
async function suite() {
  const { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } = await import('@hpke/core')
  return new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() })
}

/**
 * Seals to the server (HPKE, RFC 9180): magic | key id | encapsulated key | ciphertext with its tag.
 * Whoever holds only the phone cannot open it again, and `aad` says what it may be taken for.
 */
export async function sealTo(key: SealKey, plain: ArrayBuffer | Uint8Array, aad: string): Promise<Uint8Array<ArrayBuffer>> {
  const hpke = await suite()
  const recipientPublicKey = await hpke.kem.deserializePublicKey(fromBase64(key.public_key).buffer)
  const bytes = plain instanceof Uint8Array ? plain.slice().buffer : plain
  const { enc, ct } = await hpke.seal(
    { recipientPublicKey, info: info.slice().buffer },
    bytes,
    new TextEncoder().encode(aad).buffer,
  )
  const parts = [magic, uuidBytes(key.id), new Uint8Array(enc), new Uint8Array(ct)]
  const envelope = new Uint8Array(parts.reduce((length, part) => length + part.byteLength, 0))
  let at = 0
  for (const part of parts) {
    envelope.set(part, at)
    at += part.byteLength
  }
  return envelope
}

/** In pieces, for a picture's bytes are more arguments than a call may have. */
export function toBase64(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.byteLength; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000))
  return btoa(text)
}
