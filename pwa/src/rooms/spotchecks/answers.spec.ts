import { describe, expect, it } from 'vitest'
import { answersOf, chinaDay, faultsOf, nothingTyped, parts } from './answers'
import { isDiscrepancy, possible } from './desk/check'
import { beyondShare, partsOf, rateWords, share } from './figures'

const today = '2027-01-26'

describe('the blind form', () => {
  it('asks_whether_anybody_came_before_anything_else', () => {
    expect(faultsOf(nothingTyped(), today)).toEqual(['came'])
    expect(faultsOf({ ...nothingTyped(), came: 'no' }, today)).toEqual([])
  })
  it('wants_the_cash_of_whoever_was_visited_and_goods_that_can_be_read', () => {
    const typed = { ...nothingTyped(), came: 'yes' as const, goods: { rice: 'two', oil: '' } }
    expect(faultsOf(typed, today)).toEqual(['cash', 'goods'])
    expect(faultsOf({ ...typed, cash: '0', goods: { rice: '2' } }, today)).toEqual([])
  })
  it('takes_no_day_to_come_and_no_amount_that_nobody_gives', () => {
    const typed = { ...nothingTyped(), came: 'yes' as const, cash: '100000000', goods: { rice: '9999999' }, cameOn: '2027-01-27' }
    expect(faultsOf(typed, today)).toEqual(['cash', 'goods', 'cameOn'])
    expect(faultsOf({ ...typed, cash: '500', goods: {}, cameOn: today }, today)).toEqual([])
    expect(chinaDay(new Date('2027-01-26T16:30:00Z'))).toBe('2027-01-27')
  })
  it('leaves_out_signs_that_nobody_sees_and_the_server_would_refuse', () => {
    const sent = answersOf({ ...nothingTyped(), came: 'yes', cash: '0', who: '小\t王\u0007', words: '一\n二\r' })
    expect([sent.who, sent.words]).toEqual(['小 王', '一\n二'])
  })
  it('sends_fen_and_thousandths_and_leaves_out_what_was_not_said', () => {
    const typed = { ...nothingTyped(), came: 'yes' as const, cash: '1,500.5', goods: { rice: '2', oil: '' }, who: ' 小王 ' }
    const sent = answersOf(typed)
    expect([sent.cash_fen, sent.goods, sent.who, sent.came_on]).toEqual([
      150_050,
      [{ item_id: 'rice', quantity_milli: 2000 }],
      '小王',
      null,
    ])
    expect(answersOf({ ...typed, came: 'no' })).toMatchObject({ came: false, cash_fen: 0, goods: [], who: '' })
  })
  it('reads_a_number_only_where_it_is_one', () => {
    expect(['5', '5.', '.5', '5.125', '-1', '1e3', ''].map((text) => parts(text, 3))).toEqual([
      5000,
      null,
      null,
      5125,
      null,
      null,
      null,
    ])
  })
})

describe('a verdict', () => {
  it('on_somebody_who_was_not_asked_is_that_they_were_not', () => {
    expect(possible({ answers: null })).toEqual(['unreachable'])
    expect(['agrees', 'minor', 'misdelivered', 'unreachable'].map((one) => isDiscrepancy(one as never))).toEqual([
      false,
      false,
      true,
      false,
    ])
  })
})

describe('figures', () => {
  it('are_told_as_people_read_them', () => {
    expect([share(71_428, 'en'), rateWords('0.07', 'en'), rateWords('0.125', 'zh-CN')]).toEqual(['7.1%', '7%', '12.5%'])
    expect([beyondShare({ size: 9, seats: 66 }), beyondShare({ size: 9, seats: 9 })]).toEqual([57, 0])
    expect(partsOf('T3/below_line')).toEqual({ team: 'T3', category: 'below_line' })
  })
})
