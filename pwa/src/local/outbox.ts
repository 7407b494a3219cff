import { sha256Hex } from '@/kit/hash'
import type { AcknowledgeBody, ItemKind, PushResult, VisitBody } from '@/api/types'
import { noteSealed } from './canary'
import { linkHash } from './chain'
import type { Opened } from './opened'
import type { Delivery, OutboxItem } from './shapes'
import { type Store, readMeta, steadily } from './store'

/** The phone did not give back what was written to it; nothing may be called saved. */
export class NotKept extends Error {
  constructor() {
    super('not_kept')
  }
}

/** What becomes an item of the chain. */
export interface Sealing {
  id: string
  kind: ItemKind
  body: VisitBody | AcknowledgeBody
  /** How the outbox calls it. */
  label: string
  made_at: string
}

/**
 * Seals a finished visit or acknowledgement: it becomes the next link of this phone's chain and never changes again.
 * The draft goes only after the item and every picture were read back and hash to their names.
 */
export async function seal(opened: Opened, sealing: Sealing): Promise<OutboxItem> {
  const { store, user, device } = opened
  const item = await steadily(store, () => append(store, sealing))
  await readBack(store, item)
  noteSealed(user.id, { device, sequence: item.sequence })
  await steadily(store, () => dropDraftsOf(store, [item.id]))
  return item
}

async function append(store: Store, { id, kind, body, label, made_at }: Sealing): Promise<OutboxItem> {
  const already = await store.outbox.get(id)
  if (already) return already
  const body_text = JSON.stringify(body)
  const body_sha256 = await sha256Hex(body_text)
  const time_token = await readMeta<string>(store, 'time_token')
  for (;;) {
    const last = await store.outbox.orderBy('sequence').last()
    const item: OutboxItem = {
      id,
      sequence: (last?.sequence ?? 0) + 1,
      previous: last ? await linkHash(last) : '',
      kind,
      made_at,
      time_token,
      body_text,
      body_sha256,
      campaign_id: body.campaign_id,
      household_id: 'household_id' in body ? body.household_id : null,
      slip_id: 'slip_id' in body ? body.slip_id : null,
      label,
    }
    // Hashing may not happen inside a transaction (the browser would commit it early), so another tab may have been quicker.
    const added = await store.transaction('rw', [store.outbox, store.deliveries, store.bytes], async () => {
      const newest = await store.outbox.orderBy('sequence').last()
      if (newest?.id !== last?.id) return false
      await store.outbox.add(item)
      await store.deliveries.add(waitingFor(item))
      const names = body.evidence.map((one) => one.sha256)
      await store.bytes.where('sha256').anyOf(names).modify({ open: true })
      return true
    })
    if (added) return item
  }
}

function waitingFor(item: OutboxItem): Delivery {
  const { id, sequence } = item
  return {
    id,
    sequence,
    state: 'waiting',
    attempts: 0,
    next_attempt_ms: 0,
    receipt: null,
    received_at: null,
    standing: null,
    problem: null,
  }
}

async function readBack(store: Store, item: OutboxItem): Promise<void> {
  const kept = await store.outbox.get(item.id)
  if (!kept || (await sha256Hex(kept.body_text)) !== item.body_sha256) throw new NotKept()
  const body = JSON.parse(kept.body_text) as Sealing['body']
  for (const { sha256 } of body.evidence) {
    const row = await store.bytes.get(sha256)
    if (!row || (await sha256Hex(row.bytes)) !== sha256) throw new NotKept()
  }
}

async function dropDraftsOf(store: Store, ids: string[]): Promise<void> {
  await Promise.all([store.drafts.bulkDelete(ids), store.counts.bulkDelete(ids)])
}

/** Drafts that were already sealed when the app was killed between the two writes. */
export async function dropSealedDrafts(store: Store): Promise<void> {
  const [drafts, counts] = await Promise.all([
    store.drafts.toCollection().primaryKeys(),
    store.counts.toCollection().primaryKeys(),
  ])
  const sealed = (await store.outbox.bulkGet([...drafts, ...counts])).flatMap((item) => (item ? [item.id] : []))
  await dropDraftsOf(store, sealed)
}

/** Writes down what the server said of one item; `receipt` has been checked by the caller. */
export async function recordResult(store: Store, result: PushResult, now: string): Promise<void> {
  const good = result.status === 'stored' || result.status === 'duplicate'
  const change: Partial<Delivery> = good
    ? { state: 'received', receipt: result.receipt ?? null, received_at: now, standing: result.standing ?? null, problem: null }
    : { state: 'needs_me', problem: result.problem ?? { code: result.status, title: result.status, status: 409 } }
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
