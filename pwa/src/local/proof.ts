import { pull } from '@/api/calls'
import type { PushResult } from '@/api/types'
import { applyPull, keepReceiptKey, readContact } from './mirror'
import { type About, type Verdict, verdictOn } from './receipt'
import type { Store } from './store'

export const unproven = { code: 'receipt_invalid', title: 'receipt_invalid', status: 0 }

/** What the server says it stored counts only with its signed receipt; a key that is not known yet is fetched once. */
export async function isProven(store: Store, result: PushResult, about: About): Promise<boolean> {
  if (result.status !== 'stored' && result.status !== 'duplicate') return true
  const receipt = result.receipt ?? ''
  const verdict = async (): Promise<Verdict> => verdictOn(receipt, (await readContact(store)).receipt_keys, about)
  const first = await verdict()
  if (first !== 'unknown_key') return first === 'holds'
  await fetchKey(store)
  return (await verdict()) === 'holds'
}

async function fetchKey(store: Store): Promise<void> {
  const { cursor } = await readContact(store)
  const reply = await pull(cursor)
  // At the desk there is no pack to apply it to; locked, none can be written.
  if (cursor && store.vault) await applyPull(store, reply, new Date().toISOString())
  else await keepReceiptKey(store, reply.receipt_key)
}
