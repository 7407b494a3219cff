import { describe, expect, it } from 'vitest'
import { limitsOf, policyChange, policyFaults } from './policy'

const policy = { notice_days: 7, travel_speed_kmh: 120, photos_required: { home: 1 }, version: 1 }

describe('the limits of a campaign', () => {
  it('only_limits_the_server_knows_are_shown', () => {
    expect(limitsOf(policy).map(({ limit, value }) => [limit.name, value])).toEqual([
      ['notice_days', 7],
      ['travel_speed_kmh', 120],
    ])
  })
  it('only_what_was_changed_is_sent', () => {
    expect(policyChange({ notice_days: '7', travel_speed_kmh: ' 90 ' }, policy)).toEqual({ travel_speed_kmh: 90 })
    expect(policyChange({}, policy)).toEqual({})
  })
  it('what_is_no_whole_number_within_its_bounds_is_named', () => {
    expect(policyFaults({ notice_days: '61', travel_speed_kmh: '1.5', likeness_distance: '', late_days: '3' })).toEqual([
      'notice_days',
      'travel_speed_kmh',
      'likeness_distance',
    ])
  })
})
