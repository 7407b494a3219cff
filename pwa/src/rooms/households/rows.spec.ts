import { pinyin } from 'pinyin-pro'
import { describe, expect, it } from 'vitest'
import type { Household } from '@/api/types'
import { loadInitials } from './pinyin'
import { type Row, arrange, byName, countKinds, search, shownAs, toRows } from './rows'

const row = (more: Partial<Row>): Row => ({
  id: 'x',
  name: '王秀英',
  address: '东门街 1 号',
  category: 'sudden',
  standing: 'unreached',
  lastOutcome: null,
  lastVisitAt: null,
  isSealedHere: false,
  isReached: false,
  isMine: false,
  place: null,
  distance_m: null,
  ...more,
})
const household = (id: string, more: Partial<Household> = {}): Household =>
  ({ id, head_name: '李建国', address: 'x', category: 'sudden', home: null, standings: [], ...more }) as Household

describe('rows', () => {
  it('a_visit_sealed_here_counts_before_the_server_knows_of_it', () => {
    const sealed = [{ household_id: 'a', campaign_id: 'c', outcome: 'reached' as const }]
    const [first, second] = toRows([household('a'), household('b')], 'c', sealed, null)
    expect([first?.isReached, first?.isSealedHere, second?.isReached]).toEqual([true, true, false])
  })
  it('a_try_that_met_nobody_stays_on_the_list_with_its_reason', () => {
    const [one] = toRows([household('a')], 'c', [{ household_id: 'a', campaign_id: 'c', outcome: 'absent' }], null)
    expect([one?.isReached, one?.lastOutcome]).toEqual([false, 'absent'])
  })
  it('the_distance_to_a_home_marked_on_a_chinese_map_is_taken_in_wgs84', () => {
    const home = { latitude: 30.5078895, longitude: 104.1654526, datum: 'gcj02' as const }
    const [one] = toRows([household('a', { home })], 'c', [], { latitude: 30.510415, longitude: 104.162986 })
    expect(one?.distance_m).toBeLessThan(1)
  })
  it('the_nearest_comes_first_and_those_without_a_place_last', () => {
    const rows = [row({ id: 'none' }), row({ id: 'far', distance_m: 900 }), row({ id: 'near', distance_m: 3 })]
    expect(arrange(rows, 'distance').map(({ id }) => id)).toEqual(['near', 'far', 'none'])
  })
  it('what_was_given_to_me_comes_first_and_my_walk_stays_as_i_made_it', () => {
    const given = [household('near'), household('mine', { cadre_id: 'me' }), household('other', { cadre_id: 'you' })]
    const rows = toRows(given, 'c', [], null, 'me')
    expect(rows.map(({ isMine }) => isMine)).toEqual([false, true, false])
    expect(arrange(rows, 'name').map(({ id }) => id)).toEqual(['mine', 'near', 'other'])
    const placed = rows.map((one) => ({ ...one, distance_m: one.id === 'mine' ? 900 : 3 }))
    expect(arrange(placed, 'distance').map(({ id }) => id)).toEqual(['mine', 'near', 'other'])
    expect(arrange(placed, 'walk', ['other', 'near']).map(({ id }) => id)).toEqual(['other', 'near', 'mine'])
  })
  it('names_stand_in_pinyin_order', () => {
    const households = ['赵', '陈', '安'].map((name) => household(name, { head_name: name }))
    const rows = toRows(byName(households, 'zh-CN'), 'c', [], null)
    expect(arrange(rows, 'name').map(({ name }) => name)).toEqual(['安', '陈', '赵'])
  })
  it('the_walk_comes_first_in_its_order_and_the_nearest_of_the_others_after_it', () => {
    const rows = [row({ id: 'far', distance_m: 9 }), row({ id: 'near', distance_m: 1 }), row({ id: 'b' }), row({ id: 'a' })]
    expect(arrange(rows, 'walk', ['a', 'gone', 'b']).map(({ id }) => id)).toEqual(['a', 'b', 'near', 'far'])
  })
  it('are_counted_by_what_their_chip_says_and_only_kinds_there_are', () => {
    const rows = [row({}), row({ isSealedHere: true }), row({ standing: 'matched', isReached: true }), row({})]
    expect(countKinds(rows).map(({ kind, count }) => `${kind} ${count}`)).toEqual(['unreached 2', 'sealed 1', 'matched 1'])
    expect([shownAs(rows, 'todo').length, shownAs(rows, 'done').length, shownAs(rows, 'all').length]).toEqual([3, 1, 4])
  })
})

describe('search', () => {
  it('finds_by_characters_of_name_and_street_together', () => {
    const rows = [row({ id: 'a' }), row({ id: 'b', address: '建设路 2 号' })]
    expect(search(rows, '秀英 建设', null).map(({ id }) => id)).toEqual(['b'])
  })
  it('finds_by_pinyin_initials_and_reads_surnames_as_surnames', async () => {
    const initials = await loadInitials()
    const rows = [row({ id: 'a' }), row({ id: 'b', name: '单国栋' })]
    expect(search(rows, 'wxy', initials).map(({ id }) => id)).toEqual(['a'])
    expect(search(rows, 'sgd', initials).map(({ id }) => id)).toEqual(['b'])
    expect(pinyin('单', { toneType: 'none' })).toBe('dan')
  })
  it('an_empty_question_finds_everybody', () => {
    expect(search([row({}), row({})], '  ', null)).toHaveLength(2)
  })
})
