import type { PushResult } from '@/api/types'
import type { Delivery } from './shapes'
import type { Store } from './store'

/** The phone did not give back what was written to it; nothing may be called saved. */
export class NotKept extends Error {
  constructor() {
    super('not_kept')
  }
}

export async function dropDraftsOf(store: Store, ids: string[]): Promise<void> {
  await Promise.all([store.drafts.bulkDelete(ids), store.counts.bulkDelete(ids), store.askings.bulkDelete(ids)])
}

/** Drafts that were already sealed when the app was killed between the two writes. */
export async function dropSealedDrafts(store: Store): Promise<void> {
  const begun = await Promise.all([
    store.drafts.toCollection().primaryKeys(),
    store.counts.toCollection().primaryKeys(),
    store.askings.toCollection().primaryKeys(),
  ])
  const sealed = (await store.outbox.bulkGet(begun.flat())).flatMap((item) => (item ? [item.id] : []))
  await dropDraftsOf(store, sealed)
}

/** Writes down what the server said of one item; `receipt` has been checked by the caller. */
export async function recordResult(store: Store, result: PushResult, now: string): Promise<void> {
  const good = result.status === 'stored' || result.status === 'duplicate'
  const change: Partial<Delivery> = good
    ? {
        state: 'received',
        receipt: result.receipt ?? null,
        received_at: now,
        standing: result.standing ?? null,
        problem: null,
        put_off: null,
      }
    : { state: 'needs_me', problem: result.problem ?? { code: result.status, title: result.status, status: 409 }, put_off: null }
  await store.transaction('rw', [store.deliveries, store.outbox, store.households], async () => {
    await store.deliveries.update(result.id, change)
    const item = await store.outbox.get(result.id)
    const standing = result.standing
    // Locked, the list is changed by the next pull.
    if (!good || !standing || !item?.household_id || !store.vault) return
    const household = await store.households.get(item.household_id)
    const standings = household?.standings.map((row) => (row.campaign_id === item.campaign_id ? { ...row, standing } : row))
    if (household && standings) await store.households.put({ ...household, standings })
  })
}

/** Another try for something refused, when the person says so. */
export async function tryAgain(store: Store, id: string): Promise<void> {
  await store.deliveries.update(id, { state: 'waiting', attempts: 0, next_attempt_ms: 0, problem: null })
}

/** Forgets every waiting time: the person pressed "send now", or the line came back. */
export async function hurry(store: Store): Promise<void> {
  await store.transaction('rw', [store.deliveries, store.pictures, store.meta], async () => {
    await store.meta.delete('line_rest')
    await store.deliveries.where('state').equals('waiting').modify({ next_attempt_ms: 0 })
    await store.pictures
      .filter((picture) => picture.arrived_at === null && picture.problem === null)
      .modify({ next_attempt_ms: 0 })
  })
}
