/** How far the server's clock is ahead of the phone's, measured from the `Date` header of its answers. */

interface Sample {
  offset_ms: number
  round_trip_ms: number
  at: number
}

let best: Sample | null = null

/** `Date` is cut to whole seconds, so half a second is added; a slow answer tells less than a quick one. */
export function offsetFrom(dateHeader: string, sentAt: number, receivedAt: number): number | null {
  const server = Date.parse(dateHeader)
  if (Number.isNaN(server)) return null
  return Math.round(server + 500 - (sentAt + receivedAt) / 2)
}

export function noteAnswer(dateHeader: string | null, sentAt: number, receivedAt: number): void {
  const offset_ms = dateHeader ? offsetFrom(dateHeader, sentAt, receivedAt) : null
  if (offset_ms === null) return
  const sample = { offset_ms, round_trip_ms: receivedAt - sentAt, at: receivedAt }
  const old = !best || Math.abs(receivedAt - best.at) > 10 * 60_000
  const changed = best && Math.abs(best.offset_ms - offset_ms) > 2_000
  if (old || changed || (best && sample.round_trip_ms <= best.round_trip_ms)) best = sample
}

export function restoreOffset(offset_ms: number): void {
  best ??= { offset_ms, round_trip_ms: Number.POSITIVE_INFINITY, at: Date.now() }
}

export function clockOffsetMs(): number {
  return best?.offset_ms ?? 0
}

/** The server's time as well as this phone knows it: for countdowns, never for what a visit claims. */
export function serverNow(): number {
  return Date.now() + clockOffsetMs()
}
