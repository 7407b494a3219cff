import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { Me } from '@/api/types'
import { clearPack } from './mirror'
import * as opened from './opened'
import { seal } from './seal'
import { unlocked } from './vault.testing'

const person = (id: string) => ({ id, name: id }) as Me
const visit = (id: string) => ({
  id,
  kind: 'visit' as const,
  label: id,
  made_at: '',
  body: { evidence: [], campaign_id: 'c' } as never,
})

beforeEach(() => {
  const notes = new Map<string, string>()
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => notes.get(key) ?? null,
    setItem: (key: string, value: string) => notes.set(key, value),
    removeItem: (key: string) => notes.delete(key),
  })
})

describe('two people on one phone', () => {
  it('neither_see_nor_lose_each_others_outbox_and_have_a_chain_each', async () => {
    const first = await opened.open(person('a'))
    await unlocked(first.store)
    const { vault } = first.store
    await seal(first, visit('v1'))
    await clearPack(first.store)
    opened.close()
    const second = await opened.open(person('b'))
    expect([await second.store.outbox.count(), second.lost]).toEqual([0, 0])
    await unlocked(second.store)
    expect((await seal(second, visit('w1'))).sequence).toBe(1)
    opened.close()
    const again = await opened.open(person('a'))
    expect(await again.store.outbox.toCollection().primaryKeys()).toEqual(['v1'])
    expect([again.device === first.device, again.device === second.device, again.lost]).toEqual([true, false, 0])
    again.store.vault = vault
    expect((await seal(again, visit('v2'))).sequence).toBe(2)
    opened.close()
  })
})

describe('signing out with a full outbox', () => {
  it('takes_the_pack_and_leaves_visits_pictures_drafts_and_choices', async () => {
    const { store } = await opened.open(person('c'))
    await unlocked(store)
    await seal(opened.current(), visit('v1'))
    await store.pictures.add({ sha256: 'p', visit_id: 'v1', arrived_at: null } as never)
    await store.bytes.add({ sha256: 'p', bytes: new ArrayBuffer(3) })
    await store.drafts.add({ id: 'd', household_id: 'h' } as never)
    await store.households.add({ id: 'h' } as never)
    await store.meta.add({ key: 'sending_choices', value: { wifi_only: true, save_data: false } })
    await clearPack(store)
    const left = [store.households, store.outbox, store.deliveries, store.pictures, store.bytes, store.drafts]
    expect(await Promise.all(left.map((table) => table.count()))).toEqual([0, 1, 1, 1, 1, 1])
    expect(await store.meta.get('sending_choices')).toBeTruthy()
    opened.close()
  })
})
