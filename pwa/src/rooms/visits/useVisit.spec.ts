import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { Campaign, Household, Me } from '@/api/types'
import * as opened from '@/local/opened'
import type { Draft } from '@/local/shapes'
import { unlocked } from '@/local/vault.testing'
import { useVisit } from './useVisit'

const campaign = { id: 'c', status: 'open', opens_at: '', deadline_at: '' } as unknown as Campaign
const household = { id: 'h', head_name: '王秀英', members: [], home: null, standings: [] } as unknown as Household

/** As the version before this one wrote it. */
const old: Draft = {
  id: 'v',
  campaign_id: 'c',
  household_id: 'h',
  mode: 'home',
  outcome: 'reached',
  started_at: '2026-01-10T09:00:00.000Z',
  position: null,
  recipient: { name: '王秀英', relation: 'self' },
  aid: [],
  strokes: [{ points: [{ x: 0, y: 0, time: 1, pressure: 1 }] }],
  stroke_box: { width: 300, height: 200 },
  notes: '听力不好',
  camera_open: true,
  updated_at: '2026-01-10T09:05:00.000Z',
}

beforeEach(async () => {
  vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined, removeItem: () => undefined })
  const { store } = await opened.open({ id: 'a', name: '周敏' } as Me)
  await unlocked(store)
  await store.campaigns.put(campaign)
  await store.households.put(household)
})

describe('a visit begun with an earlier version of the app', () => {
  it('opens_with_all_that_was_written_and_takes_what_is_new', async () => {
    const { store } = opened.current()
    await store.drafts.put(old)
    const visit = useVisit('v')
    await visit.load()
    expect(visit.draft.value).toMatchObject({ notes: '听力不好', strokes: old.strokes, roster: null, needs: [], amending: null })
    expect(visit.interrupted.value).toBe(true)
    await visit.change({ needs: [{ kind: 'medical', words: '药费', urgency: 'now' }] })
    expect((await store.drafts.get('v'))?.needs?.length).toBe(1)
  })
})

describe('a visit outside the list', () => {
  it('opens_without_a_household_and_is_gone_with_its_campaign', async () => {
    const { store } = opened.current()
    await store.drafts.put({ ...old, id: 'w', household_id: null, found: { name: '何秀芝', address: '', words: '' } })
    const visit = useVisit('w')
    await visit.load()
    expect([visit.known.value?.household, visit.draft.value?.found?.name]).toEqual([null, '何秀芝'])
    await store.campaigns.delete('c')
    const later = useVisit('w')
    await later.load()
    expect(later.missing.value).toBe(true)
    expect(await store.drafts.get('w')).toBeDefined()
  })
})
