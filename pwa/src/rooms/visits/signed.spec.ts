import { describe, expect, it } from 'vitest'
import type { Evidence, SaidVisit } from '@/api/types'
import type { WholeDraft } from '@/local/drafts'
import { amendingDraft } from './amend'
import { bodyOf } from './body'
import { nextStep } from './next'
import { nextToSign } from './roster/roster'
import { rosterNow, signedBefore } from './signed'

const evidence = (sha256: string, kind: Evidence['kind']): Evidence => ({
  sha256,
  kind,
  subject: 'other',
  source: 'camera',
  media_type: 'image/jpeg',
  bytes: 1,
  taken_at: '',
})
const visit = {
  id: 'v',
  campaign_id: 'c',
  household_id: 'h' as string | null,
  label: '王秀英',
  mode: 'home' as const,
  outcome: 'reached' as const,
  started_at: '2026-01-10T09:00:00Z',
  ended_at: '2026-01-10T09:10:00Z',
  aid: [],
  amends: null,
}
const cash = (amount_fen: number) => ({ kind: 'cash' as const, fund_id: 'f', amount_fen })
const told = {
  household_id: 'h',
  found: null,
  mode: 'home',
  outcome: 'reached',
  recipient: { name: '王秀英', relation: 'self' },
  aid: [cash(50_000)],
  group: null,
  evidence: [evidence('p', 'photo'), evidence('s', 'signature')],
  six_knows: { illness: '高血压', measure: null },
  signature_ink: { strokes: 3, points: 60, box_px: [200, 90] },
  needs: [],
  notes: '听力不好',
}
const said = (more: object) => ({ ...told, ...more }) as unknown as SaidVisit

const begun = (given: SaidVisit, of: object = {}) => {
  const draft = amendingDraft('d', { ...visit, ...of }, [], '2026-01-12T20:00:00Z', given) as WholeDraft
  return { ...draft, amending: { id: 'v', ended_at: visit.ended_at, photos: [], ...draft.amending, reason: '记错了' } }
}
const names = (draft: WholeDraft) => bodyOf(draft, [], visit.ended_at).evidence.map((one) => one.sha256)
const step = (draft: WholeDraft) => nextStep({ draft, photos: 1, photosNeeded: 1, hasReviewed: true, asks: 0 })

describe('a correction that begins with what was said', () => {
  const draft = begun(said({}))
  it('has_all_of_it_but_the_times_of_the_phone_that_made_it', () => {
    expect(draft).toMatchObject({
      notes: '听力不好',
      recipient: { name: '王秀英' },
      six_knows: { illness: '高血压' },
      found: null,
    })
    expect([draft.started_at, draft.amending.ended_at]).toEqual([visit.started_at, visit.ended_at])
  })
  it('needs_no_new_signature_while_the_aid_is_what_was_signed_for', () => {
    expect([step(draft), names(draft)]).toEqual(['finish', ['s', 'p']])
    expect(bodyOf(draft, [], visit.ended_at).signature_ink?.points).toBe(60)
  })
  it('does_once_the_aid_is_another_and_no_more_once_it_is_the_same_again', () => {
    const more = { ...draft, aid: [cash(60_000)] }
    expect([step(more), names(more), bodyOf(more, [], '').signature_ink]).toEqual(['signature', ['p'], null])
    const back = { ...more, aid: [cash(50_000), { kind: 'goods' as const, item_id: 'rice', quantity_milli: 0 }] }
    expect(signedBefore(back)?.stands).toBe(true)
  })
  it('a_new_signature_takes_the_place_of_the_earlier_one', () => {
    const strokes = [{ points: [{ x: 0, y: 0, time: 1, pressure: 1 }] }]
    const signed = { ...draft, strokes }
    expect(bodyOf(signed, [evidence('new', 'signature')], '').evidence.map((one) => one.sha256)).toEqual(['new', 'p'])
    expect(bodyOf(signed, [], '').signature_ink?.strokes).toBe(1)
  })
  it('hands_nothing_over_and_names_no_signature_where_nobody_was_met_after_all', () => {
    expect(names({ ...draft, outcome: 'absent' })).toEqual(['p'])
  })
})

describe('a roster that is corrected', () => {
  const recipients = [
    { name: '李海', id_number: '11010519491231002X', amount_fen: 20_000, signature: 'a' },
    { name: '周小妹', id_number: null, amount_fen: 20_000, signature: 'b' },
  ]
  const group = { recipients, total_fen: 40_000 }
  const all = [evidence('p', 'photo'), evidence('a', 'signature'), evidence('b', 'signature')]
  const given = said({ household_id: null, mode: 'collective', recipient: null, group, aid: [cash(40_000)], evidence: all })
  const draft = begun(given, { household_id: null, mode: 'collective' })
  it('comes_back_name_by_name', () => {
    expect(draft.roster?.map(({ name, id_number }) => [name, id_number])).toEqual([
      ['李海', '11010519491231002X'],
      ['周小妹', ''],
    ])
    expect([step(draft), names(draft)]).toEqual(['finish', ['a', 'b', 'p']])
  })
  it('asks_only_those_to_sign_again_whose_sum_is_another', () => {
    const roster = draft.roster?.map((line) => (line.name === '周小妹' ? { ...line, amount_fen: 25_000 } : line)) ?? []
    const changed = { ...draft, roster }
    expect(nextToSign(rosterNow(changed) ?? [])?.name).toBe('周小妹')
    expect([step(changed), names(changed)]).toEqual(['rosterSign', ['a', 'p']])
    expect(bodyOf(changed, [], '').group?.recipients.map((one) => one.signature)).toEqual(['a', null])
  })
  it('names_no_signature_of_somebody_who_is_taken_off', () => {
    expect(names({ ...draft, roster: draft.roster?.slice(0, 1) ?? null })).toEqual(['a', 'p'])
  })
})
