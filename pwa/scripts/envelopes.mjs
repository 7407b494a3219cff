// The other end of the phone's envelopes, for tests: keys, and opening what was sealed to them (HPKE, RFC 9180, base mode).
import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core'

export const suite = new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() })

const utf8 = (text) => new TextEncoder().encode(text)
const magic = utf8('NFS1')
const info = utf8('nuanfang sealed 1')
const idEnd = magic.length + 16
const encEnd = idEnd + 65
const tagBytes = 16
/** What of an array is its own, and no more of the buffer it lies in. */
const own = (bytes) => Uint8Array.from(bytes).buffer

export const isEnvelope = (bytes) => magic.every((byte, at) => bytes[at] === byte)

/** The name of the key it was sealed to, as a UUID. */
export function keyIdOf(envelope) {
  const hex = Buffer.from(envelope.subarray(magic.length, idEnd)).toString('hex')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

/** A private key from its 32 bytes. */
export function privateKeyFrom(bytes) {
  return suite.kem.deserializePrivateKey(own(bytes))
}

export async function newKeys(id = crypto.randomUUID()) {
  const { publicKey, privateKey } = await suite.kem.generateKeyPair()
  const public_key = Buffer.from(await suite.kem.serializePublicKey(publicKey)).toString('base64')
  return { id, public_key, privateKey }
}

/** The plain bytes; throws for anything that is not, to the last bit, what was sealed to this key for this purpose. */
export async function openEnvelope({ id, privateKey }, envelope, aad) {
  if (!isEnvelope(envelope) || envelope.length < encEnd + tagBytes) throw new Error('no envelope')
  if (keyIdOf(envelope) !== id) throw new Error('sealed to another key')
  const recipient = { recipientKey: privateKey, enc: own(envelope.subarray(idEnd, encEnd)), info: own(info) }
  return new Uint8Array(await suite.open(recipient, own(envelope.subarray(encEnd)), own(utf8(aad))))
}
