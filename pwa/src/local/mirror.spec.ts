import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it } from 'vitest'
import type { BaseMap, Household, Me, Need, Pull } from '@/api/types'
import { applyPull, checkPack, clearPack, readBaseMap, readContact } from './mirror'
import { Store } from './store'
import { unlocked } from './vault.testing'

const household = (id: string) => ({ id, team_id: 't', head_name: id, standings: [] }) as unknown as Household
const pull = (more: Partial<Pull>): Pull => ({
  cursor: 'c1',
  whole: true,
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
const now = '2026-01-10T09:00:00.000Z'
let store: Store
let number = 0
beforeEach(async () => {
  number += 1
  store = new Store(`mirror-${number}`)
  await unlocked(store)
})
const ids = async () => (await store.households.toCollection().primaryKeys()) as string[]

describe('the mirror', () => {
  it('a_whole_pull_replaces_and_a_delta_changes', async () => {
    await applyPull(store, pull({ households: [household('a'), household('b')] }), now)
    await applyPull(store, pull({ whole: false, cursor: 'c2', households: [household('c')], removed: ['a'] }), now)
    expect(await ids()).toEqual(['b', 'c'])
    await applyPull(store, pull({ households: [household('d')] }), now)
    expect(await ids()).toEqual(['d'])
    expect((await readContact(store)).cursor).toBe('c1')
  })
  it('a_household_taken_away_stays_while_its_visit_is_open', async () => {
    await applyPull(store, pull({ households: [household('a'), household('b')] }), now)
    await store.drafts.put({ id: 'v', household_id: 'a' } as never)
    await applyPull(store, pull({ whole: false, removed: ['a', 'b'] }), now)
    expect(await ids()).toEqual(['a'])
    await applyPull(store, pull({ households: [] }), now)
    expect(await ids()).toEqual(['a'])
  })
  it('needs_are_replaced_for_each_household_of_a_delta_and_go_with_the_household', async () => {
    const need = (household_id: string, line: number, words = '') => ({ visit_id: 'v', line, household_id, words }) as Need
    const words = async () => (await store.needs.toArray()).map((one) => `${one.household_id}${one.line}${one.words}`).sort()
    const households = [household('a'), household('b'), household('c')]
    await applyPull(store, pull({ households, needs: [need('a', 0), need('a', 1), need('b', 2), need('c', 3)] }), now)
    const delta = { whole: false, households: [household('a')], removed: ['c'] }
    await applyPull(store, pull({ ...delta, needs: [need('a', 1, '!')] }), now)
    expect(await words()).toEqual(['a1!', 'b2'])
    await applyPull(store, pull({ ...delta, households: [], removed: [] }), now)
    expect(await words()).toEqual(['a1!', 'b2'])
    await applyPull(store, pull({ households }), now)
    expect(await words()).toEqual([])
  })
  it('the_base_map_is_the_one_the_server_named_last', async () => {
    const map: BaseMap = { kind: 'wmts', url: 'https://t.example/{z}/{x}/{y}', datum: 'gcj02', attribution: '', max_zoom: 18 }
    await applyPull(store, pull({ base_map: map }), now)
    expect(await readBaseMap(store)).toEqual(map)
    await applyPull(store, pull({ whole: false }), now)
    expect(await readBaseMap(store)).toBeNull()
  })
  it('slips_come_whole_and_a_count_goes_when_there_is_nothing_left_to_count', async () => {
    const slip = (id: string, state: string) => ({ id, state, lines: [] }) as never
    await applyPull(store, pull({ slips: [slip('a', 'waiting'), slip('b', 'waiting'), slip('c', 'waiting')] }), now)
    await store.counts.bulkPut([{ id: '1', slip_id: 'a' } as never, { id: '2', slip_id: 'b' } as never])
    await applyPull(store, pull({ whole: false, slips: [slip('a', 'agreed'), slip('b', 'waiting')] }), now)
    expect(await store.slips.toCollection().primaryKeys()).toEqual(['a', 'b'])
    expect((await store.counts.toArray()).map((count) => count.slip_id)).toEqual(['b'])
  })
  it('signing_out_clears_the_pack_and_keeps_what_the_server_may_lack', async () => {
    await applyPull(store, pull({ households: [household('a')] }), now)
    await store.outbox.put({ id: 'v', sequence: 1 } as never)
    await store.drafts.put({ id: 'w', household_id: 'a' } as never)
    await store.bytes.put({ sha256: 's', bytes: new ArrayBuffer(1) })
    await clearPack(store)
    expect([await store.households.count(), (await readContact(store)).cursor]).toEqual([0, null])
    expect([await store.outbox.count(), await store.drafts.count(), await store.bytes.count()]).toEqual([1, 1, 1])
  })
  it('another_team_makes_the_next_pull_start_from_nothing', async () => {
    const me = (team: string) => ({ org: { id: 'o' }, teams: [{ id: team }], roles: ['cadre'] }) as unknown as Me
    await checkPack(store, me('t1'))
    await applyPull(store, pull({}), now)
    await checkPack(store, me('t1'))
    expect((await readContact(store)).cursor).toBe('c1')
    await checkPack(store, me('t2'))
    expect((await readContact(store)).cursor).toBeNull()
  })
})
