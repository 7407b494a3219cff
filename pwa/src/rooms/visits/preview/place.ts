import type { Home, Position } from '@/api/types'
import { toWgs84 } from '@/kit/position/datum'
import { distanceM } from '@/kit/position/distance'
import { type Scene, type Preview, ask, hasPlace } from './scene'

/** Past this many times the limit nobody was at that home. */
const blockFactor = 10

/** P01: no position, where the visit has a place. A correction that says nothing of it stands where the visit stood. */
export function noPosition({ said: { mode, position, amends } }: Scene): Preview[] {
  return hasPlace(mode) && !position && !amends ? ask('P01', 'review', 'position', { mode }, null) : []
}

/** P02: the position is less accurate than the campaign asks. */
export function poorAccuracy({ said: { position }, season }: Scene): Preview[] {
  const limit = season.policy.accuracy_limit_m
  if (!position || position.accuracy_m <= limit) return []
  return ask('P02', 'info', 'position', { accuracy_m: limit }, { accuracy_m: whole(position.accuracy_m) })
}

/** P03: a visit at home was further from it than limit and accuracy; the accuracy counts for the cadre. */
export function farFromHome({ said: { mode, position }, file, season }: Scene): Preview[] {
  const away = homeDistanceM(file?.home ?? null, position)
  if (mode !== 'home' || !position || away === null) return []
  const limit = season.policy.distance_limit_m
  const beyond = (times: number) => away > times * limit + position.accuracy_m
  if (!beyond(1)) return []
  const actual = { distance_m: whole(away), accuracy_m: whole(position.accuracy_m) }
  return ask('P03', beyond(blockFactor) ? 'block' : 'review', 'position', { distance_m: limit }, actual)
}

export function homeDistanceM(home: Home | null, position: Position | null): number | null {
  return home && position ? distanceM(toWgs84(home, home.datum), toWgs84(position, position.datum)) : null
}

/** Whole metres as the server writes them: a half goes to the even side. */
function whole(metres: number): number {
  const below = Math.floor(metres)
  const isHalf = metres - below === 0.5
  return isHalf && below % 2 === 0 ? below : Math.round(metres)
}
