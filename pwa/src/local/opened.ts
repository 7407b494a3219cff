import { restoreOffset } from '@/kit/clock'
import { newId } from '@/kit/id'
import type { Me } from '@/api/types'
import { generationOf, lostSince, nextGeneration } from './canary'
import { Store, databaseName, readMeta, writeMeta } from './store'

/** The person's store, open and ready, with what the pages need to know of it. */
export interface Opened {
  store: Store
  user: Me
  device: string
  /** Sealed visits this phone's storage has lost; said on the outbox page. */
  lost: number
}

const whoKey = 'nuanfang.who'
let opened: Opened | null = null

/** Who signed in last and has not signed out: their pack opens without a line. */
export function rememberedUser(): Me | null {
  const text = localStorage.getItem(whoKey)
  return text ? (JSON.parse(text) as Me) : null
}

export function remember(user: Me): void {
  localStorage.setItem(whoKey, JSON.stringify(user))
}

export function forgetUser(): void {
  localStorage.removeItem(whoKey)
}

/** A store that will not open even twice is left alone, and a new one begun: retrying forever helps nobody at a door. */
async function openStore(userId: string): Promise<Store> {
  for (const generation of [generationOf(userId), generationOf(userId), null]) {
    const store = new Store(databaseName(userId, generation ?? nextGeneration(userId)))
    try {
      await store.open()
      return store
    } catch (cause) {
      store.close()
      if (generation === null) throw cause
    }
  }
  throw new Error('unreachable')
}

export async function open(user: Me): Promise<Opened> {
  if (opened?.user.id === user.id) {
    opened = { ...opened, user }
    return opened
  }
  close()
  const store = await openStore(user.id)
  let device = await readMeta<string>(store, 'device')
  if (!device) {
    device = newId()
    await writeMeta(store, 'device', device)
  }
  const offset = await readMeta<number>(store, 'clock_offset_ms')
  if (offset !== null) restoreOffset(offset)
  const last = await store.outbox.orderBy('sequence').last()
  const forgotten = (await readMeta<number>(store, 'lost')) ?? 0
  const lost = Math.max(forgotten, lostSince(user.id, device, last?.sequence ?? 0))
  if (lost > forgotten) await writeMeta(store, 'lost', lost)
  opened = { store, user, device, lost }
  return opened
}

export function isUnlocked(): boolean {
  return Boolean(opened?.store.vault)
}

/** The key leaves the memory; what is sealed is still sent. */
export function lock(): void {
  if (opened) opened.store.vault = null
}

export function close(): void {
  lock()
  opened?.store.close()
  opened = null
}

export function current(): Opened {
  if (!opened) throw new Error('no store is open')
  return opened
}

export function isOpen(): boolean {
  return opened !== null
}
