import { describe, expect, it } from 'vitest'
import { knownColumns, moved, usualColumns } from './columns'

describe('the columns of the table', () => {
  it('stand_as_they_were_kept_without_what_is_unknown_or_said_twice', () => {
    expect(knownColumns(['promised', 'gone', 'team', 'promised'])).toEqual(['promised', 'team'])
  })
  it('are_the_usual_ones_where_nothing_was_kept', () => {
    expect([knownColumns(undefined), knownColumns([]), knownColumns(['gone'])]).toEqual([
      usualColumns,
      usualColumns,
      usualColumns,
    ])
  })
  it('move_one_place_and_not_past_the_ends', () => {
    expect([moved(['a', 'b', 'c'], 1, -1), moved(['a', 'b', 'c'], 0, -1), moved(['a', 'b', 'c'], 2, 1)]).toEqual([
      ['b', 'a', 'c'],
      ['a', 'b', 'c'],
      ['a', 'b', 'c'],
    ])
  })
})
