import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core'
import type { SealKey } from '@/api/types'

export const suite = new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() })
const utf8 = (text: string) => new TextEncoder().encode(text)

/** The server's end: a key, and what opens what was sealed to it. */
export async function opener(id = '0190aabb-ccdd-7eef-8011-223344556677') {
  const { publicKey, privateKey } = await suite.kem.generateKeyPair()
  const key: SealKey = { id, public_key: Buffer.from(await suite.kem.serializePublicKey(publicKey)).toString('base64') }
  async function open(envelope: ArrayBuffer | string, aad: string): Promise<Uint8Array> {
    const bytes = typeof envelope === 'string' ? Uint8Array.from(Buffer.from(envelope, 'base64')) : new Uint8Array(envelope)
    const recipient = { recipientKey: privateKey, enc: bytes.slice(20, 85).buffer, info: utf8('nuanfang sealed 1').buffer }
    return new Uint8Array(await suite.open(recipient, bytes.slice(85).buffer, utf8(aad).buffer))
  }
  return { key, open }
}
