import { type Tally, askTally } from '@/api/tally'
import { Offline, Problem } from '@/api/problem'
import { dropArrivedBytes } from './pictures'
import type { Picture } from './shapes'
import { type Store, readMeta, writeMeta } from './store'
import { type Comparison, type OwnItem, compare } from './tally'

/** The last comparison, as the page shows it. */
export interface Told extends Comparison {
  at: string
  /** What it was about: another one is due when this has changed. */
  about: string
}

export type ToldByName = Omit<Told, 'gone'> & { gone: { label: string; pictures: number }[] }

const key = 'tally'

export function readTold(store: Store): Promise<Told | null> {
  return readMeta<Told>(store, key)
}

/** With words for the ids; a comparison that an earlier version kept named things itself. */
export function named(told: Told, labels: ReadonlyMap<string, string>): ToldByName {
  const labelOf = (id: string) => labels.get(id) ?? id
  return {
    ...told,
    gone: told.gone.map(({ pictures, ...one }) => ({ pictures, label: 'label' in one ? String(one.label) : labelOf(one.id) })),
    conflicts: told.conflicts.map(labelOf),
  }
}

async function ownItems(store: Store): Promise<OwnItem[]> {
  const [items, deliveries, pictures, bytes] = await Promise.all([
    store.outbox.orderBy('sequence').toArray(),
    store.deliveries.toArray(),
    store.pictures.toArray(),
    store.bytes.toCollection().primaryKeys(),
  ])
  const kept = new Set(bytes)
  const states = new Map(deliveries.map((delivery) => [delivery.id, delivery.state]))
  const byItem = new Map<string, Picture[]>()
  for (const picture of pictures) byItem.set(picture.visit_id, [...(byItem.get(picture.visit_id) ?? []), picture])
  return items.map(({ id, sequence, kind }) => ({
    id,
    sequence,
    kind,
    state: states.get(id) ?? 'waiting',
    pictures: (byItem.get(id) ?? []).map((one) => ({
      sha256: one.sha256,
      arrived: one.arrived_at !== null,
      kept: kept.has(one.sha256),
    })),
  }))
}

const aboutOf = (own: readonly OwnItem[]): string =>
  own.map((item) => `${item.sequence}${item.state[0]}${item.pictures.filter((one) => one.arrived).length}`).join()

export interface Asking {
  /** By the person: also when nothing has arrived since, and a failure is told. */
  asked: boolean
  /** What is lacking goes again; not the second time in one run, which would be a loop. */
  puts_back: boolean
}

/** Asks when something has arrived since, or when the person asks. Answers whether anything has to go again. */
export async function settleDay(store: Store, device: string, { asked, puts_back }: Asking): Promise<boolean> {
  const own = await ownItems(store)
  const before = await readTold(store)
  if (own.length === 0 || (!asked && before?.about === aboutOf(own))) return false
  let tally: Tally | null
  try {
    tally = await askTally(device)
  } catch (cause) {
    if (asked || !(cause instanceof Offline || cause instanceof Problem)) throw cause
    return false
  }
  if (!tally) {
    await dropArrivedBytes(store)
    return false
  }
  const told = compare(own, tally)
  if (puts_back) await putBack(store, told, tally)
  await dropArrivedBytes(store)
  // It names households: locked, nothing of it is written down, and the page asks again.
  if (store.vault)
    await writeMeta(store, key, { ...told, at: tally.server_time, about: aboutOf(await ownItems(store)) } satisfies Told)
  return puts_back && told.send_items.length + told.send_pictures.length > 0
}

/** What the server lacks goes again as if it had never gone; what the phone lacks too is marked, for a person to see. */
async function putBack(store: Store, told: Comparison, { missing }: Tally): Promise<void> {
  await store.transaction('rw', [store.deliveries, store.pictures, store.bytes], async () => {
    for (const id of told.send_items) await store.deliveries.update(id, { state: 'waiting', attempts: 0, next_attempt_ms: 0 })
    for (const sha256 of told.send_pictures) {
      await store.pictures.update(sha256, { arrived_at: null, attempts: 1, next_attempt_ms: 0, problem: null })
    }
    const here = await store.bytes.bulkGet([...missing])
    const gone = missing.filter((_, at) => !here[at])
    const problem = { code: 'picture_gone', title: 'picture_gone', status: 0 }
    await store.pictures.where('sha256').anyOf(gone).modify({ arrived_at: null, problem })
  })
}
