import type { CheckGoods } from '@/api/types'
import { readCheckGoods, readContact } from '@/local/mirror'
import { current } from '@/local/opened'
import { picturesOf } from '@/local/pictures'
import type { Asking, CheckRow, OutboxItem } from '@/local/shapes'
import { type Stage, parcelOf } from '@/rooms/field/progress'

/** Asked on this phone: the answers are sealed, and how far they have come. */
export interface Asked {
  check_id: string
  label: string
  made_at: string
  stage: Stage
}
export interface Checks {
  /** Those nobody has asked yet, as far as this phone knows; the ones begun here first. */
  open: (CheckRow & { begun: boolean })[]
  asked: Asked[]
  pulled_at: string | null
}

async function askedOf(items: readonly OutboxItem[]): Promise<Asked[]> {
  const { store } = current()
  const deliveries = await store.deliveries.bulkGet(items.map((item) => item.id))
  const pictures = await Promise.all(items.map((item) => picturesOf(store, item.id)))
  return items.flatMap((item, at) => {
    const delivery = deliveries[at]
    if (!delivery || !item.check_id) return []
    const { id: _, ...of } = { id: item.id, check_id: item.check_id, label: item.label, made_at: item.made_at }
    return [{ ...of, stage: parcelOf(item, delivery, pictures[at] ?? []).stage }]
  })
}

/** Newest first, and no more of them than anybody looks back at. */
const mostAsked = 50

export async function readChecks(): Promise<Checks> {
  const { store } = current()
  const [rows, askings, contact] = await Promise.all([store.checks.toArray(), store.askings.toArray(), readContact(store)])
  const items = (await store.outbox.where('check_id').above('').toArray()).sort((a, b) => b.sequence - a.sequence)
  const sealed = new Set(items.map((item) => item.check_id))
  const begun = new Set(askings.map((asking) => asking.check_id))
  const open = rows
    .filter((row) => !sealed.has(row.id))
    .map((row) => ({ ...row, begun: begun.has(row.id) }))
    .sort((a, b) => Number(b.begun) - Number(a.begun) || a.place - b.place)
  return { open, asked: await askedOf(items.slice(0, mostAsked)), pulled_at: contact.pulled_at }
}

export interface KnownCheck {
  row: CheckRow | null
  asking: Asking | null
  asked: Asked | null
  goods: CheckGoods[]
}

/** What this phone knows of one check. */
export async function readCheck(id: string): Promise<KnownCheck> {
  const { store } = current()
  const [row, asking, items, goods] = await Promise.all([
    store.checks.get(id),
    store.askings.where('check_id').equals(id).first(),
    store.outbox.where('check_id').equals(id).sortBy('sequence'),
    readCheckGoods(store),
  ])
  const campaign = row?.campaign_id ?? asking?.campaign_id
  const [asked = null] = await askedOf(items.slice(-1))
  return { row: row ?? null, asking: asking ?? null, asked, goods: goods.filter((one) => one.campaign_id === campaign) }
}
