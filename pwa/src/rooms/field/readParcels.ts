import { type Carrier, type Hold, canTellWifi, holdOf, picturesThrough, readChoices } from '@/local/choices'
import { current } from '@/local/opened'
import type { OutboxItem, Picture } from '@/local/shapes'
import { readMeta } from '@/local/store'
import { type ToldByName, named, readTold } from '@/local/tallying'
import { type Parcel, parcelOf } from './progress'

export interface Outbox {
  parcels: Parcel[]
  lastContactAt: string | null
  held: Held | null
  told: ToldByName | null
}

/** Pictures that wait because the person said so. */
export interface Held {
  why: Hold
  pictures: number
  can_tell: boolean
}

/** The whole outbox, newest first; picture bytes are never loaded for it. */
export async function readOutbox(): Promise<Outbox> {
  const { store } = current()
  const [items, deliveries, pictures] = await Promise.all([
    store.outbox.orderBy('sequence').reverse().toArray(),
    store.deliveries.toArray(),
    store.pictures.toArray(),
  ])
  const told = await readTold(store)
  const byVisit = new Map<string, Picture[]>()
  for (const picture of pictures) byVisit.set(picture.visit_id, [...(byVisit.get(picture.visit_id) ?? []), picture])
  const states = new Map(deliveries.map((delivery) => [delivery.id, delivery]))
  return {
    parcels: items.flatMap((item) => {
      const delivery = states.get(item.id)
      return delivery ? [parcelOf(item, delivery, byVisit.get(item.id) ?? [])] : []
    }),
    lastContactAt: await readMeta(store, 'last_contact_at'),
    held: await heldPictures(items, pictures),
    told: told && named(told, new Map(items.map((item) => [item.id, item.label]))),
  }
}

async function heldPictures(items: readonly OutboxItem[], pictures: readonly Picture[]): Promise<Held | null> {
  const { store } = current()
  const carrier = (navigator as { connection?: Carrier }).connection ?? null
  const why = holdOf(await readChoices(store), carrier)
  const through = await picturesThrough(store, why)
  const later = new Set(items.filter((item) => item.sequence > through).map((item) => item.id))
  const waiting = pictures.filter((one) => later.has(one.visit_id) && one.arrived_at === null && one.problem === null)
  return why && waiting.length > 0 ? { why, pictures: waiting.length, can_tell: canTellWifi(carrier) } : null
}

export async function countUnsent(): Promise<number> {
  const { parcels } = await readOutbox()
  return parcels.filter((parcel) => parcel.stage !== 'received').length
}
