import type { BaseMap, Datum, Standing } from '@/api/types'
import { ask } from '@/desk/door'
import { type Camera, type Size, type Spot, placeOf, worldPx } from '@/kit/map/camera'
import type { Parts } from '@/kit/map/marks'
import { type Place, toWgs84 } from '@/kit/position/datum'
import type { ByStanding, Part } from './progress'

export interface PlaceCell extends Part, Place {}
export interface PlacedHousehold extends Place {
  id: string
  head_name: string
  address: string
  team_name: string | null
  standing: Standing
  last_visit_at: string | null
}
export interface Places {
  households: number
  without_place: number
  cells: PlaceCell[]
  each: PlacedHousehold[]
  base_map: BaseMap | null
}
export interface Box {
  west: number
  south: number
  east: number
  north: number
}

export function fetchPlaces(campaign: string, filter: { standing: string; team: string }, box: Box | null): Promise<Places> {
  return ask('/progress/places', { campaign, standing: filter.standing || null, team: filter.team || null, ...box })
}

const within = (value: number) => Math.max(0, Math.min(1, value))

/** What part of the world a map shows, with a little around it, so that a small push of the hand needs no new question. */
export function boxOf(camera: Camera, size: Size, datum: Datum): Box {
  const scale = worldPx(camera.zoom)
  const half = { x: (size.width / scale) * 0.65, y: (size.height / scale) * 0.65 }
  const corner = (x: number, y: number): Spot => ({ x: within(camera.x + x), y: within(camera.y + y) })
  const northWest = toWgs84(placeOf(corner(-half.x, -half.y)), datum)
  const southEast = toWgs84(placeOf(corner(half.x, half.y)), datum)
  return { west: northWest.longitude, south: southEast.latitude, east: southEast.longitude, north: northWest.latitude }
}

/** How a ring of households is made up, in the tones their marks have. */
export function partsOf(of: ByStanding): Parts {
  return {
    good: of.matched + of.settled,
    cool: of.pending,
    bad: of.disputed,
    warn: of.attempted,
    plain: of.unreached,
  }
}
