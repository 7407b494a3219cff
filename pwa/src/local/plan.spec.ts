import { describe, expect, it } from 'vitest'
import { firstGuess, lanesFor, pushFor } from './line'
import { backoffMs, isAboutTheLine, isDue, longestWaitMs, waitMs } from './patience'
import { Offline, Problem } from '@/api/problem'
import { type Facts, plan } from './plan'

const item = (id: string, sequence: number, bytes = 100) => ({ id, sequence, bytes })
const waiting = (id: string, next_attempt_ms = 0, attempts = 0) => ({ id, state: 'waiting' as const, next_attempt_ms, attempts })
const picture = (sha256: string, visit_id: string, more: Partial<Facts['pictures'][number]> = {}) => ({
  sha256,
  visit_id,
  arrived_at: null,
  next_attempt_ms: 0,
  taken_ms: 0,
  problem: null,
  ...more,
})
const facts = (more: Partial<Facts>): Facts => ({
  now_ms: 1_000,
  lanes: 1,
  push_bytes: 512 * 1024,
  line_next_attempt_ms: 0,
  under_way: new Set(),
  pictures_through: Number.POSITIVE_INFINITY,
  items: [],
  deliveries: [],
  pictures: [],
  ...more,
})

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
      { id: 'a', state: 'received' as const, next_attempt_ms: 0, attempts: 0 },
      { id: 'b', state: 'received' as const, next_attempt_ms: 0, attempts: 0 },
    ]
    const pictures = [picture('later', 'b'), picture('first', 'a'), picture('there', 'a', { arrived_at: 'x' })]
    expect(plan(facts({ items: [item('a', 1), item('b', 2)], deliveries, pictures }))).toEqual({
      do: 'send_pictures',
      sha256: ['first'],
    })
  })
  it('nothing_waits_behind_a_refused_visit_and_its_pictures_still_go', () => {
    const deliveries = [{ id: 'a', state: 'needs_me' as const, next_attempt_ms: 0, attempts: 0 }, waiting('b')]
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
    const deliveries = [waiting('b', 9_000), { id: 'a', state: 'received' as const, next_attempt_ms: 0, attempts: 0 }]
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
  it('a_push_is_what_it_carries_in_ten_seconds', () => {
    expect([null, 1_000, 8_000, 900_000].map(pushFor)).toEqual([65_536, 16_384, 80_000, 524_288])
  })
})

describe('lanes', () => {
  const pictures = ['p', 'q', 'r'].map((name, at) => picture(name, 'a', { taken_ms: at }))
  const given = facts({ lanes: 2, items: [item('a', 1)], pictures })
  it('a_free_lane_takes_the_next_picture_and_none_travels_twice', () => {
    expect(plan({ ...given, under_way: new Set(['p']) })).toEqual({ do: 'send_pictures', sha256: ['q'] })
    expect(plan({ ...given, under_way: new Set(['p', 'q']) })).toEqual({ do: 'travel' })
    expect(plan({ ...given, lanes: 1, under_way: new Set(['p', 'q']) })).toEqual({ do: 'travel' })
  })
  it('a_visit_made_meanwhile_goes_before_the_next_picture', () => {
    const deliveries = [waiting('b')]
    expect(plan({ ...given, items: [item('a', 1), item('b', 2)], deliveries, under_way: new Set(['p']) })).toEqual({
      do: 'push',
      ids: ['b'],
    })
  })
})

describe('pictures the person holds back', () => {
  const items = [item('a', 1), item('b', 2)]
  const pictures = [picture('p', 'a'), picture('q', 'b')]
  it('wait_while_visits_go', () => {
    expect(plan(facts({ items, pictures, deliveries: [waiting('b')], pictures_through: 0 }))).toEqual({ do: 'push', ids: ['b'] })
    expect(plan(facts({ items, pictures, pictures_through: 0 }))).toEqual({ do: 'hold' })
  })
  it('go_up_to_the_visit_at_which_the_person_let_them', () => {
    expect(plan(facts({ items, pictures, pictures_through: 1 }))).toEqual({ do: 'send_pictures', sha256: ['p'] })
    expect(plan(facts({ items, pictures: pictures.slice(1), pictures_through: 1 }))).toEqual({ do: 'hold' })
  })
})

