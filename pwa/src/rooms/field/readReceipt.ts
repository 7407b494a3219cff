import { readContact } from '@/local/mirror'
import { current } from '@/local/opened'
import { type Verdict, claimsOf, kidOf, verdictOn } from '@/local/receipt'

export interface Receipt {
  at: string
  sequence: number
  kid: string
  /** Of what travelled: whoever asks the server for it gets the same. */
  hash: string
  verdict: Verdict
}

/** The receipt of one item, held once more against what this phone sent and the keys it was given. */
export async function readReceipt(id: string): Promise<Receipt | null> {
  const { store, device } = current()
  const [item, delivery, contact] = await Promise.all([store.outbox.get(id), store.deliveries.get(id), readContact(store)])
  const receipt = delivery?.receipt
  const claims = receipt ? claimsOf(receipt) : null
  if (!item || !receipt || !claims) return null
  const { sequence, body_sha256: hash } = item
  const verdict = await verdictOn(receipt, contact.receipt_keys, { id, hash, device, sequence })
  return { at: claims.at, sequence, kid: kidOf(receipt) ?? '', hash, verdict }
}
