import { sha256Hex } from '@/kit/hash'
import type { Evidence } from '@/api/types'
import { NotKept } from './outbox'
import type { Picture } from './shapes'
import { type Store, steadily } from './store'

/**
 * Keeps a picture, reads it back and hashes it again before anybody may say "saved". One that a finished visit took with it
 * stays as it is: its envelope may be half-way to the server, and plain bytes in its place would be another content under that name.
 */
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
  const taken = await steadily(store, () =>
    store.transaction('rw', [store.pictures, store.bytes, store.outbox], async () => {
      const there = await store.pictures.get(evidence.sha256)
      if (there && (await store.outbox.get(there.visit_id))) return there
      // Nothing can be added to what is finished.
      if (await store.outbox.get(visitId)) throw new NotKept()
      await store.bytes.put({ sha256: evidence.sha256, bytes })
      await store.pictures.put(picture)
      return null
    }),
  )
  if (taken) return taken
  const row = await store.bytes.get(evidence.sha256)
  if (!row || (await sha256Hex(row.bytes)) !== evidence.sha256) throw new NotKept()
  return picture
}

/** As much of a sealed picture as the outbox and the next shutter ask for. */
export function leanEvidence({ sha256, kind, subject, source, media_type, bytes, taken_at }: Evidence): Evidence {
  return { sha256, kind, subject, source, media_type, bytes, taken_at }
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

/** A visit that was begun, or a household that was begun to be asked, with its pictures. */
export async function dropDraft(store: Store, visitId: string): Promise<void> {
  await store.transaction('rw', [store.drafts, store.askings, store.pictures, store.bytes, store.outbox], async () => {
    if (!(await store.outbox.get(visitId))) {
      const names = (await store.pictures.where('visit_id').equals(visitId).primaryKeys()) as string[]
      await store.pictures.bulkDelete(names)
      await store.bytes.bulkDelete(names)
    }
    await store.drafts.delete(visitId)
    await store.askings.delete(visitId)
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
