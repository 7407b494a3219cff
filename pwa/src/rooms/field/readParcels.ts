import { current } from '@/local/opened'
import type { Picture } from '@/local/shapes'
import { readMeta } from '@/local/store'
import { type Parcel, parcelOf } from './progress'

export interface Outbox {
  parcels: Parcel[]
  lastContactAt: string | null
  isPersisted: boolean | null
}

/** The whole outbox, newest first; picture bytes are never loaded for it. */
export async function readOutbox(): Promise<Outbox> {
  const { store } = current()
  const [items, deliveries, pictures] = await Promise.all([
    store.outbox.orderBy('sequence').reverse().toArray(),
    store.deliveries.toArray(),
    store.pictures.toArray(),
  ])
  const byVisit = new Map<string, Picture[]>()
  for (const picture of pictures) byVisit.set(picture.visit_id, [...(byVisit.get(picture.visit_id) ?? []), picture])
  const states = new Map(deliveries.map((delivery) => [delivery.id, delivery]))
  return {
    parcels: items.flatMap((item) => {
      const delivery = states.get(item.id)
      return delivery ? [parcelOf(item, delivery, byVisit.get(item.id) ?? [])] : []
    }),
    lastContactAt: await readMeta(store, 'last_contact_at'),
    isPersisted: await readMeta(store, 'persisted'),
  }
}

export async function countUnsent(): Promise<number> {
  const { parcels } = await readOutbox()
  return parcels.filter((parcel) => parcel.stage !== 'received').length
}
