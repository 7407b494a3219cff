import { type Store, readMeta, writeMeta } from './store'

/** What the person chose about pictures. Visits are small and always go. */
export interface Choices {
  wifi_only: boolean
  save_data: boolean
}

/** Why pictures wait. */
export type Hold = keyof Choices

export interface Carrier {
  /** Few browsers say: without it nobody can tell Wi-Fi from the mobile network. */
  type?: string
}

const key = 'sending_choices'
const throughKey = 'pictures_through'
const free: Choices = { wifi_only: false, save_data: false }
const unpaid = new Set(['wifi', 'ethernet'])

export async function readChoices(store: Store): Promise<Choices> {
  return (await readMeta<Choices>(store, key)) ?? free
}

export async function keepChoices(store: Store, choices: Choices): Promise<void> {
  await writeMeta(store, key, choices)
}

export const canTellWifi = (carrier: Carrier | null): boolean => typeof carrier?.type === 'string'

/** Pictures wait for Wi-Fi or the person; null when nothing holds them. */
export function holdOf(choices: Choices, carrier: Carrier | null): Hold | null {
  if (unpaid.has(carrier?.type ?? '')) return null
  if (choices.wifi_only) return 'wifi_only'
  return choices.save_data ? 'save_data' : null
}

/** Up to which item's pictures may go. "Send now" lets go, once, what is in the outbox at that moment. */
export async function picturesThrough(store: Store, hold: Hold | null): Promise<number> {
  return hold === null ? Number.POSITIVE_INFINITY : ((await readMeta<number>(store, throughKey)) ?? 0)
}

export async function letPicturesGo(store: Store): Promise<void> {
  const last = await store.outbox.orderBy('sequence').last()
  await writeMeta(store, throughKey, last?.sequence ?? 0)
}
