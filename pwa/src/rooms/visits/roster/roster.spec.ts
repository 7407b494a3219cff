import { describe, expect, it } from 'vitest'
import type { RosterLine } from '@/local/shapes'
import { masked, readIdNumber } from './idnumber'
import { faultsOf, following, groupOf, isSomebody, newLine, nextToSign, totalOf, withCash } from './roster'
import { withSignature } from './signing'

const line = (id: string, more: Partial<RosterLine> = {}): RosterLine => ({
  id,
  name: id,
  id_number: '',
  amount_fen: 20_000,
  signature: null,
  ...more,
})
const cash = (amount_fen: number) => [{ kind: 'cash' as const, fund_id: 'f', amount_fen }]
const right = '11010519491231002X'

describe('an identity number', () => {
  it('is_read_as_people_type_it', () => {
    for (const typed of [right, '110105 19491231 002x', '11010519491231002X', '110105491231002'])
      expect(readIdNumber(typed)).toEqual({ number: right, fault: null })
  })
  it('says_what_is_wrong_with_it', () => {
    const faults = ['1101051949', '1101051949123100AX', '110105194912310021', '990105194912310023', '110105194902300020']
    expect(faults.map((typed) => readIdNumber(typed).fault)).toEqual(['length', 'characters', 'check', 'region', 'birth'])
  })
  it('shows_six_and_four_of_itself_and_nothing_of_what_is_no_number_yet', () => {
    expect([masked(right), masked('1101'), masked('')]).toEqual(['110105********002X', '****', ''])
  })
})

describe('a roster', () => {
  it('begins_each_line_with_what_the_last_one_received', () => {
    expect(newLine('n', [line('a')]).amount_fen).toBe(20_000)
    expect(newLine('n', []).amount_fen).toBe(0)
  })
  it('leaves_out_lines_begun_and_left_empty', () => {
    const empty = line('b', { name: ' ' })
    expect([isSomebody(empty), totalOf([line('a'), empty])]).toEqual([false, 20_000])
    expect(groupOf([empty])).toBeNull()
    expect(groupOf([line('a'), empty])?.recipients.length).toBe(1)
  })
  it('goes_with_numbers_put_right_and_a_mark_where_no_name_was_written', () => {
    const group = groupOf([line('a', { id_number: '110105 19491231 002x' }), line('b', { name: '', id_number: '12' })])
    expect(group).toEqual({
      recipients: [
        { name: 'a', id_number: right, amount_fen: 20_000, signature: null },
        { name: '—', id_number: '12', amount_fen: 20_000, signature: null },
      ],
      total_fen: 40_000,
    })
  })
  it('takes_the_cash_along_until_it_is_set_by_hand', () => {
    const [one, two] = [[line('a')], [line('a'), line('b')]]
    expect(following([], [], one, 'f')).toEqual(cash(20_000))
    expect(following(cash(20_000), one, two, 'f')).toEqual(cash(40_000))
    expect(following(cash(15_000), one, two, 'f')).toEqual(cash(15_000))
    expect(withCash([], 1, null)).toEqual([])
  })
  it('says_who_lacks_a_name_whose_number_is_wrong_and_who_stands_twice', () => {
    const lines = [line('a', { id_number: right }), line('b', { name: '', id_number: '12' }), line('c', { id_number: right })]
    expect(faultsOf(lines)).toEqual([
      { is: 'nameless', line: 2 },
      { is: 'number', line: 2 },
      { is: 'twice', line: 3 },
    ])
  })
  it('is_signed_one_after_the_other', () => {
    const lines = [line('a', { signature: 's' }), line('b', { name: '' }), line('c')]
    expect(nextToSign(lines)?.id).toBe('c')
    expect(nextToSign(withSignature(lines, { line: 'c', sha256: 't' }))).toBeNull()
  })
})
