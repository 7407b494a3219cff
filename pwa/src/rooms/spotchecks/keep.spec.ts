import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { CheckBody, CheckSeen, Evidence, Me, Pull } from '@/api/types'
import { applyPull } from '@/local/mirror'
import type { Opened } from '@/local/opened'
import { keepPicture } from '@/local/pictures'
import type { Asking } from '@/local/shapes'
import { Store } from '@/local/store'
import { unlocked } from '@/local/vault.testing'
import { sha256Hex } from '@/kit/hash'
import { nothingTyped } from './answers'
import { arrange } from './arrange'
import { keepAnswers } from './keep'

vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined, removeItem: () => undefined })

const seen = (id: string, more: Partial<CheckSeen> = {}): CheckSeen => ({
  id,
  campaign_id: 'c',
  household_id: `h-${id}`,
  head_name: `户主${id}`,
  address: '东关街 1 号',
  phone: null,
  home: null,
  ...more,
})
const pull = (more: Partial<Pull>): Pull => ({
  cursor: 'c1',
  whole: false,
  server_time: '',
  time_token: 'tt',
  receipt_key: { kid: 'k', public_key: '' },
  campaigns: [],
  teams: [],
  households: [],
  removed: [],
  entitlements: [],
  goods: [],
  funds: [],
  custody: [],
  slips: [],
  visits: [],
  ...more,
})
const asking = (more: Partial<Asking> = {}): Asking => ({
  id: 'item',
  check_id: 'a',
  campaign_id: 'c',
  typed: { ...nothingTyped(), how: 'visit', came: 'yes', cash: '500' },
  position: null,
  camera_open: false,
  updated_at: '2027-01-26T10:00:00Z',
  ...more,
})
const now = new Date('2027-01-26T10:00:00Z')
let store: Store
let opened: Opened
let number = 0
beforeEach(async () => {
  number += 1
  store = new Store(`checks-${number}`)
  await unlocked(store)
  opened = { store, user: { id: 'u' } as Me, device: 'd', lost: 0 }
})
const ids = async () => (await store.checks.toArray()).sort((x, y) => x.place - y.place).map((row) => row.id)
async function photo(): Promise<Evidence> {
  const bytes = new Uint8Array([1, 2, 3]).buffer
  const evidence = {
    sha256: await sha256Hex(bytes),
    kind: 'photo',
    subject: 'door',
    source: 'camera',
    media_type: 'image/jpeg',
    bytes: 3,
    taken_at: now.toISOString(),
  } as Evidence
  await keepPicture(store, 'item', evidence, bytes)
  return evidence
}

describe('whom to ask', () => {
  it('all_of_them_come_or_none_where_nothing_has_changed', async () => {
    await applyPull(store, pull({ checks: [seen('b'), seen('a')] }), '')
    expect(await ids()).toEqual(['b', 'a'])
    await applyPull(store, pull({ checks: null }), '')
    await applyPull(store, pull({}), '')
    expect(await ids()).toEqual(['b', 'a'])
    await applyPull(store, pull({ checks: [seen('c')] }), '')
    expect(await ids()).toEqual(['c'])
  })
  it('one_that_was_answered_elsewhere_stays_while_somebody_writes_about_it_and_says_so', async () => {
    await applyPull(store, pull({ checks: [seen('a'), seen('b')] }), '')
    await store.askings.put(asking())
    await applyPull(store, pull({ checks: [] }), '')
    expect((await store.checks.toArray()).map(({ id, gone }) => [id, gone])).toEqual([['a', true]])
  })
  it('what_was_begun_stands_first_and_then_what_is_near', () => {
    const at = (latitude: number) => ({ latitude, longitude: 104, datum: 'wgs84' as const })
    const row = (id: string, place: number, latitude: number | null, begun = false) => ({
      ...seen(id, { home: latitude === null ? null : at(latitude) }),
      place,
      begun,
    })
    const open = [row('far', 0, 31), row('nowhere', 1, null), row('near', 2, 30.7), row('begun', 3, 32, true)]
    const order = (query: string, here = at(30.6) as { latitude: number; longitude: number } | null) =>
      arrange(open, query, here).map(({ id }) => id)
    expect(order('')).toEqual(['begun', 'near', 'far', 'nowhere'])
    expect(order('', null)).toEqual(['begun', 'far', 'nowhere', 'near'])
    expect(order('户主 FAR')).toEqual(['far'])
    const initials = (text: string) => (text === '户主near' ? 'hz' : '')
    expect(arrange(open, 'HZ', null, initials).map(({ id }) => id)).toEqual(['near'])
  })
})

describe('answers that are kept', () => {
  it('become_the_next_item_of_the_chain_with_the_photos_they_name', async () => {
    const evidence = await photo()
    await store.askings.put(asking())
    const item = await keepAnswers(opened, asking(), '核查:户主', now)
    const body = JSON.parse(item.body_text ?? '') as CheckBody
    expect([item.kind, item.check_id, item.household_id, item.sequence]).toEqual(['check', 'a', null, 1])
    expect([body.check_id, body.asked_at, body.answers.cash_fen, body.evidence]).toEqual([
      'a',
      now.toISOString(),
      50_000,
      [evidence],
    ])
    expect(body.answers.evidence).toEqual([])
    expect(await store.askings.count()).toBe(0)
    expect((await store.deliveries.toArray()).map((one) => one.state)).toEqual(['waiting'])
    expect((await keepAnswers(opened, asking(), '核查:户主', now)).sequence).toBe(1)
  })
  it('by_telephone_carry_neither_a_place_nor_a_photo', async () => {
    await photo()
    const position = { latitude: 30, longitude: 104, accuracy_m: 5, taken_at: '', datum: 'wgs84', source: 'gps' } as const
    const by_phone = asking({ position, typed: { ...asking().typed, how: 'phone' } })
    const body = JSON.parse((await keepAnswers(opened, by_phone, '', now)).body_text ?? '') as CheckBody
    expect([body.answers.position, body.evidence]).toEqual([null, []])
    expect(await store.pictures.count()).toBe(0)
  })
})
