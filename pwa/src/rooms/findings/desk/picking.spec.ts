import { describe, expect, it } from 'vitest'
import type { Me } from '@/api/types'
import { type DeskFinding, isReopened } from './finding'
import { allWith, codeOf, commonHows, mayPick, toggled } from './picking'
import { settlingOf } from './settling'

const user = (...roles: string[]) =>
  ({
    id: 'me',
    roles,
    teams: [
      { id: 't1', is_lead: true },
      { id: 't2', is_lead: false },
    ],
  }) as unknown as Me
const finding = (id: string, code: string, more: object = {}) =>
  ({
    id,
    code,
    status: 'open',
    visit: { cadre_id: 'she' },
    team: { id: 't1' },
    settled: null,
    history: [],
    ...more,
  }) as unknown as DeskFinding
const own = finding('own', 'P03', { visit: { cadre_id: 'me' } })
const custody = finding('c', 'C01', { visit: null })

describe('who may settle a finding', () => {
  it('a_supervisor_says_what_it_was_and_a_lead_explains_what_the_own_team_did', () => {
    expect(settlingOf(user('supervisor'), finding('a', 'P03')).hows).toEqual(['explained', 'corrected', 'confirmed'])
    expect(settlingOf(user('lead'), finding('a', 'P03')).hows).toEqual(['explained'])
    expect(settlingOf(user('lead'), custody).hows).toEqual(['explained'])
  })
  it('no_lead_of_another_team_and_nobody_else', () => {
    for (const team of [{ id: 't2' }, { id: 't9' }, null])
      expect(settlingOf(user('lead'), finding('a', 'P03', { team }))).toEqual({ hows: [], barred: 'role' })
    for (const who of [user('centre'), user('auditor'), user('cadre'), null])
      expect(settlingOf(who, finding('a', 'P03'))).toEqual({ hows: [], barred: 'role' })
  })
  it('nobody_their_own_visit_and_that_is_said', () => {
    expect(settlingOf(user('supervisor'), own)).toEqual({ hows: [], barred: 'own' })
    expect(settlingOf(user('lead'), own)).toEqual({ hows: [], barred: 'own' })
    expect(settlingOf(user('centre'), own).barred).toBe('role')
  })
  it('what_is_settled_is_settled_anew_by_a_supervisor_or_by_who_settled_it', () => {
    const done = (by: string) => finding('a', 'P03', { status: 'explained', settled: { by } })
    expect(settlingOf(user('supervisor'), done('she')).hows).toHaveLength(3)
    expect(settlingOf(user('lead'), done('me')).hows).toHaveLength(1)
    expect(settlingOf(user('lead'), done('she')).hows).toEqual([])
  })
  it('open_again_is_what_was_settled_once_and_is_open', () => {
    const history = [{}] as DeskFinding['history']
    expect([isReopened({ status: 'open', history }), isReopened({ status: 'open', history: [] })]).toEqual([true, false])
    expect(isReopened({ status: 'explained', history })).toBe(false)
  })
})

describe('picking findings of one cause', () => {
  const she = user('supervisor')
  const items = [finding('a', 'P03'), finding('b', 'A01'), finding('c', 'P03'), finding('d', 'P03', { status: 'explained' }), own]
  const [a, b, c] = items as [DeskFinding, DeskFinding, DeskFinding]
  it('a_second_of_the_same_code_joins_and_another_code_does_not', () => {
    const one = toggled(items, new Set(), a)
    expect([...toggled(items, one, b)]).toEqual(['a'])
    expect([...toggled(items, one, c)]).toEqual(['a', 'c'])
    expect([...toggled(items, one, a)]).toEqual([])
    expect([codeOf(items, one), codeOf(items, new Set())]).toEqual(['P03', null])
  })
  it('all_of_one_code_are_the_open_ones_this_person_may_settle', () => {
    expect(allWith(items, 'P03', she).map((one) => one.id)).toEqual(['a', 'c'])
    expect(items.map((one) => mayPick(she, one))).toEqual([true, true, true, false, false])
  })
  it('only_ways_that_hold_for_all_are_offered', () => {
    expect(commonHows(she, [a, c])).toEqual(['explained', 'corrected', 'confirmed'])
    expect(commonHows(user('lead'), [a, c])).toEqual(['explained'])
    expect(commonHows(she, [a, own])).toEqual([])
    expect(commonHows(she, [])).toEqual([])
  })
})
