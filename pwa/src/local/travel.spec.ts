import 'fake-indexeddb/auto'
import { expect, it, vi } from 'vitest'
import { Store } from './store'
import { syncOnce } from './sync'
import { unlocked } from './vault.testing'

const server = vi.hoisted(() => ({ put: vi.fn(), tally: vi.fn() }))
vi.mock('@/api/evidence', async (original) => ({ ...(await original<object>()), putEvidence: server.put }))
vi.mock('@/api/tally', () => ({ askTally: server.tally }))

it('a_picture_that_arrives_while_the_next_step_is_thought_out_does_not_hold_the_run_for_ever', async () => {
  vi.stubGlobal('navigator', {})
  server.tally.mockResolvedValue(null)
  const store = new Store('travel')
  await unlocked(store)
  const rest = { attempts: 0, next_attempt_ms: 0, problem: null }
  await store.outbox.add({ id: 'a', sequence: 1, body_text: '{}', household_id: null } as never)
  await store.deliveries.add({ id: 'a', sequence: 1, state: 'received', ...rest } as never)
  const evidence = { media_type: 'image/jpeg' }
  await store.pictures.add({ sha256: 'p', visit_id: 'a', evidence, arrived_at: null, ...rest } as never)
  await store.bytes.add({ sha256: 'p', bytes: new ArrayBuffer(1_000) })

  // The picture's journey ends between the reading of what is under way and the step that follows from it.
  let arrive = () => undefined as void
  server.put.mockImplementation(() => new Promise<void>((resolve) => (arrive = resolve)))
  const read = store.outbox.bulkGet.bind(store.outbox)
  let steps = 0
  const readSlowly = async (keys: string[]) => {
    const items = await read(keys)
    steps += 1
    if (steps !== 2) return items
    await vi.waitFor(() => expect(server.put).toHaveBeenCalled())
    arrive()
    await vi.waitFor(async () => expect((await store.pictures.get('p'))?.arrived_at).not.toBeNull())
    await new Promise((done) => setTimeout(done, 50))
    return items
  }
  vi.spyOn(store.outbox, 'bulkGet').mockImplementation(readSlowly as never)
  expect(await syncOnce({ store, device: 'd', user: { id: 'u' } }, false)).toBe('all_sent')
  store.close()
})
