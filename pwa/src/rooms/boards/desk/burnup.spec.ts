import { describe, expect, it } from 'vitest'
import { burnUp, perDay } from './burnup'

const day = (text: string, reached: number) => ({ day: text, reached, attempted: 0 })
const ahead = (text: string, expected: number) => ({ day: text, expected, low: expected - 2, high: expected + 2 })

describe('the burn-up', () => {
  it('adds_up_what_was_reached_and_goes_on_where_that_ends', () => {
    const points = burnUp([day('2026-01-01', 3), day('2026-01-03', 2)], [ahead('2026-01-04', 7)], 5)
    expect(points.map((point) => [point.day, point.reached, point.expected])).toEqual([
      ['2026-01-01', 3, null],
      ['2026-01-02', 3, null],
      ['2026-01-03', 5, 5],
      ['2026-01-04', null, 7],
    ])
  })
  it('what_was_reached_today_is_part_of_today_ahead', () => {
    const points = burnUp([day('2026-01-01', 3), day('2026-01-02', 2)], [ahead('2026-01-02', 6)], 5)
    expect(points.map((point) => [point.day, point.reached, point.expected])).toEqual([
      ['2026-01-01', 3, 3],
      ['2026-01-02', null, 6],
    ])
  })
  it('without_a_forecast_it_ends_with_what_is_known', () => {
    expect(burnUp([day('2026-01-01', 3)], [], 3)).toEqual([
      { day: '2026-01-01', reached: 3, expected: null, low: null, high: null },
    ])
    expect(burnUp([], [], 0)).toEqual([])
  })
  it('a_pace_is_said_with_one_place_while_it_is_small', () => {
    expect([perDay(1234, 'en'), perDay(12_345, 'en'), perDay(0, 'en')]).toEqual(['1.2', '12', '0'])
  })
})
