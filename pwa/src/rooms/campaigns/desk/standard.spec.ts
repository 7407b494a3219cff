import { describe, expect, it } from 'vitest'
import type { Standard } from './campaign'
import { standardFaults, toForm, toStandard, withStandard } from './standard'

const standard: Standard = {
  category: 'near_line',
  cash_fen: 50_050,
  purpose: 'living',
  goods: [{ item_id: 'rice', quantity_milli: 2500 }],
}

describe('the standard of a category', () => {
  it('shown_for_editing_and_taken_back_it_is_the_same', () => {
    expect(toStandard(toForm(standard))).toEqual(standard)
    expect(standardFaults(toForm(standard), new Set())).toEqual({})
  })
  it('a_standard_that_gives_nothing_is_refused', () => {
    expect(standardFaults({ category: 'student', cash: '0', purpose: 'schooling', goods: [] }, new Set())).toEqual({
      cash: 'nothing',
    })
  })
  it('a_category_has_one_standard_and_an_item_one_line', () => {
    const form = toForm(standard)
    form.goods.push({ item_id: 'rice', typed: '1' }, { item_id: '', typed: '1' }, { item_id: 'oil', typed: '0' })
    form.cash = 'many'
    expect(standardFaults(form, new Set(['near_line']))).toEqual({
      category: 'taken',
      cash: 'yuan',
      'goods-1': 'twice',
      'goods-2': 'choose',
      'goods-3': 'quantity',
    })
  })
  it('a_changed_standard_keeps_its_place_and_a_new_one_comes_last', () => {
    const other = { ...standard, category: 'student' }
    expect(withStandard([standard, other], { ...standard, cash_fen: 1 }, 'near_line').map((one) => one.cash_fen)).toEqual([
      1, 50_050,
    ])
    expect(withStandard([standard], other, null).map((one) => one.category)).toEqual(['near_line', 'student'])
  })
})
