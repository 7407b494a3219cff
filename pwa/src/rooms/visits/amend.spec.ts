import 'fake-indexeddb/auto'
import { describe, expect, it } from 'vitest'
import type { Evidence } from '@/api/types'
import { Store } from '@/local/store'
import { unlocked } from '@/local/vault.testing'
import { amendingDraft, beginAmendment, newestOf } from './amend'
import { bodyOf, endOf } from './body'

describe('the newest of a chain of corrections', () => {
  const visit = (id: string, amends: string | null = null) => ({ id, amends })
  it('is_found_from_any_of_them', () => {
    const chain = [visit('a'), visit('b', 'a'), visit('c', 'b'), visit('other')]
    expect([newestOf('a', chain), newestOf('b', chain), newestOf('c', chain), newestOf('other', chain)]).toEqual([
      'c',
      'c',
      'c',
      'other',
    ])
  })
  it('a_ring_has_an_end', () => {
    expect(newestOf('a', [visit('a', 'b'), visit('b', 'a')])).toBe('b')
  })
})

describe('a correction', () => {
  const photo: Evidence = {
    sha256: 'p',
    kind: 'photo',
    subject: 'handover',
    source: 'camera',
    media_type: 'image/jpeg',
    bytes: 1,
    taken_at: '',
  }
  const told = {
    id: 'v',
    campaign_id: 'c',
    household_id: 'h',
    label: '王秀英',
    mode: 'ward' as const,
    outcome: 'reached' as const,
    started_at: '2026-01-10T09:00:00.000Z',
    ended_at: '2026-01-10T09:10:00.000Z',
    aid: [],
    amends: null,
  }
  it('keeps_the_times_of_the_visit_and_names_its_photos_again', () => {
    const draft = amendingDraft('d', told, [photo], '2026-01-12T20:00:00.000Z')
    const said = { ...draft, amending: { id: 'v', ended_at: told.ended_at, photos: [photo], reason: ' 记错了 ' } }
    expect(draft.amending).toEqual({ ...said.amending, reason: '' })
    const body = bodyOf(said, [], endOf(said, new Date('2026-01-12T20:05:00.000Z')))
    expect([body.started_at, body.ended_at, body.mode]).toEqual([told.started_at, told.ended_at, 'ward'])
    expect([body.amends, body.amend_reason, body.evidence]).toEqual(['v', '记错了', [photo]])
  })
  it('of_a_group_begins_a_new_roster_at_the_same_place', () => {
    const draft = amendingDraft('d', { ...told, household_id: null, mode: 'collective', label: '环卫三所' }, [], '')
    expect([draft.roster, draft.found?.name]).toEqual([[], '环卫三所'])
  })
  it('is_begun_once_and_gone_on_with_and_only_of_what_is_ones_own', async () => {
    const store = await unlocked(new Store('amend'))
    const seen = { findings: [], missing_evidence: [], cadre_name: '', standing: null, ...told }
    await store.visits.bulkAdd([
      { ...seen, cadre_id: 'me' },
      { ...seen, id: 'w', cadre_id: 'another' },
    ])
    const first = await beginAmendment(store, 'me', 'v')
    expect([await beginAmendment(store, 'me', 'v'), await beginAmendment(store, 'me', 'w')]).toEqual([first, null])
    expect((await store.drafts.toArray()).map((draft) => draft.amending?.id)).toEqual(['v'])
  })
})
