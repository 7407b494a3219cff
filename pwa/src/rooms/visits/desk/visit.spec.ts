import { describe, expect, it } from 'vitest'
import { compareAid } from './visit'

describe('aid against entitlement', () => {
  const promised = { cash_fen: 100_000, goods: [{ item_id: 'rice', quantity_milli: 1000 }] }
  it('cash_of_several_funds_is_one_sum', () => {
    const aid = [
      { kind: 'cash', fund_id: 'a', amount_fen: 60_000 },
      { kind: 'cash', fund_id: 'b', amount_fen: 40_000 },
    ] as const
    expect(compareAid(aid, promised)[0]).toEqual({ key: 'cash', kind: 'cash', id: '', given: 100_000, promised: 100_000 })
  })
  it('what_was_promised_and_not_given_and_what_was_given_unpromised_both_show', () => {
    const rows = compareAid([{ kind: 'goods', item_id: 'oil', quantity_milli: 2500 }], promised)
    expect(rows.map((row) => [row.key, row.given, row.promised])).toEqual([
      ['cash', 0, 100_000],
      ['rice', 0, 1000],
      ['oil', 2500, 0],
    ])
  })
  it('without_an_entitlement_nothing_is_claimed_about_it', () => {
    expect(compareAid([{ kind: 'cash', fund_id: 'a', amount_fen: 1 }], null)).toEqual([
      { key: 'cash', kind: 'cash', id: '', given: 1, promised: null },
    ])
    expect(compareAid([], null)).toEqual([])
  })
})
