import { type Way, plainSecret } from './secret'
import { stretch } from './stretch'

/** What turning a PIN into a key costs whoever guesses. */
export interface Cost {
  memory_kib: number
  passes: number
}
export const usualCost: Cost = { memory_kib: 64 * 1024, passes: 3 }

/** The vault's key as it lies on the phone: encrypted under what Argon2id makes of the PIN. */
export interface Wrap extends Cost {
  way: Way
  salt: Uint8Array<ArrayBuffer>
  iv: Uint8Array<ArrayBuffer>
  sealed: Uint8Array<ArrayBuffer>
}

const about = new TextEncoder().encode('nuanfang vault wrap 1')

async function keyFrom(secret: string, salt: Uint8Array, { memory_kib, passes }: Cost): Promise<CryptoKey> {
  const bytes = await stretch({ secret: plainSecret(secret), salt, memory_kib, passes })
  return crypto.subtle.importKey('raw', bytes.slice(), 'AES-GCM', false, ['encrypt', 'decrypt'])
}

export async function wrapKey(key: Uint8Array<ArrayBuffer>, secret: string, way: Way, cost: Cost): Promise<Wrap> {
  const salt = crypto.getRandomValues(new Uint8Array(16))
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const under = await keyFrom(secret, salt, cost)
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: about }, under, key)
  const { memory_kib, passes } = cost
  return { way, salt, memory_kib, passes, iv, sealed: new Uint8Array(sealed) }
}

/** The key, or null when the PIN is another. Fails when the phone has no room to work it out. */
export async function unwrapKey(wrap: Wrap, secret: string): Promise<Uint8Array<ArrayBuffer> | null> {
  const under = await keyFrom(secret, wrap.salt, wrap)
  try {
    const cipher = { name: 'AES-GCM', iv: wrap.iv, additionalData: about }
    return new Uint8Array(await crypto.subtle.decrypt(cipher, under, wrap.sealed))
  } catch {
    return null
  }
}
