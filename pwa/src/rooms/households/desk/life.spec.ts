import { describe, expect, it } from 'vitest'
import { noticeLeft, stepFault, stepsFrom } from './life'

const form = { words: '', objectionId: '', upheld: null }

describe('the life of a file', () => {
  it('goes_on_by_the_steps_that_lead_from_where_it_stands', () => {
    expect([stepsFrom('applied', 0), stepsFrom('noticed', 0), stepsFrom('verifying', 2), stepsFrom('closed', 0)]).toEqual([
      ['review', 'publish', 'approve', 'waive'],
      ['approve', 'object'],
      ['object', 'answer'],
      [],
    ])
  })
  it('ends_and_is_taken_up_again', () => {
    expect([stepsFrom('approved', 0), stepsFrom('relieved', 0), stepsFrom('waived', 0)]).toEqual([
      ['object', 'relieve'],
      ['restore'],
      ['restore'],
    ])
  })
  it('waits_for_the_last_day_of_its_notice', () => {
    const at = '2026-01-05T08:00:00Z'
    expect([
      noticeLeft(at, 7, Date.parse('2026-01-06T08:00:01Z')),
      noticeLeft(at, 7, Date.parse('2026-01-12T08:00:00Z')),
    ]).toEqual([6, 0])
  })
  it('asks_for_what_a_step_needs', () => {
    expect([
      stepFault('review', form),
      stepFault('object', form),
      stepFault('object', { ...form, words: '有车' }),
      stepFault('answer', form),
      stepFault('answer', { ...form, objectionId: 'o' }),
      stepFault('answer', { objectionId: 'o', upheld: false, words: '已核实' }),
      stepFault('waive', form),
    ]).toEqual([null, 'words', null, 'objection', 'upheld', null, 'words'])
  })
})
