import { describe, expect, it } from 'vitest'
import { campaignFaults, fromWall, toWall } from './campaign'

const form = { name: '两节', theme: '送温暖', opens: '2026-01-01T08:00', deadline: '2026-02-10T18:00' }

describe('the campaign form', () => {
  it('a_whole_form_has_no_fault', () => expect(campaignFaults(form)).toEqual({}))
  it('what_is_missing_is_named_field_by_field', () => {
    expect(campaignFaults({ name: ' ', theme: '', opens: '', deadline: 'x' })).toEqual({
      name: 'fill',
      theme: 'fill',
      opens: 'fill',
      deadline: 'fill',
    })
  })
  it('a_deadline_not_after_the_opening_is_refused', () => {
    expect(campaignFaults({ ...form, deadline: form.opens })).toEqual({ deadline: 'order' })
  })
  it('the_wall_clock_reads_back_as_it_was_set', () => {
    const moment = fromWall(form.opens)
    expect(moment).toMatch(/Z$/)
    expect(toWall(moment ?? '')).toBe(form.opens)
    expect([fromWall(''), toWall('nonsense')]).toEqual([null, ''])
  })
})
