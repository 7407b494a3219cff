import { isDue } from './patience'
import type { Delivery, OutboxItem, Picture } from './shapes'

/** What to do next, decided without doing it. `sync.ts` carries the steps out. */
export type Step =
  | { do: 'push'; ids: string[] }
  | { do: 'send_pictures'; sha256: string[] }
  /** All lanes are taken: wait for a picture under way. */
  | { do: 'travel' }
  | { do: 'wait'; until_ms: number }
  /** Only pictures are left, and the person wants them to wait. */
  | { do: 'hold' }
  | { do: 'rest' }

export interface Facts {
  now_ms: number
  /** How many pictures may travel at once. */
  lanes: number
  /** How much may go in one push, so that its answer is not waited for in vain. */
  push_bytes: number
  /** When the line itself may be tried again. */
  line_next_attempt_ms: number
  /** Up to which item's pictures may go; all of them, unless the person holds them back. */
  pictures_through: number
  /** Pictures that travel now. */
  under_way: ReadonlySet<string>
  items: readonly (Pick<OutboxItem, 'id' | 'sequence'> & { bytes: number })[]
  deliveries: readonly Pick<Delivery, 'id' | 'state' | 'next_attempt_ms' | 'attempts'>[]
  pictures: readonly Pick<Picture, 'sha256' | 'visit_id' | 'arrived_at' | 'next_attempt_ms' | 'taken_ms' | 'problem'>[]
}

const itemsAtOnce = 50

/** Visits first, oldest first; pictures after, in the order of their visits. Nothing waits behind a refused item. */
export function plan(facts: Facts): Step {
  const { now_ms, under_way, line_next_attempt_ms } = facts
  const state = new Map(facts.deliveries.map((delivery) => [delivery.id, delivery]))
  const nextOf = (id: string) => state.get(id)?.next_attempt_ms ?? 0
  const waiting = facts.items.filter((item) => state.get(item.id)?.state === 'waiting').sort((a, b) => a.sequence - b.sequence)
  const unsent = missingPictures(facts)
  const missing = unsent.filter((picture) => picture.sequence <= facts.pictures_through)
  if (waiting.length === 0 && missing.length === 0) {
    if (under_way.size > 0) return { do: 'travel' }
    return unsent.length > 0 ? { do: 'hold' } : { do: 'rest' }
  }
  if (!isDue(line_next_attempt_ms, now_ms))
    return under_way.size > 0 ? { do: 'travel' } : { do: 'wait', until_ms: line_next_attempt_ms }

  const due = waiting.filter((item) => isDue(nextOf(item.id), now_ms))
  if (due.length > 0) return { do: 'push', ids: batch(due, (id) => state.get(id)?.attempts ?? 0, facts.push_bytes) }

  const free = Math.max(0, facts.lanes - under_way.size)
  const next = missing.filter((picture) => !under_way.has(picture.sha256) && isDue(picture.next_attempt_ms, now_ms))
  if (next.length > 0 && free > 0) return { do: 'send_pictures', sha256: next.slice(0, free).map((picture) => picture.sha256) }
  if (under_way.size > 0) return { do: 'travel' }
  return {
    do: 'wait',
    until_ms: Math.min(...waiting.map((item) => nextOf(item.id)), ...missing.map((one) => one.next_attempt_ms)),
  }
}

function missingPictures({ items, pictures }: Facts) {
  const place = new Map(items.map((item) => [item.id, item.sequence]))
  return pictures
    .flatMap((picture) => {
      const sequence = place.get(picture.visit_id)
      return sequence !== undefined && picture.arrived_at === null && picture.problem === null ? [{ ...picture, sequence }] : []
    })
    .sort((a, b) => a.sequence - b.sequence || a.taken_ms - b.taken_ms)
}

/** Many at once as a rule. What failed before goes alone, so that one bad item cannot keep failing the others with it. */
function batch(due: readonly { id: string; bytes: number }[], attempts: (id: string) => number, mostBytes: number): string[] {
  const fresh = due.filter((item) => attempts(item.id) === 0)
  if (fresh.length === 0) return due.slice(0, 1).map((item) => item.id)
  const ids: string[] = []
  let bytes = 0
  for (const item of fresh) {
    if (ids.length > 0 && (ids.length >= itemsAtOnce || bytes + item.bytes > mostBytes)) break
    ids.push(item.id)
    bytes += item.bytes
  }
  return ids
}
