import { describe, expect, it } from 'vitest'
import { type Stop, hasBeenTo, walkThrough, wayLength } from './walk'

/** The same numbers at every run: a walk must be judged by what it was given. */
function dice(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}
function stopsOf(count: number, roll: () => number, unplaced = 0): Stop[] {
  return Array.from({ length: count }, (_, n) => ({
    id: `h${n}`,
    place: roll() < unplaced ? null : { latitude: 30.65 + roll() * 0.03, longitude: 104.06 + roll() * 0.03 },
  }))
}
const inOrder = (ids: readonly string[], stops: readonly Stop[]) => ids.map((id) => stops.find((stop) => stop.id === id) as Stop)
const here = { latitude: 30.66, longitude: 104.07 }

describe('a walk', () => {
  it('names_every_stop_once_and_is_never_longer_than_the_order_given', () => {
    for (let seed = 1; seed <= 120; seed += 1) {
      const roll = dice(seed)
      const stops = stopsOf(Math.floor(roll() * 24), roll, seed % 3 === 0 ? 0.3 : 0)
      for (const from of [here, null]) {
        const way = walkThrough(stops, from)
        expect([...way.ids].sort()).toEqual(stops.map(({ id }) => id).sort())
        expect(way.length_m).toBeLessThanOrEqual(wayLength(stops, from) + 1e-6)
        expect(wayLength(inOrder(way.ids, stops), from)).toBeCloseTo(way.length_m, 4)
      }
    }
  })
  it('begins_at_the_first_one_when_nobody_knows_where_i_stand', () => {
    const stops = stopsOf(12, dice(7))
    expect(walkThrough(stops, null).ids[0]).toBe('h0')
  })
  it('ends_with_those_whose_place_is_not_known_and_names_them', () => {
    const [a, b, c] = stopsOf(3, dice(3))
    const way = walkThrough([{ id: 'lost', place: null }, a, b, c] as Stop[], here)
    expect(way.ids.at(-1)).toBe('lost')
    expect(way.unplaced).toEqual(['lost'])
    expect(walkThrough([{ id: 'lost', place: null }], here)).toEqual({ ids: ['lost'], length_m: 0, unplaced: ['lost'] })
  })
  it('along_one_street_it_goes_from_door_to_door', () => {
    const street = [4, 1, 3, 0, 2].map((n) => ({ id: `${n}`, place: { latitude: 30.66, longitude: 104.07 + n * 1e-3 } }))
    expect(walkThrough(street, here).ids).toEqual(['0', '1', '2', '3', '4'])
  })
  it('of_sixty_is_found_while_a_thumb_is_still_on_the_button', () => {
    const stops = stopsOf(60, dice(11))
    // The quickest of a few: other work on the machine is not the walk's.
    const took = Array.from({ length: 8 }, () => {
      const began = performance.now()
      walkThrough(stops, here)
      return performance.now() - began
    })
    expect(Math.min(...took)).toBeLessThan(50)
  })
  it('goes_on_from_a_door_that_was_tried_since_it_was_made_and_not_from_one_tried_before', () => {
    const row = { isReached: false, isSealedHere: false, lastVisitAt: '2026-01-10T09:30:00.000+08:00' }
    expect(hasBeenTo(row, '2026-01-10T01:29:00.000Z')).toBe(true)
    expect(hasBeenTo(row, '2026-01-10T01:31:00.000Z')).toBe(false)
    expect(hasBeenTo({ ...row, isSealedHere: true }, '2026-01-10T01:31:00.000Z')).toBe(true)
  })
})
