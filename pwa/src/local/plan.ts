import type { Delivery, OutboxItem, Picture } from './shapes'

/** What to do next, decided without doing it. `sync.ts` carries the steps out. */
export type Step =
  { do: 'push'; ids: string[] } | { do: 'send_pictures'; sha256: string[] } | { do: 'wait'; until_ms: number } | { do: 'rest' }

export interface Facts {
  now_ms: number
  /** How many pictures may travel at once. */
  lanes: number
  items: readonly (Pick<OutboxItem, 'id' | 'sequence'> & { bytes: number })[]
  deliveries: readonly Pick<Delivery, 'id' | 'state' | 'next_attempt_ms'>[]
  pictures: readonly Pick<Picture, 'sha256' | 'visit_id' | 'arrived_at' | 'next_attempt_ms' | 'taken_ms' | 'problem'>[]
}

const itemsAtOnce = 50
const bytesAtOnce = 512 * 1024

/** Visits first, oldest first; pictures after, in the order of their visits. Nothing waits behind a refused item. */
export function plan(facts: Facts): Step {
  const state = new Map(facts.deliveries.map((delivery) => [delivery.id, delivery]))
  const waiting = facts.items.filter((item) => state.get(item.id)?.state === 'waiting').sort((a, b) => a.sequence - b.sequence)
  const due = waiting.filter((item) => (state.get(item.id)?.next_attempt_ms ?? 0) <= facts.now_ms)
  if (due.length > 0) return { do: 'push', ids: batch(due) }

  const place = new Map(facts.items.map((item) => [item.id, item.sequence]))
  const missing = facts.pictures
    .filter((picture) => picture.arrived_at === null && picture.problem === null && place.has(picture.visit_id))
    .sort((a, b) => (place.get(a.visit_id) ?? 0) - (place.get(b.visit_id) ?? 0) || a.taken_ms - b.taken_ms)
  const next = missing.filter((picture) => picture.next_attempt_ms <= facts.now_ms).slice(0, facts.lanes)
  if (next.length > 0) return { do: 'send_pictures', sha256: next.map((picture) => picture.sha256) }

  const later = [
    ...waiting.map((item) => state.get(item.id)?.next_attempt_ms ?? 0),
    ...missing.map((picture) => picture.next_attempt_ms),
  ]
  return later.length > 0 ? { do: 'wait', until_ms: Math.min(...later) } : { do: 'rest' }
}

function batch(due: readonly { id: string; bytes: number }[]): string[] {
  const ids: string[] = []
  let bytes = 0
  for (const item of due) {
    if (ids.length > 0 && (ids.length >= itemsAtOnce || bytes + item.bytes > bytesAtOnce)) break
    ids.push(item.id)
    bytes += item.bytes
  }
  return ids
}

/** Doubles from two seconds to ten minutes, each time a random part of it, so that a village of phones does not knock at once. */
export function backoffMs(attempts: number, chance: number): number {
  const whole = Math.min(600_000, 2_000 * 2 ** Math.min(attempts, 12))
  return Math.round(whole / 2 + (whole / 2) * chance)
}
