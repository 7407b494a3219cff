import { sha256Hex } from '@/kit/hash'
import type { Evidence } from '@/api/types'
import { NotKept } from './outbox'
import type { Picture } from './shapes'
import { type Store, steadily } from './store'

/** Keeps a picture, reads it back and hashes it again before anybody may say "saved". */
export async function keepPicture(store: Store, visitId: string, evidence: Evidence, bytes: ArrayBuffer): Promise<Picture> {
  const picture: Picture = {
    sha256: evidence.sha256,
    visit_id: visitId,
    evidence,
    taken_ms: Date.parse(evidence.taken_at),
    arrived_at: null,
    attempts: 0,
    next_attempt_ms: 0,
    problem: null,
  }
  await steadily(store, () =>
    store.transaction('rw', [store.pictures, store.bytes], async () => {
      await store.bytes.put({ sha256: evidence.sha256, bytes })
      await store.pictures.put(picture)
    }),
  )
  const row = await store.bytes.get(evidence.sha256)
  if (!row || (await sha256Hex(row.bytes)) !== evidence.sha256) throw new NotKept()
  return picture
}

export function picturesOf(store: Store, visitId: string): Promise<Picture[]> {
  return store.pictures.where('visit_id').equals(visitId).sortBy('taken_ms')
}

/** Only a draft's picture can be taken out; one a sealed visit names stays until the server has it. */
export async function dropPicture(store: Store, sha256: string): Promise<void> {
  await store.transaction('rw', [store.pictures, store.bytes, store.outbox], async () => {
    const picture = await store.pictures.get(sha256)
    if (!picture || (await store.outbox.get(picture.visit_id))) return
    await store.pictures.delete(sha256)
    await store.bytes.delete(sha256)
  })
}

export async function dropDraft(store: Store, visitId: string): Promise<void> {
  await store.transaction('rw', [store.drafts, store.pictures, store.bytes, store.outbox], async () => {
    if (!(await store.outbox.get(visitId))) {
      const names = (await store.pictures.where('visit_id').equals(visitId).primaryKeys()) as string[]
      await store.pictures.bulkDelete(names)
      await store.bytes.bulkDelete(names)
    }
    await store.drafts.delete(visitId)
  })
}

/** The bytes leave the phone only when the server has both the visit and this picture, and its tally has said so once more. */
export async function dropArrivedBytes(store: Store): Promise<void> {
  await store.transaction('rw', [store.pictures, store.bytes, store.deliveries], async () => {
    const arrived = await store.pictures.filter((picture) => picture.arrived_at !== null).toArray()
    const deliveries = await store.deliveries.bulkGet(arrived.map((picture) => picture.visit_id))
    const done = arrived.filter((_, at) => deliveries[at]?.state === 'received')
    await store.bytes.bulkDelete(done.map((picture) => picture.sha256))
  })
}
