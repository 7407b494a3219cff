import { describe, expect, it } from 'vitest'
import { offsetFrom } from './clock'
import { distance, hoursBesideDays, timeLeft, yuan } from './format'
import { newId } from './id'

describe('ids', () => {
  it('an_id_is_a_uuid_of_version_seven_that_carries_its_time', () => {
    const id = newId(0x0190a1b2c3d4)
    expect(id).toMatch(/^0190a1b2-c3d4-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  })
  it('later_ids_sort_after_earlier_ones', () => {
    expect(newId(1_000) < newId(2_000)).toBe(true)
  })
})

describe('the clock', () => {
  it('the_offset_is_what_the_server_is_ahead_at_the_middle_of_the_trip', () => {
    const server = Date.parse('Sat, 10 Jan 2026 09:00:10 GMT')
    expect(offsetFrom('Sat, 10 Jan 2026 09:00:10 GMT', server - 1_000, server)).toBe(1_000)
    expect(offsetFrom('nonsense', 0, 0)).toBeNull()
  })
  it('days_are_counted_until_two_are_left_then_hours', () => {
    const deadline = '2026-01-10T00:00:00.000Z'
    const before = (hours: number) => timeLeft(deadline, Date.parse(deadline) - hours * 3_600_000)
    expect(before(72)).toEqual({ unit: 'days', count: 3 })
    expect(before(47.5)).toEqual({ unit: 'hours', count: 47 })
    expect(before(0.5)).toEqual({ unit: 'minutes', count: 30 })
    expect(before(0)).toBeNull()
  })
  it('hours_stand_beside_whole_days', () => {
    const deadline = '2026-01-10T00:00:00.000Z'
    const before = (hours: number) => hoursBesideDays(deadline, Date.parse(deadline) - hours * 3_600_000)
    expect([before(227.9), before(72), before(71.9)]).toEqual([11, 0, 23])
  })
})

describe('figures', () => {
  it('money_shows_fen_only_where_there_are_some', () => {
    expect([yuan(100_000, 'zh-CN'), yuan(100_050, 'zh-CN')]).toEqual(['¥1,000', '¥1,000.50'])
  })
  it('distances_change_to_kilometres', () => {
    expect([distance(430, 'en'), distance(1_240, 'en')]).toEqual(['430 m', '1.2 km'])
  })
})
