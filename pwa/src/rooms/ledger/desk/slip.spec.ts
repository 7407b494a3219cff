import { describe, expect, it } from 'vitest'
import { fileName } from '@/desk/save'
import { endOfDay } from './asOf'
import { type SlipLine, cashOf, countedOff, slipNumber } from './slip'

const line = (amount: number, counted: number | null): SlipLine => ({ kind: 'cash', fund_id: 'f', amount, counted })

describe('a slip', () => {
  it('says_by_how_much_the_lead_counted_otherwise', () => {
    expect([line(500, 500), line(500, 450), line(500, 501), line(500, 0), line(500, null)].map(countedOff)).toEqual([
      0,
      -50,
      1,
      -500,
      null,
    ])
  })
})

describe('a slip on paper', () => {
  it('has_a_number_that_can_be_read_out', () => {
    const at = new Date(2026, 0, 5, 9).toISOString()
    expect(slipNumber({ id: '01900000-0000-7000-8000-00000000beef', happened_at: at })).toBe('20260105-0000BEEF')
  })
  it('sums_its_cash_and_has_none_where_only_goods_change_hands', () => {
    expect(cashOf({ lines: [line(500, null), line(700, 700)] })).toBe(1200)
    expect(cashOf({ lines: [{ kind: 'goods', item_id: 'i', amount: 5, counted: null }] })).toBeNull()
  })
})

describe('as of a day', () => {
  it('is_the_last_moment_of_that_day_here', () => {
    const end = new Date(endOfDay('2026-02-28') ?? '')
    expect([end.getFullYear(), end.getMonth(), end.getDate(), end.getHours(), end.getMinutes()]).toEqual([2026, 1, 28, 23, 59])
  })
  it('is_now_where_the_day_is_none', () => {
    expect(['', '2026-02-31', '2026-1-1', 'x'].map(endOfDay)).toEqual([null, null, null, null])
  })
})

describe('a file to keep', () => {
  it('has_a_name_every_system_takes', () => {
    expect(fileName('资金物资流向-2026 年 "两节"/送温暖-2026-01-05.xlsx')).toBe(
      '资金物资流向-2026-年-两节-送温暖-2026-01-05.xlsx',
    )
  })
})
