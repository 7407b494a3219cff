import { Problem } from '@/api/problem'
import { isDue, waitMs } from './patience'
import { type Store, readMeta, writeMeta } from './store'

/** The line's own rest: when nothing gets through, nothing is tried, whatever it is. */
export interface Rest {
  fails: number
  next_attempt_ms: number
  /** The server asked for it; only the person goes ahead of that. */
  asked: boolean
}

const key = 'line_rest'
const none: Rest = { fails: 0, next_attempt_ms: 0, asked: false }

export async function readRest(store: Store): Promise<Rest> {
  return (await readMeta<Rest>(store, key)) ?? none
}

export async function noteFailure(store: Store, cause: unknown, nowMs: number, chance: number): Promise<void> {
  const before = await readRest(store)
  const asked = cause instanceof Problem && cause.retryAfterS !== null
  // Four pictures that break off together are one failure of the line.
  if (!isDue(before.next_attempt_ms, nowMs) && !asked) return
  const fails = before.fails + 1
  await writeMeta(store, key, { fails, next_attempt_ms: nowMs + waitMs(fails, cause, chance), asked } satisfies Rest)
}

export async function noteSuccess(store: Store): Promise<void> {
  if ((await readRest(store)).fails > 0) await store.meta.delete(key)
}

/** The app was opened, or the line came back: what failed before may go well now. */
export async function endRest(store: Store): Promise<void> {
  if (!(await readRest(store)).asked) await store.meta.delete(key)
}
