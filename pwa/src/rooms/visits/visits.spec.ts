import { describe, expect, it } from 'vitest'
import type { Custody, Entitlement, Evidence, Fund } from '@/api/types'
import { isBetter } from '@/kit/position/better'
import { type WholeDraft, asWhole } from '@/local/drafts'
import type { Draft } from '@/local/shapes'
import { likelyFund, promisedAid } from './begin'
import { bodyOf, endOf } from './body'
import { nextStep } from './next'
import { alias } from './useCapture'

const draft: Draft = {
  id: 'v',
  campaign_id: 'c',
  household_id: 'h',
  mode: 'home',
  outcome: 'reached',
  started_at: '2026-01-10T09:00:00.000Z',
  position: null,
  recipient: { name: ' 王秀英 ', relation: 'self', proxy_reason: ' ' },
  aid: [
    { kind: 'cash', fund_id: 'f', amount_fen: 0 },
    { kind: 'goods', item_id: 'rice', quantity_milli: 1000 },
  ],
  strokes: [{ points: [{ x: 0, y: 0, time: 1, pressure: 1 }] }],
  stroke_box: { width: 300, height: 200 },
  notes: ' 听力不好 ',
  camera_open: false,
  updated_at: '2026-01-10T09:05:00.000Z',
}
const evidence = (kind: Evidence['kind']): Evidence => ({
  sha256: kind,
  kind,
  subject: 'other',
  source: 'camera',
  media_type: 'image/jpeg',
  bytes: 1,
  taken_at: draft.started_at,
})

describe('the sealed body', () => {
  it('leaves_out_lines_of_nothing_and_empty_words', () => {
    const body = bodyOf(draft, [evidence('photo'), evidence('signature')], draft.updated_at)
    expect(body.aid).toEqual([{ kind: 'goods', item_id: 'rice', quantity_milli: 1000 }])
    expect(body.recipient).toEqual({ name: '王秀英', relation: 'self' })
    expect([body.notes, body.evidence.length, body.signature_ink?.strokes]).toEqual(['听力不好', 2, 1])
  })
  it('an_outcome_other_than_reached_hands_nothing_over_whatever_was_filled_in_before', () => {
    const body = bodyOf({ ...draft, outcome: 'absent' }, [evidence('photo'), evidence('signature')], draft.updated_at)
    expect([body.aid, body.recipient, body.signature_ink]).toEqual([[], null, null])
    expect(body.evidence.map((one) => one.kind)).toEqual(['photo'])
  })
  it('a_visit_left_open_for_days_ended_when_it_was_last_written_in', () => {
    expect(endOf(draft, new Date('2026-01-10T09:10:00.000Z'))).toBe('2026-01-10T09:10:00.000Z')
    expect(endOf(draft, new Date('2026-01-14T09:10:00.000Z'))).toBe(draft.updated_at)
    expect(endOf({ ...draft, updated_at: '2026-01-14T09:00:00.000Z' }, new Date('2026-01-14T09:10:00.000Z'))).toBe(
      '2026-01-11T09:00:00.000Z',
    )
  })
  it('a_clock_set_back_does_not_end_a_visit_before_it_began', () => {
    expect(endOf(draft, new Date('2026-01-09T00:00:00.000Z'))).toBe(draft.started_at)
  })
})

describe('the next step', () => {
  const progress = { draft, photos: 1, photosNeeded: 1, hasReviewed: false, asks: 0 }
  it('leads_from_the_outcome_to_the_end', () => {
    expect(nextStep({ ...progress, draft: { ...draft, outcome: null } })).toBe('outcome')
    expect(nextStep({ ...progress, photos: 0 })).toBe('photos')
    expect(nextStep({ ...progress, draft: { ...draft, recipient: null } })).toBe('recipient')
    expect(nextStep({ ...progress, draft: { ...draft, strokes: [] } })).toBe('signature')
    expect(nextStep(progress)).toBe('finish')
  })
  it('shows_what_will_be_asked_once_and_then_lets_go', () => {
    expect(nextStep({ ...progress, asks: 2 })).toBe('review')
    expect(nextStep({ ...progress, asks: 2, hasReviewed: true })).toBe('finish')
  })
  it('an_absent_household_needs_no_recipient_and_no_signature', () => {
    const absent: Draft = { ...draft, outcome: 'absent', strokes: [], recipient: null }
    expect(nextStep({ ...progress, draft: absent, photos: 0 })).toBe('photos')
    expect(nextStep({ ...progress, draft: absent })).toBe('finish')
  })
  it('nobody_signs_on_the_phone', () => {
    expect(nextStep({ ...progress, draft: { ...draft, mode: 'phone', strokes: [] } })).toBe('finish')
  })
})