describe('patience', () => {
  const busy = (retryAfterS: number | null, status = 503) => new Problem({ code: 'busy', title: '', status }, retryAfterS)
  it('backs_off_by_a_random_part_of_a_time_that_doubles_up_to_ten_minutes', () => {
    expect([1, 2, 3, 40].map((attempts) => backoffMs(attempts, 1))).toEqual([2_000, 4_000, 8_000, 600_000])
    expect(backoffMs(5, 0.25)).toBe(8_000)
    expect(backoffMs(40, 0)).toBe(500)
  })
  it('waits_as_long_as_the_server_asks_a_little_more_by_chance_and_an_hour_at_most', () => {
    expect(waitMs(1, busy(120), 0)).toBe(120_000)
    expect(waitMs(1, busy(120), 1)).toBe(132_000)
    expect(waitMs(1, busy(999_999), 0)).toBe(longestWaitMs)
    expect(waitMs(3, new Offline(), 0.5)).toBe(4_000)
  })
  it('knows_what_is_the_lines_matter_and_what_is_the_things_own', () => {
    expect([new Offline(), busy(null), busy(null, 429), busy(null, 401)].map(isAboutTheLine)).toEqual([true, true, true, true])
    expect([busy(null, 500), busy(null, 507), busy(null, 422)].map(isAboutTheLine)).toEqual([false, false, false])
  })
  it('while_the_line_rests_nothing_is_tried', () => {
    const given = facts({
      items: [item('a', 1)],
      deliveries: [waiting('a')],
      pictures: [picture('p', 'a')],
      line_next_attempt_ms: 9_000,
    })
    expect(plan(given)).toEqual({ do: 'wait', until_ms: 9_000 })
    expect(plan({ ...given, now_ms: 9_000 })).toEqual({ do: 'push', ids: ['a'] })
  })
  it('an_item_that_failed_goes_alone_after_the_fresh_ones', () => {
    const items = [item('bad', 1), item('b', 2), item('c', 3)]
    const deliveries = [waiting('bad', 0, 1), waiting('b'), waiting('c')]
    expect(plan(facts({ items, deliveries }))).toEqual({ do: 'push', ids: ['b', 'c'] })
    expect(plan(facts({ items, deliveries: [waiting('bad', 0, 1), waiting('b', 0, 2)] }))).toEqual({ do: 'push', ids: ['bad'] })
  })
})

describe('a clock that was wrong', () => {
  const day = 86_400_000
  const now_ms = Date.parse('2026-01-11T00:00:30+08:00')
  const given = (next: number) => facts({ now_ms, items: [item('a', 1)], deliveries: [waiting('a', next, 1)] })
  it('by_years_ahead_when_the_next_try_was_noted_blocks_nothing', () => {
    expect(plan(given(now_ms + 400 * day))).toEqual({ do: 'push', ids: ['a'] })
    expect(plan(given(now_ms + longestWaitMs + 1))).toEqual({ do: 'push', ids: ['a'] })
    const pictures = [picture('p', 'a', { next_attempt_ms: now_ms + 9 * day })]
    expect(plan({ ...given(0), deliveries: [], pictures })).toEqual({ do: 'send_pictures', sha256: ['p'] })
    expect(plan({ ...given(0), line_next_attempt_ms: now_ms + 9 * day })).toEqual({ do: 'push', ids: ['a'] })
  })
  it('by_minutes_costs_an_hour_at_the_most', () => {
    expect(plan(given(now_ms + longestWaitMs))).toEqual({ do: 'wait', until_ms: now_ms + longestWaitMs })
    expect(isDue(now_ms + longestWaitMs, now_ms + longestWaitMs)).toBe(true)
  })
  it('set_forward_or_past_midnight_or_an_outbox_of_last_year_are_simply_due', () => {
    const before = Date.parse('2026-01-10T23:59:50+08:00')
    expect(plan(given(before))).toEqual({ do: 'push', ids: ['a'] })
    expect(plan({ ...given(before + 5_000), now_ms: before })).toEqual({ do: 'wait', until_ms: before + 5_000 })
    const items = Array.from({ length: 130 }, (_, at) => item(`v${at}`, at + 1))
    const deliveries = items.map(({ id }) => waiting(id, now_ms - 400 * day))
    const step = plan(facts({ now_ms, items, deliveries }))
    expect(step.do === 'push' && [step.ids.length, step.ids[0]]).toEqual([50, 'v0'])
  })
})
