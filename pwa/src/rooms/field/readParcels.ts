import { type Carrier, type Hold, canTellWifi, holdOf, picturesThrough, readChoices } from '@/local/choices'
import { knownOf } from '@/local/known'
import { current } from '@/local/opened'
import type { Delivery, OutboxItem, Picture } from '@/local/shapes'
import { readMeta } from '@/local/store'
import { type Told, type ToldByName, named, readTold } from '@/local/tallying'
import { type Parcel, type Stage, countStages, parcelOf, stagesOf } from './progress'

export interface Outbox {
  counts: Record<Stage, number>
  /** What is still moving, or needs me, first; then what has been received. */
  open: string[]
  received: string[]
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

/** How far everything has come. The items themselves, long as they are, are read for the cards alone; a picture's bytes never. */
export async function readOutbox(): Promise<Outbox> {
  const { store } = current()
  const [deliveries, pictures, told] = await Promise.all([store.deliveries.toArray(), store.pictures.toArray(), readTold(store)])
  const stages = stagesOf(deliveries, pictures)
  const at = (...wanted: Stage[]) => stages.filter(({ stage }) => wanted.includes(stage)).map(({ id }) => id)
  return {
    counts: countStages(stages),
    open: [...at('needs_me'), ...at('here', 'on_its_way')],
    received: at('received'),
    lastContactAt: await readMeta(store, 'last_contact_at'),
    held: await heldPictures(deliveries, pictures),
    told: told && named(told, await labelsIn(told)),
  }
}

/** The cards of a page of the list, in its order. */
export async function readParcels(ids: readonly string[]): Promise<Parcel[]> {
  const { store } = current()
  const [items, deliveries, pictures] = await Promise.all([
    store.outbox.bulkGet([...ids]),
    store.deliveries.bulkGet([...ids]),
    store.pictures.where('visit_id').anyOf(ids).toArray(),
  ])
  const amended = await amendedAmong(items.flatMap((item) => item ?? []))
  return items.flatMap((item, at) => {
    const delivery = deliveries[at]
    const own = pictures.filter((picture) => picture.visit_id === item?.id)
    return item && delivery ? [parcelOf(item, delivery, own, amended.has(item.id))] : []
  })
}

/** Which of them a later visit corrects: one to the same household, or, where there is none, any later one. */
async function amendedAmong(items: readonly OutboxItem[]): Promise<Set<string>> {
  const { outbox } = current().store
  const households = [...new Set(items.flatMap((item) => item.household_id ?? []))]
  const later = await outbox.where('household_id').anyOf(households).toArray()
  const oldest = Math.min(...items.filter((item) => item.household_id === null).map((item) => item.sequence))
  if (Number.isFinite(oldest)) later.push(...(await outbox.where('sequence').above(oldest).toArray()))
  return new Set(later.flatMap((item) => knownOf(item)?.amends ?? []))
}

async function labelsIn(told: Told): Promise<Map<string, string>> {
  const ids = [...told.gone.map((one) => one.id), ...told.conflicts].filter(Boolean)
  const items = await current().store.outbox.bulkGet(ids)
  return new Map(items.flatMap((item) => (item ? [[item.id, item.label] as const] : [])))
}

async function heldPictures(deliveries: readonly Delivery[], pictures: readonly Picture[]): Promise<Held | null> {
  const { store } = current()
  const carrier = (navigator as { connection?: Carrier }).connection ?? null
  const why = holdOf(await readChoices(store), carrier)
  const through = await picturesThrough(store, why)
  const later = new Set(deliveries.filter((one) => one.sequence > through).map((one) => one.id))
  const waiting = pictures.filter((one) => later.has(one.visit_id) && one.arrived_at === null && one.problem === null)
  return why && waiting.length > 0 ? { why, pictures: waiting.length, can_tell: canTellWifi(carrier) } : null
}

export async function countUnsent(): Promise<number> {
  return (await readOutbox()).open.length
}
