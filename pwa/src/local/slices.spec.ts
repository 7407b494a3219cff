import 'fake-indexeddb/auto'
import { liveQuery } from 'dexie'
import { expect, test } from 'vitest'
import type { NeedRow } from './shapes'
import { inSlices } from './slices'
import { Store } from './store'
import { unlocked } from './vault.testing'

const need = (n: number) => ({ id: `need-${String(n).padStart(3, '0')}`, household_id: 'h' }) as NeedRow

async function storeOf(count: number): Promise<Store> {
  const store = await unlocked(new Store(`slices-${count}`))
  await store.needs.bulkPut(Array.from({ length: count }, (_, n) => need(n)))
  return store
}

test.each([0, 7, 8, 9, 24, 100])('of %i rows each comes once, in order', async (count) => {
  const store = await storeOf(count)
  expect((await inSlices(store.needs)).map(({ id }) => id)).toEqual(Array.from({ length: count }, (_, n) => need(n).id))
  store.close()
})

test('a question that waits between slices hears of what changes in any of them', async () => {
  const store = await storeOf(40)
  const heard: number[] = []
  const changed = new Promise<void>((resolve) => {
    liveQuery(() => inSlices(store.needs)).subscribe((rows) => {
      heard.push(rows.length)
      if (heard.length === 1) void store.needs.put(need(39.5))
      else resolve()
    })
  })
  await changed
  expect(heard).toEqual([40, 41])
  store.close()
})
