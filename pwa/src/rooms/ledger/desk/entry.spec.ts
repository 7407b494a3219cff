import { describe, expect, it } from 'vitest'
import { type EntryForm, entryBody, entryFaults } from './entry'
import { type Entry, type Sum, canReverse, holders, offBy } from './ledger'

const form = (more: Partial<EntryForm> = {}): EntryForm => ({
  kind: 'issue',
  fund: '',
  team: 't',
  happened: '2026-01-10T09:00',
  words: '第一批',
  lines: [{ key: 1, kind: 'cash', of: 'f', typed: '1,000.50' }],
  ...more,
})

describe('an entry at the desk', () => {
  it('a_whole_form_has_no_fault_and_becomes_integers', () => {
    expect(entryFaults(form())).toEqual({})
    expect(entryBody(form(), 'id', 'c')).toMatchObject({
      id: 'id',
      campaign_id: 'c',
      kind: 'issue',
      team_id: 't',
      lines: [{ kind: 'cash', fund_id: 'f', amount_fen: 100_050 }],
    })
    expect(entryBody(form(), 'id', 'c')).not.toHaveProperty('fund_id')
  })
  it('money_received_is_the_sources_own_and_names_no_team', () => {
    const receipt = form({ kind: 'receipt', fund: 'src', lines: [{ key: 1, kind: 'cash', of: '', typed: '5' }] })
    expect(entryFaults(receipt)).toEqual({})
    expect(entryBody(receipt, 'id', 'c')).toMatchObject({ fund_id: 'src', lines: [{ fund_id: 'src', amount_fen: 500 }] })
    expect(entryBody(receipt, 'id', 'c')).not.toHaveProperty('team_id')
  })
  it('every_fault_is_named_at_its_field', () => {
    const faulty = form({
      team: '',
      happened: '',
      words: ' ',
      lines: [
        { key: 1, kind: 'cash', of: '', typed: '5' },
        { key: 2, kind: 'cash', of: 'f', typed: '1.234' },
        { key: 3, kind: 'goods', of: 'g', typed: '0' },
        { key: 4, kind: 'goods', of: 'g', typed: '1' },
        { key: 5, kind: 'goods', of: 'h', typed: 'x' },
      ],
    })
    expect(entryFaults(faulty)).toEqual({
      team: 'choose',
      happened: 'fill',
      words: 'fill',
      'line-1': 'choose',
      'line-2': 'yuan',
      'line-3': 'more',
      'line-4': 'twice',
      'line-5': 'quantity',
    })
    expect(entryFaults(form({ lines: [] }))).toEqual({ lines: 'fill' })
    expect(entryFaults(form({ kind: 'receipt', fund: '' }))).toMatchObject({ fund: 'choose' })
  })
})

describe('the line that adds up', () => {
  const sum: Sum = {
    kind: 'cash',
    name: '',
    unit: 'fen',
    received: 100,
    in_store: 40,
    with_teams: 30,
    handed_over: 25,
    lost: 3,
    returned_to_source: 2,
    unexplained: 0,
    agrees: true,
  }
  it('is_off_by_nothing_when_all_of_it_is_somewhere', () => expect(offBy(sum)).toBe(0))
  it('says_by_how_much_it_is_off', () => {
    expect(offBy({ ...sum, handed_over: 30 })).toBe(-5)
    expect(offBy({ ...sum, handed_over: 30, unexplained: 5 })).toBe(0)
  })
  it('only_what_was_booked_by_hand_and_not_undone_can_be_undone', () => {
    const entry = (kind: string, reversed_by: string | null) => ({ kind, reversed_by }) as Entry
    expect([entry('issue', null), entry('issue', 'x'), entry('handover', null), entry('reversal', null)].map(canReverse)).toEqual(
      [true, false, false, false],
    )
  })
  it('accounts_that_hold_nothing_are_not_listed', () => {
    const account = (account_kind: 'team' | 'source', amount: number) => ({
      account_kind,
      account_id: 'a',
      name: 'a',
      lines: [{ kind: 'cash' as const, fund_id: 'f', amount, value_fen: amount }],
    })
    expect(holders([account('team', 5), account('team', 0), account('source', -5)])).toHaveLength(1)
  })
})
