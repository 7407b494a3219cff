import type { Home, Position } from '@/api/types'
import { toWgs84 } from '@/kit/position/datum'
import { distanceM } from '@/kit/position/distance'

export const drawingSize = 320
const margin = 44

export interface Drawing {
  home: { x: number; y: number }
  visit: { x: number; y: number; r: number }
  distance_m: number
  accuracy_m: number
  scale: { m: number; px: number }
}

/** The largest of 1, 2, 5 × 10ⁿ that is not more than `most`. */
export function roundLength(most: number): number {
  const step = 10 ** Math.floor(Math.log10(Math.max(most, 1e-6)))
  return ([5, 2, 1].find((times) => times * step <= most * (1 + 1e-9)) ?? 1) * step
}

/** Home and visit on a sheet with north above: both in WGS 84, metres east and north of the home by the ellipsoid. */
export function draw(home: Home, position: Position): Drawing {
  const from = toWgs84(home, home.datum)
  const to = toWgs84(position, position.datum)
  const east = distanceM(from, { latitude: from.latitude, longitude: to.longitude }) * Math.sign(to.longitude - from.longitude)
  const north = distanceM(from, { latitude: to.latitude, longitude: from.longitude }) * Math.sign(to.latitude - from.latitude)
  const { accuracy_m } = position
  // The accuracy circle is in the picture as long as it does not dwarf the way between the two points.
  const shownAccuracy = Math.min(accuracy_m, Math.max(Math.hypot(east, north) * 2, 60))
  const left = Math.min(0, east - shownAccuracy)
  const right = Math.max(0, east + shownAccuracy)
  const bottom = Math.min(0, north - shownAccuracy)
  const top = Math.max(0, north + shownAccuracy)
  const span = Math.max(right - left, top - bottom, 20)
  const perM = (drawingSize - 2 * margin) / span
  const x = (m: number) => drawingSize / 2 + (m - (left + right) / 2) * perM
  const y = (m: number) => drawingSize / 2 - (m - (bottom + top) / 2) * perM
  const m = roundLength((drawingSize * 0.35) / perM)
  return {
    home: { x: x(0), y: y(0) },
    visit: { x: x(east), y: y(north), r: accuracy_m * perM },
    distance_m: distanceM(from, to),
    accuracy_m,
    scale: { m, px: m * perM },
  }
}
