import 'fake-indexeddb/auto'
import { Dexie } from 'dexie'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { unsent } from './copy/gather'
import { pasts } from './pasts.testing'
import { Store } from './store'
import { syncOnce } from './sync'

const server = vi.hoisted(() => ({ push: vi.fn(), put: vi.fn(), ask: vi.fn() }))
vi.mock('@/api/calls', () => ({ push: server.push, pull: vi.fn() }))
vi.mock('@/api/evidence', async (original) => ({
  ...(await original<object>()),
  putEvidence: server.put,
  heldEvidence: server.ask,
}))
vi.mock('@/api/tally', () => ({ askTally: async () => null }))
vi.mock('./receipt', () => ({ verdictOn: async () => 'holds' }))

async function pastStore(name: string, version: keyof typeof pasts): Promise<void> {
  const past = pasts[version]
  const old = new Dexie(name)
  old.version(version).stores(past.tables)
  await old.open()
  const delivery = { attempts: 3, next_attempt_ms: 0, receipt: null, received_at: null, standing: null, problem: null }
  for (const [at, id] of ['v1', 'v2', 'v3'].entries()) {
    const sequence = at + 1
    const item = {
      id,
      sequence,
      previous: '',
      kind: 'visit',
      made_at: '',
      time_token: null,
      body_text: '{"notes":"门口"}',
      label: id,
    }
    await old.table('outbox').add({ ...item, body_sha256: 'x', campaign_id: 'c', household_id: 'h', ...past.more })
    const state = id === 'v1' ? 'received' : id === 'v2' ? 'waiting' : 'needs_me'
    await old.table('deliveries').add({ ...delivery, id, sequence, state })
  }
  const picture = { evidence: { media_type: 'image/jpeg' }, taken_ms: 0, arrived_at: null, next_attempt_ms: 0, problem: null }
  await old.table('pictures').bulkAdd([
    { ...picture, sha256: 'begun', visit_id: 'v1', attempts: 2 },
    { ...picture, sha256: 'fresh', visit_id: 'v2', attempts: 0 },
  ])
  for (const sha256 of ['begun', 'fresh']) await old.table('bytes').add({ sha256, bytes: new Uint8Array([1, 2]).buffer })
  await old.table('meta').bulkAdd([
    { key: 'device', value: 'd' },
    { key: 'receipt_key', value: { kid: 'k', public_key: '' } },
  ])
  old.close()
}

beforeEach(() => {
  vi.stubGlobal('navigator', {})
  server.ask.mockReset().mockResolvedValue({ offset: 2, complete: true })
  server.put.mockReset().mockResolvedValue(undefined)
  server.push.mockReset().mockImplementation(async (text: string) => ({
    results: (JSON.parse(text) as { items: { id: string }[] }).items.map(({ id }) => ({ id, status: 'stored', receipt: 'r' })),
  }))
})

describe('a store of a past version', () => {
  for (const version of [1, 2, 3, 4, 5] as const) {
    it(`${version}_opens_and_everything_not_yet_sent_still_goes`, async () => {
      await pastStore(`past-${version}`, version)
      const store = new Store(`past-${version}`)
      await store.open()
      const copy = await unsent(store)
      expect([copy.items.map(({ id }) => id), copy.pictures.length]).toEqual([['v2', 'v3'], 2])
      expect(await syncOnce({ store, device: 'd', user: { id: 'u' } }, false)).toBe('all_sent')
      expect(server.push.mock.calls.map(([text]) => text as string)).toEqual([expect.stringContaining('"body":{"notes":"门口"}')])
      expect(server.put.mock.calls.map(([name]) => name as string)).toEqual(['fresh'])
      expect((await store.pictures.toArray()).every((picture) => picture.arrived_at)).toBe(true)
      expect((await store.deliveries.toArray()).map((one) => one.state)).toEqual(['received', 'received', 'needs_me'])
      store.close()
    })
  }
  it('has_a_fixture_for_every_version_there_was', async () => {
    const current = new Store('now')
    await current.open()
    expect(Object.keys(pasts).map(Number)).toEqual(Array.from({ length: current.verno }, (_, at) => at + 1))
  })
})
