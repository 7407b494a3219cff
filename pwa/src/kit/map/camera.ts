import type { Place } from '@/kit/position/datum'

/** A point of the world in Web Mercator: 0 to 1 from west to east and from north to south. */
export interface Spot {
  x: number
  y: number
}
/** Where the middle of the map is and how near; one more is twice as near, and at 0 the world is 512 px wide. */
export interface Camera extends Spot {
  zoom: number
}
export interface Size {
  width: number
  height: number
}

const tilePx = 512
const equatorM = 40_075_016.686
export const leastZoom = 3

export const worldPx = (zoom: number) => tilePx * 2 ** zoom

export function spotOf({ latitude, longitude }: Place): Spot {
  const sin = Math.sin((Math.max(-85, Math.min(85, latitude)) * Math.PI) / 180)
  return { x: longitude / 360 + 0.5, y: 0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI) }
}

export function placeOf({ x, y }: Spot): Place {
  return { latitude: (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI, longitude: (x - 0.5) * 360 }
}

export function metresPerPx(camera: Camera): number {
  return (equatorM * Math.cos((placeOf(camera).latitude * Math.PI) / 180)) / worldPx(camera.zoom)
}

/** Where a spot is seen, in px from the middle of the map. */
export function seenAt(spot: Spot, camera: Camera): Spot {
  const scale = worldPx(camera.zoom)
  return { x: (spot.x - camera.x) * scale, y: (spot.y - camera.y) * scale }
}

const within = (value: number) => Math.max(0, Math.min(1, value))

export function panBy(camera: Camera, dx: number, dy: number): Camera {
  const scale = worldPx(camera.zoom)

  return { ...camera, x: within(camera.x - dx / scale), y: within(camera.y - dy / scale) }
}

/** Nearer or farther, while the spot under `at` (px from the middle) stays under it. */
export function zoomAround(camera: Camera, by: number, at: Spot, mostZoom: number): Camera {
  const zoom = Math.max(leastZoom, Math.min(mostZoom, camera.zoom + by))
  const held = panBy(camera, -at.x, -at.y)
  return panBy({ ...held, zoom }, at.x, at.y)
}

/** Such that all spots are in sight, and no nearer than `nearest`. */
export function fitTo(spots: readonly Spot[], size: Size, marginPx: number, nearest: number): Camera | null {
  const [first] = spots
  if (!first) return null
  const box = { west: first.x, east: first.x, north: first.y, south: first.y }
  for (const { x, y } of spots) {
    box.west = Math.min(box.west, x)
    box.east = Math.max(box.east, x)
    box.north = Math.min(box.north, y)
    box.south = Math.max(box.south, y)
  }
  const room = (px: number) => Math.max(32, px - 2 * marginPx) / tilePx
  const scale = Math.min(room(size.width) / (box.east - box.west), room(size.height) / (box.south - box.north))
  const zoom = Math.max(leastZoom, Math.min(nearest, Math.log2(scale)))
  return { x: (box.west + box.east) / 2, y: (box.north + box.south) / 2, zoom }
}

/** A round length (1, 2 or 5 with noughts) that is no longer than so many px. */
export function roundLength(mostPx: number, metrePx: number): { m: number; px: number } {
  const most = mostPx * metrePx
  const nought = 10 ** Math.floor(Math.log10(most))
  const m = [5, 2, 1].map((step) => step * nought).find((length) => length <= most) ?? nought
  return { m, px: m / metrePx }
}
