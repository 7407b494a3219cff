import type { Place } from '@/kit/position/datum'
import { distanceM } from '@/kit/position/distance'

export interface Stop {
  id: string
  /** In WGS 84; null where nobody knows where the home is. */
  place: Place | null
}

export interface Way {
  ids: string[]
  /** As the crow flies, from the start to the last home whose place is known. */
  length_m: number
  /** Those at the end whose place is not known. */
  unplaced: string[]
}

/** Better by less than this is no better: the order would turn in circles. */
const leastGainM = 1e-6

type Table = readonly (readonly number[])[]
const at = (table: Table, from: number, to: number) => table[from]?.[to] ?? 0

function tableOf(places: readonly Place[]): number[][] {
  const table: number[][] = places.map(() => [])
  for (const [from, a] of places.entries())
    for (let to = from; to < places.length; to += 1) {
      const b = places[to]
      const m = b ? distanceM(a, b) : 0
      for (const [row, column] of [
        [from, to],
        [to, from],
      ] as const) {
        const line = table[row]
        if (line) line[column] = m
      }
    }
  return table
}

function lengthOf(order: readonly number[], table: Table): number {
  let sum = 0
  for (let step = 1; step < order.length; step += 1) sum += at(table, order[step - 1] ?? 0, order[step] ?? 0)
  return sum
}

/** Always on to the nearest home not yet on the way. */
function nearestFirst(count: number, table: Table): number[] {
  const order = [0]
  const left = new Set(Array.from({ length: count - 1 }, (_, step) => step + 1))
  while (left.size > 0) {
    const here = order.at(-1) ?? 0
    let nearest = -1
    for (const next of left) if (nearest < 0 || at(table, here, next) < at(table, here, nearest)) nearest = next
    order.push(nearest)
    left.delete(nearest)
  }
  return order
}

/** Turns a piece of the way round wherever that makes it shorter (2-opt), until nothing does; the first stays the first. */
function untangle(given: readonly number[], table: Table): number[] {
  const order = [...given]
  const last = order.length - 1
  for (let round = 0, gained = true; gained && round < 50; round += 1) {
    gained = false
    for (let from = 1; from < last; from += 1)
      for (let to = from + 1; to <= last; to += 1) {
        const [before, first, end, after] = [order[from - 1] ?? 0, order[from] ?? 0, order[to] ?? 0, order[to + 1]]
        const old = at(table, before, first) + (after === undefined ? 0 : at(table, end, after))
        const turned = at(table, before, end) + (after === undefined ? 0 : at(table, first, after))
        if (old - turned <= leastGainM) continue
        order.splice(from, to - from + 1, ...order.slice(from, to + 1).reverse())
        gained = true
      }
  }
  return order
}

/**
 * A short way through all stops, never longer than the order given: from where somebody stands, or from the first one.
 * The best of two tries, one begun from the nearest homes and one from the order given.
 */
export function walkThrough(stops: readonly Stop[], from: Place | null): Way {
  const placed = stops.flatMap(({ id, place }) => (place ? [{ id, place }] : []))
  const unplaced = stops.flatMap(({ id, place }) => (place ? [] : [id]))
  const places = [...(from ? [from] : []), ...placed.map(({ place }) => place)]
  if (placed.length === 0) return { ids: unplaced, length_m: 0, unplaced }
  const table = tableOf(places)
  const given = places.map((_, step) => step)
  const tries = [nearestFirst(places.length, table), given].map((order) => untangle(order, table))
  const [best = given] = tries.sort((a, b) => lengthOf(a, table) - lengthOf(b, table))
  const ids = best.slice(from ? 1 : 0).flatMap((step) => placed[from ? step - 1 : step]?.id ?? [])
  return { ids: [...ids, ...unplaced], length_m: lengthOf(best, table), unplaced }
}

/** How long the way is as it stands. */
export function wayLength(stops: readonly Stop[], from: Place | null): number {
  const places = [...(from ? [from] : []), ...stops.flatMap(({ place }) => place ?? [])]
  return places.reduce((sum, place, step) => {
    const before = places[step - 1]
    return before ? sum + distanceM(before, place) : sum
  }, 0)
}

/** Whether a stop needs no second thought: somebody was met there, or has been at the door since the walk was made. */
export function hasBeenTo(
  row: { isReached: boolean; isSealedHere: boolean; lastVisitAt: string | null },
  madeAt: string,
): boolean {
  const isSince = row.lastVisitAt !== null && Date.parse(row.lastVisitAt) > Date.parse(madeAt)
  return row.isReached || row.isSealedHere || isSince
}
