import { describe, expect, it } from 'vitest'
import { retryAfterOf } from '@/api/problem'
import { wakeOf, wakeTag } from './wake'

describe('what the worker is woken for', () => {
  it('names_whose_outbox_it_is_and_nothing_else_is_taken_for_one', () => {
    const wake = { user_id: '0190-ab', generation: 2 }
    expect(wakeOf(wakeTag(wake))).toEqual(wake)
    expect(['', 'outbox:', 'outbox:x:y', 'other:1:u', 'outbox:1:'].map(wakeOf)).toEqual([null, null, null, null, null])
  })
})

describe('how long the server asks to wait', () => {
  const asked = (after: string, date = 'Sat, 10 Jan 2026 10:00:00 GMT') =>
    retryAfterOf(new Headers({ 'retry-after': after, date }))
  it('is_said_in_seconds_or_as_a_time_by_its_own_clock', () => {
    expect(asked('120')).toBe(120)
    expect(asked('Sat, 10 Jan 2026 10:02:00 GMT')).toBe(120)
    expect([asked('0'), asked('soon'), asked('Sat, 10 Jan 2026 09:00:00 GMT')]).toEqual([null, null, null])
  })
})
