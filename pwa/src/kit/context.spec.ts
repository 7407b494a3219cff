import { describe, expect, it } from 'vitest'
import { type Surroundings, lacksOf, stopsVisits } from './context'

const good: Surroundings = {
  isSecure: true,
  hasStore: true,
  hasCrypto: true,
  hasPosition: true,
  hasCamera: true,
  hasWorker: true,
  denied: [],
}

describe('what a browser lacks', () => {
  it('is_nothing_where_everything_is_given', () => {
    expect(lacksOf(good)).toEqual([])
    expect(stopsVisits([])).toBe(false)
  })
  it('an_insecure_address_is_named_once_and_not_by_what_it_takes_away', () => {
    const plain = { ...good, isSecure: false, hasCrypto: false, hasCamera: false, hasWorker: false }
    expect(lacksOf(plain)).toEqual(['secure'])
    expect(stopsVisits(lacksOf(plain))).toBe(true)
    expect(lacksOf({ ...plain, hasStore: false })).toEqual(['secure', 'store'])
  })
  it('without_store_or_encryption_nothing_can_be_recorded', () => {
    expect(stopsVisits(lacksOf({ ...good, hasStore: false }))).toBe(true)
    expect(stopsVisits(lacksOf({ ...good, hasCrypto: false }))).toBe(true)
  })
  it('without_camera_position_or_worker_visits_go_on_and_it_is_said', () => {
    const poor = lacksOf({ ...good, hasPosition: false, hasCamera: false, hasWorker: false })
    expect(poor).toEqual(['position', 'camera', 'offline'])
    expect(stopsVisits(poor)).toBe(false)
  })
  it('what_was_refused_is_told_apart_from_what_is_not_there', () => {
    expect(lacksOf({ ...good, denied: ['position', 'camera'] })).toEqual(['position_denied', 'camera_denied'])
    expect(lacksOf({ ...good, hasCamera: false, denied: ['camera'] })).toEqual(['camera'])
  })
})
