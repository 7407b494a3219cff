/** A receipt is the server's signed word that it holds an item: compact JWS, EdDSA, over id, content hash and time. */
export interface ReceiptClaims {
  id: string
  hash: string
  at: string
  device: string
  sequence: number
}

const fromBase64 = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0))

export function claimsOf(receipt: string): ReceiptClaims | null {
  try {
    const payload = receipt.split('.')[1]
    return payload ? (JSON.parse(new TextDecoder().decode(fromBase64(payload))) as ReceiptClaims) : null
  } catch {
    return null
  }
}

async function importKey(publicKey: string): Promise<CryptoKey | null> {
  try {
    return await crypto.subtle.importKey('raw', fromBase64(publicKey), { name: 'Ed25519' }, false, ['verify'])
  } catch {
    // Browsers before 2025 lack Ed25519; the claims are still compared, and the receipt is kept to be verified elsewhere.
    return null
  }
}

/** Whether this receipt is about this very content and, where the browser can tell, bears the server's signature. */
export async function receiptHolds(receipt: string, publicKey: string | null, id: string, bodySha256: string): Promise<boolean> {
  const claims = claimsOf(receipt)
  if (claims?.id !== id || claims.hash !== bodySha256) return false
  const key = publicKey ? await importKey(publicKey) : null
  if (!key) return true
  const [header, payload, signature] = receipt.split('.')
  if (!header || !payload || !signature) return false
  return crypto.subtle.verify({ name: 'Ed25519' }, key, fromBase64(signature), new TextEncoder().encode(`${header}.${payload}`))
}
