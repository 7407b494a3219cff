import { describe, expect, it } from 'vitest'
import { axisTop, everyDay } from './progress'

const day = (text: string, reached = 1) => ({ day: text, reached, attempted: 0 })

describe('the days of the board', () => {
  it('a_day_nobody_went_out_is_shown_as_a_gap', () => {
    expect(everyDay([day('2026-01-03'), day('2026-01-01')], 60).map((one) => [one.day, one.reached])).toEqual([
      ['2026-01-01', 1],
      ['2026-01-02', 0],
      ['2026-01-03', 1],
    ])
  })
  it('only_the_latest_days_are_kept_and_months_and_years_pass', () => {
    expect(everyDay([day('2025-11-01'), day('2026-01-01')], 3).map((one) => one.day)).toEqual([
      '2025-12-30',
      '2025-12-31',
      '2026-01-01',
    ])
  })
  it('no_day_is_no_bar', () => expect(everyDay([], 10)).toEqual([]))
  it('the_axis_ends_at_a_round_number_that_holds_the_highest_bar', () => {
    expect([0, 3, 7, 10, 11, 43, 99, 130, 870, 1001].map(axisTop)).toEqual([4, 4, 8, 10, 20, 50, 100, 200, 1000, 2000])
  })
})
