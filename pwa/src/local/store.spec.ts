import 'fake-indexeddb/auto'
import { Dexie } from 'dexie'
import { describe, expect, it } from 'vitest'
import { pasts } from './pasts.testing'
import { Store } from './store'

async function oldStore(name: string): Promise<void> {
  const old = new Dexie(name)
  old.version(1).stores(pasts[1].tables)
  await old.open()
  await old.table('outbox').add({ id: 'v', sequence: 1, kind: 'visit', body_text: '{}', household_id: 'h' })
  await old.table('deliveries').add({ id: 'v', sequence: 1, state: 'waiting' })
  await old.table('drafts').add({ id: 'w', household_id: 'h', strokes: [] })
  await old.table('pictures').add({ sha256: 's', visit_id: 'v', arrived_at: null })
  await old.table('bytes').add({ sha256: 's', bytes: new Uint8Array([1, 2]).buffer })
  await old.table('custody').add({ team_id: 't', kind: 'cash', fund_id: 'f', amount: 5 })
  old.close()
}

describe('a store of the first version', () => {
  it('opens_with_everything_that_was_not_yet_sent', async () => {
    await oldStore('old-1')
    const store = new Store('old-1')
    await store.open()
    expect(await store.outbox.toArray()).toEqual([
      { id: 'v', sequence: 1, kind: 'visit', body_text: '{}', household_id: 'h', slip_id: null },
    ])
    expect([await store.drafts.count(), await store.deliveries.count()]).toEqual([1, 1])
    expect((await store.pictures.where('visit_id').equals('v').toArray()).map((picture) => picture.sha256)).toEqual(['s'])
    expect((await store.bytes.get('s'))?.bytes.byteLength).toBe(2)
  })
  it('has_room_for_slips_and_knows_of_nothing_beyond_custody', async () => {
    await oldStore('old-2')
    const store = new Store('old-2')
    await store.open()
    expect([await store.slips.count(), await store.counts.count()]).toEqual([0, 0])
    expect((await store.custody.toArray()).map((line) => line.unexplained)).toEqual([0])
  })
})