describe('a visit of another kind', () => {
  const line = { id: 'l', name: '赵玉兰', id_number: '', amount_fen: 20_000, signature: 's' }
  const group: Draft = {
    ...draft,
    household_id: null,
    mode: 'collective',
    recipient: null,
    strokes: [],
    found: { name: ' 环卫三所 ', address: '', words: '' },
    roster: [line],
    aid: [{ kind: 'cash', fund_id: 'f', amount_fen: 20_000 }],
  }
  const ended = draft.updated_at
  const signature = (sha256: string) => ({ ...evidence('signature'), sha256 })

  it('of_a_group_names_the_signatures_of_its_roster_and_no_other', () => {
    const body = bodyOf(group, [evidence('photo'), signature('s'), signature('redone')], ended)
    expect(body.evidence.map((one) => one.sha256)).toEqual(['photo', 's'])
    expect([body.group?.total_fen, body.found?.name, body.recipient, body.signature_ink]).toEqual([
      20_000,
      '环卫三所',
      null,
      null,
    ])
  })
  it('of_a_group_nobody_was_at_is_told_as_a_place', () => {
    const body = bodyOf({ ...group, outcome: 'absent', found: null }, [signature('s')], ended)
    expect([body.group, body.found, body.evidence, body.aid]).toEqual([null, { name: '—', address: '', words: '' }, [], []])
  })
  it('by_phone_hands_nothing_over_unless_it_is_said_and_stands_nowhere', () => {
    const position = { latitude: 0, longitude: 0, accuracy_m: 1, taken_at: '', datum: 'wgs84' as const, source: 'gps' as const }
    const call: Draft = { ...draft, mode: 'phone', position }
    const body = bodyOf(call, [evidence('signature')], ended)
    expect([body.position, body.aid, body.recipient, body.evidence]).toEqual([null, [], null, []])
    expect(bodyOf({ ...call, far_aid: true }, [evidence('signature')], ended).aid.length).toBe(1)
  })
  it('sends_needs_with_words_and_only_what_was_written_of_the_six_things', () => {
    const need = { kind: 'medical' as const, words: ' 药费 ', urgency: 'now' as const }
    const body = bodyOf(
      { ...draft, needs: [need, { ...need, words: ' ' }], six_knows: { cause: ' 失业 ', illness: '' } },
      [],
      ended,
    )
    expect([body.needs, body.six_knows]).toEqual([[{ ...need, words: '药费' }], { cause: '失业' }])
  })
  it('a_draft_of_an_earlier_version_of_the_app_is_said_as_before', () => {
    const body = bodyOf(draft, [], ended)
    expect([body.needs, body.six_knows, body.group, body.amends, 'found' in body, 'amend_reason' in body]).toEqual([
      [],
      null,
      null,
      null,
      false,
      false,
    ])
  })
  it('leads_through_the_roster_to_the_photos', () => {
    const progress = { draft: asWhole(group), photos: 0, photosNeeded: 2, hasReviewed: false, asks: 0 }
    const withRoster = (roster: WholeDraft['roster']) => nextStep({ ...progress, draft: asWhole({ ...group, roster }) })
    expect(withRoster([])).toBe('roster')
    expect(withRoster([{ ...line, signature: null }])).toBe('rosterSign')
    expect(withRoster([line])).toBe('photos')
  })
  it('begins_with_the_reason_of_a_correction_and_the_name_of_whom_was_found', () => {
    const progress = { photos: 0, photosNeeded: 0, hasReviewed: false, asks: 0 }
    const amending = { id: 'v', reason: '', ended_at: '', photos: [] }
    expect(nextStep({ ...progress, draft: asWhole({ ...draft, amending }) })).toBe('reason')
    const found = { name: '', address: '', words: '' }
    expect(nextStep({ ...progress, draft: asWhole({ ...draft, household_id: null, found }) })).toBe('found')
  })
})

describe('what is promised', () => {
  const entitlement: Entitlement = {
    id: 'e',
    campaign_id: 'c',
    household_id: 'h',
    cash_fen: 50_000,
    purpose: 'medical',
    goods: [{ item_id: 'rice', quantity_milli: 1000 }],
  }
  const fund = (id: string, earmark: Fund['earmark']): Fund => ({ id, campaign_id: 'c', name: id, source: 'union', earmark })
  const held = (fund_id: string, team_id = 't'): Custody => ({
    team_id,
    campaign_id: 'c',
    kind: 'cash',
    fund_id,
    amount: 1,
    unexplained: 0,
  })
  const funds = [fund('living', 'living'), fund('medical', 'medical'), fund('any', 'any')]

  it('comes_from_a_purse_the_team_holds_and_that_may_be_used_for_it', () => {
    expect(likelyFund({ entitlement, funds, custody: [held('living'), held('any')] }, ['t'])?.id).toBe('any')
    expect(likelyFund({ entitlement, funds, custody: [held('any', 'other')] }, ['t'])?.id).toBe('medical')
    expect(likelyFund({ entitlement, funds: [], custody: [] }, ['t'])).toBeNull()
  })
  it('is_the_first_guess_of_what_is_handed_over', () => {
    expect(promisedAid({ entitlement, funds, custody: [] }, [])).toEqual([
      { kind: 'cash', fund_id: 'medical', amount_fen: 50_000 },
      { kind: 'goods', item_id: 'rice', quantity_milli: 1000 },
    ])
    expect(promisedAid({ entitlement: null, funds, custody: [] }, [])).toEqual([])
  })
})

describe('the position', () => {
  const fix = (latitude: number, accuracy_m: number) => ({
    latitude,
    longitude: 104,
    accuracy_m,
    taken_at: '',
    datum: 'wgs84' as const,
    source: 'gps' as const,
  })
  it('improves_in_place', () => {
    expect(isBetter(null, fix(30, 500), true)).toBe(true)
    expect(isBetter(fix(30, 50), fix(30, 10), true)).toBe(true)
    expect(isBetter(fix(30, 10), fix(30, 50), false)).toBe(false)
  })
  it('follows_the_walk_to_the_door_but_not_the_walk_home', () => {
    expect(isBetter(fix(30, 10), fix(30.01, 20), false)).toBe(true)
    expect(isBetter(fix(30, 10), fix(30.01, 5), true)).toBe(false)
  })
})

describe('the stamp', () => {
  it('names_nobody_in_full', () => {
    expect([alias('王秀英'), alias('李四'), alias('阿依古丽·买买提')]).toEqual(['王**', '李*', '阿**'])
  })
})
