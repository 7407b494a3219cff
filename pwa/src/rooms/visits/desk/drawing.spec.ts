import { describe, expect, it } from 'vitest'
import type { Home, Position } from '@/api/types'
import { wgs84ToGcj02 } from '@/kit/position/datum'
import { draw, drawingSize, roundLength } from './drawing'

const home: Home = { latitude: 30.66, longitude: 104.08, datum: 'wgs84' }
const at = (latitude: number, longitude: number, accuracy_m = 10): Position => ({
  latitude,
  longitude,
  accuracy_m,
  taken_at: '2026-01-10T09:00:00Z',
  datum: 'wgs84',
  source: 'gps',
})

describe('the drawing of home and visit', () => {
  it('north_is_up_and_east_is_right', () => {
    const drawn = draw(home, at(30.664, 104.085))
    expect(drawn.visit.x).toBeGreaterThan(drawn.home.x)
    expect(drawn.visit.y).toBeLessThan(drawn.home.y)
  })
  it('lengths_on_the_sheet_are_in_the_scale_of_its_bar', () => {
    const drawn = draw(home, at(30.664, 104.085))
    const px = Math.hypot(drawn.visit.x - drawn.home.x, drawn.visit.y - drawn.home.y)
    expect(px / drawn.distance_m).toBeCloseTo(drawn.scale.px / drawn.scale.m, 4)
    expect(drawn.visit.r / drawn.accuracy_m).toBeCloseTo(drawn.scale.px / drawn.scale.m, 9)
  })
  it('a_shifted_datum_is_compared_in_wgs_84', () => {
    const shifted = { ...wgs84ToGcj02(home), datum: 'gcj02' as const }
    expect(draw(home, { ...at(0, 0), ...shifted }).distance_m).toBeLessThan(0.01)
  })
  it('both_points_stay_on_the_sheet_near_far_and_with_a_coarse_fix', () => {
    for (const position of [at(30.66, 104.08), at(30.9, 103.7), at(30.6601, 104.0801, 5000)]) {
      const { home: h, visit: v } = draw(home, position)
      for (const n of [h.x, h.y, v.x, v.y]) {
        expect(n).toBeGreaterThanOrEqual(0)
        expect(n).toBeLessThanOrEqual(drawingSize)
      }
    }
  })
  it('the_bar_has_a_round_length', () => {
    expect([0.9, 1, 3, 7, 49, 50, 999].map(roundLength)).toEqual([0.5, 1, 2, 5, 20, 50, 500])
  })
})
