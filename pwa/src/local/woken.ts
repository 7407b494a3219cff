import { restoreOffset } from '@/kit/clock'
import { endRest } from './rest'
import { Store, databaseName, readMeta } from './store'
import { syncOnce } from './sync'
import { wakeOf } from './wake'

/** Sends an outbox with no page open. Fails when something is left that a later line could carry: the browser then wakes again. */
export async function sendWoken(tag: string): Promise<void> {
  const wake = wakeOf(tag)
  if (!wake) return
  const store = new Store(databaseName(wake.user_id, wake.generation))
  try {
    await store.open()
    const device = await readMeta<string>(store, 'device')
    if (!device) return
    restoreOffset((await readMeta<number>(store, 'clock_offset_ms')) ?? 0)
    await endRest(store)
    const ending = await syncOnce({ store, device, user: { id: wake.user_id } }, false)
    if (ending === 'no_line' || ending === 'later') throw new Error(ending)
  } finally {
    store.close()
  }
}
