import { describe, expect, it } from 'vitest'
import { firstGuess, lanesFor } from './line'
import { type Facts, backoffMs, plan } from './plan'

const item = (id: string, sequence: number, bytes = 100) => ({ id, sequence, bytes })
const waiting = (id: string, next_attempt_ms = 0) => ({ id, state: 'waiting' as const, next_attempt_ms })
const picture = (sha256: string, visit_id: string, more: Partial<Facts['pictures'][number]> = {}) => ({
  sha256,
  visit_id,
  arrived_at: null,
  next_attempt_ms: 0,
  taken_ms: 0,
  problem: null,
  ...more,
})
const facts = (more: Partial<Facts>): Facts => ({ now_ms: 1_000, lanes: 1, items: [], deliveries: [], pictures: [], ...more })

describe('plan', () => {
  it('rests_when_nothing_is_left', () => {
    expect(plan(facts({}))).toEqual({ do: 'rest' })
  })
  it('sends_visits_before_pictures_and_the_oldest_first', () => {
    const given = facts({
      items: [item('b', 2), item('a', 1)],
      deliveries: [waiting('b'), waiting('a')],
      pictures: [picture('p', 'a')],
    })
    expect(plan(given)).toEqual({ do: 'push', ids: ['a', 'b'] })
  })
  it('sends_pictures_in_the_order_of_their_visits_once_the_visits_are_in', () => {
    const deliveries = [
      { id: 'a', state: 'received' as const, next_attempt_ms: 0 },
      { id: 'b', state: 'received' as const, next_attempt_ms: 0 },
    ]
    const pictures = [picture('later', 'b'), picture('first', 'a'), picture('there', 'a', { arrived_at: 'x' })]
    expect(plan(facts({ items: [item('a', 1), item('b', 2)], deliveries, pictures }))).toEqual({
      do: 'send_pictures',
      sha256: ['first'],
    })
  })
  it('nothing_waits_behind_a_refused_visit_and_its_pictures_still_go', () => {
    const deliveries = [{ id: 'a', state: 'needs_me' as const, next_attempt_ms: 0 }, waiting('b')]
    const given = facts({ items: [item('a', 1), item('b', 2)], deliveries, pictures: [picture('p', 'a')] })
    expect(plan(given)).toEqual({ do: 'push', ids: ['b'] })
    expect(plan({ ...given, deliveries: deliveries.slice(0, 1) })).toEqual({ do: 'send_pictures', sha256: ['p'] })
  })
  it('a_picture_the_server_refused_does_not_hold_up_the_next', () => {
    const refused = picture('bad', 'a', { problem: { code: 'too_large', title: '', status: 413 } })
    const given = facts({ items: [item('a', 1)], deliveries: [], pictures: [refused, picture('good', 'a')] })
    expect(plan(given)).toEqual({ do: 'send_pictures', sha256: ['good'] })
  })
  it('pictures_of_an_unfinished_visit_stay_at_home', () => {
    expect(plan(facts({ pictures: [picture('p', 'draft')] }))).toEqual({ do: 'rest' })
  })
  it('a_visit_that_must_wait_lets_pictures_of_others_pass', () => {
    const deliveries = [waiting('b', 9_000), { id: 'a', state: 'received' as const, next_attempt_ms: 0 }]
    const given = facts({ items: [item('a', 1), item('b', 2)], deliveries, pictures: [picture('p', 'a')] })
    expect(plan(given)).toEqual({ do: 'send_pictures', sha256: ['p'] })
  })
  it('waits_until_the_first_thing_is_due', () => {
    const given = facts({
      items: [item('a', 1)],
      deliveries: [waiting('a', 9_000)],
      pictures: [picture('p', 'a', { next_attempt_ms: 5_000 })],
    })
    expect(plan(given)).toEqual({ do: 'wait', until_ms: 5_000 })
  })
  it('a_batch_ends_at_its_bytes_but_never_holds_nothing', () => {
    const items = [item('a', 1, 600_000), item('b', 2, 10), item('c', 3, 10)]
    expect(plan(facts({ items, deliveries: items.map(({ id }) => waiting(id)) }))).toEqual({ do: 'push', ids: ['a'] })
  })
  it('as_many_pictures_travel_as_the_line_carries', () => {
    const pictures = ['p', 'q', 'r', 's', 't'].map((name, at) => picture(name, 'a', { taken_ms: at }))
    expect(plan(facts({ lanes: 4, items: [item('a', 1)], pictures }))).toEqual({
      do: 'send_pictures',
      sha256: ['p', 'q', 'r', 's'],
    })
  })
})

describe('the line', () => {
  it('starts_with_one_lane_and_opens_more_when_the_line_is_good', () => {
    expect([null, 10_000, 100_000, 900_000].map(lanesFor)).toEqual([1, 1, 2, 4])
  })
  it('begins_with_what_the_browser_believes_of_it_where_it_says_anything', () => {
    expect(firstGuess(null)).toBe(null)
    expect(firstGuess({})).toBe(null)
    expect(firstGuess({ effectiveType: '2g', downlink: 10 })).toBe(8_000)
    expect(lanesFor(firstGuess({ effectiveType: '4g', downlink: 10 }))).toBe(4)
  })
  it('backs_off_further_each_time_up_to_ten_minutes_and_never_to_nothing', () => {
    expect(backoffMs(1, 0)).toBe(2_000)
    expect(backoffMs(2, 0)).toBe(4_000)
    expect(backoffMs(40, 1)).toBe(600_000)
    expect(backoffMs(1, 1)).toBeGreaterThan(backoffMs(1, 0))
  })
})
