import { describe, expect, it } from 'vitest'
import { stepsFrom } from './need'

describe('a need', () => {
  it('can_be_settled_until_it_is_and_then_only_opened_again', () => {
    expect(stepsFrom('open')).toEqual(['answer', 'resolve'])
    expect(stepsFrom('answered')).toEqual(['answer', 'resolve', 'reopen'])
    expect(stepsFrom('resolved')).toEqual(['reopen'])
    expect(stepsFrom('withdrawn')).toEqual([])
  })
})
