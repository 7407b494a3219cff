import { describe, expect, it } from 'vitest'
import { type Changes, type Happening, isEmpty, joined, nothing, told } from './changes'

const happening = (at: string): Happening => ({
  at,
  kind: 'visit',
  household_id: null,
  head_name: null,
  visit_id: null,
  team_id: null,
  team_name: null,
  detail: null,
  by_name: null,
})
const changes = (counts: Record<string, number>, ...at: string[]): Changes => ({
  cursor: 'c',
  more: false,
  skipped: false,
  counts,
  items: at.map(happening),
})

describe('what changed since', () => {
  it('adds_up_page_by_page_with_the_newest_first', () => {
    const since = joined(joined(nothing, changes({ visit: 2 }, '2', '1')), changes({ visit: 1, need: 1 }, '3'))
    expect([since.counts, since.items.map((one) => one.at)]).toEqual([{ visit: 3, need: 1 }, ['3', '2', '1']])
  })
  it('keeps_no_more_than_anybody_reads', () => {
    const many = Array.from({ length: 80 }, (_, n) => String(n).padStart(2, '0'))
    expect(joined(nothing, changes({ visit: 80 }, ...many)).items).toHaveLength(50)
  })
  it('a_household_that_stands_elsewhere_renews_the_board_and_is_no_news', () => {
    const since = joined(nothing, changes({ standing: 4 }))
    expect([isEmpty(since), told(since)]).toEqual([false, []])
    expect(isEmpty(changes({}))).toBe(true)
  })
  it('what_was_too_much_to_read_is_said', () => {
    expect(joined(nothing, { ...changes({}), skipped: true }).skipped).toBe(true)
  })
})
