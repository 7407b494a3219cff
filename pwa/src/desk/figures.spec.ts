import { describe, expect, it } from 'vitest'
import { parseQuantity, parseYuan, percent, typed } from './figures'

describe('figures typed at the desk', () => {
  it('money_becomes_whole_fen_without_rounding', () => {
    expect(['1000', '1,000.5', '¥0.01', '19.99', '１２．５'].map(parseYuan)).toEqual([100_000, 100_050, 1, 1999, 1250])
  })
  it('what_is_not_exactly_money_is_refused', () => {
    expect(['', '1.005', '-5', '1e3', 'ten', '9'.repeat(13), '.5', '1.'].map(parseYuan)).toEqual(Array(8).fill(null))
  })
  it('quantities_count_in_thousandths', () => {
    expect([parseQuantity('2.5'), parseQuantity('0.001'), parseQuantity('1.0001')]).toEqual([2500, 1, null])
  })
  it('what_is_shown_for_editing_reads_back_as_the_same', () => {
    for (const fen of [0, 1, 10, 100, 100_050]) expect(parseYuan(typed(fen, 2))).toBe(fen)
  })
  it('a_share_is_never_rounded_to_all_or_to_nothing', () => {
    expect([percent(9_999, 10_000), percent(1, 10_000), percent(0, 5), percent(5, 5), percent(0, 0)]).toEqual([99, 1, 0, 100, 0])
  })
})
