import { pull, push } from '@/api/calls'
import { Offline, Problem } from '@/api/problem'
import { clockOffsetMs } from '@/kit/clock'
import { version } from '@/kit/version'
import { pushText } from './chain'
import { applyPull, readContact } from './mirror'
import type { Opened } from './opened'
import { recordResult } from './outbox'
import { dropArrivedBytes } from './pictures'
import { lanesFor } from './line'
import { type Step, backoffMs, plan } from './plan'
import { receiptHolds } from './receipt'
import { bytesPerSecond, sendPicture } from './sending'
import type { OutboxItem } from './shapes'
import { readMeta, writeMeta } from './store'

/** Where a run came to its end. */
export type Ending = 'all_sent' | 'later' | 'no_line' | 'signed_out' | 'other_tab'

/** One tab sends; the others see its progress through the shared database. */
export async function syncOnce(opened: Opened, withPull: boolean): Promise<Ending> {
  const work = () => run(opened, withPull)
  if (!navigator.locks) return work()
  return navigator.locks.request(`nuanfang-sync-${opened.user.id}`, { ifAvailable: true }, (lock) =>
    lock ? work() : 'other_tab',
  )
}

async function run(opened: Opened, withPull: boolean): Promise<Ending> {
  try {
    const ending = await sendAll(opened)
    if (withPull) await pullNow(opened)
    return ending
  } catch (cause) {
    if (cause instanceof Offline) return 'no_line'
    if (!(cause instanceof Problem)) throw cause
    return cause.status === 401 ? 'signed_out' : 'later'
  }
}

export async function pullNow(opened: Opened): Promise<void> {
  const { store } = opened
  const { cursor } = await readContact(store)
  const reply = await pull(cursor)
  await applyPull(store, reply, new Date().toISOString())
  await noteContact(opened)
}

async function noteContact({ store }: Opened): Promise<void> {
  await writeMeta(store, 'last_contact_at', new Date().toISOString())
  await writeMeta(store, 'clock_offset_ms', clockOffsetMs())
}

async function nextStep({ store }: Opened): Promise<Step> {
  const deliveries = await store.deliveries.where('state').equals('waiting').toArray()
  const pictures = await store.pictures.filter((picture) => picture.arrived_at === null).toArray()
  const ids = new Set([...deliveries.map((delivery) => delivery.id), ...pictures.map((picture) => picture.visit_id)])
  const items = (await store.outbox.bulkGet([...ids])).flatMap((item) =>
    item ? [{ id: item.id, sequence: item.sequence, bytes: item.body_text.length * 3 }] : [],
  )
  return plan({ now_ms: Date.now(), lanes: lanesFor(bytesPerSecond()), items, deliveries, pictures })
}

async function sendAll(opened: Opened): Promise<Ending> {
  for (;;) {
    const step = await nextStep(opened)
    if (step.do === 'rest') {
      await dropArrivedBytes(opened.store)
      return 'all_sent'
    }
    if (step.do === 'wait') return 'later'
    if (step.do === 'push') await pushItems(opened, step.ids)
    else await sendPictures(opened, step.sha256)
  }
}

async function pushItems(opened: Opened, ids: string[]): Promise<void> {
  const { store, device } = opened
  const items = (await store.outbox.bulkGet(ids)).flatMap((item) => item ?? [])
  try {
    const says = { id: device, app_version: version, clock_offset_ms: clockOffsetMs() }
    const reply = await push(pushText(says, items))
    await noteContact(opened)
    const key = (await readContact(store)).receipt_key?.public_key ?? null
    const answered = new Map(reply.results.map((result) => [result.id, result]))
    for (const item of items) {
      const result = answered.get(item.id)
      const said = result?.status === 'stored' || result?.status === 'duplicate'
      const held = !said || (result.receipt && (await receiptHolds(result.receipt, key, item.id, item.body_sha256)))
      if (result && held) await recordResult(store, result, new Date().toISOString())
      else await postpone(opened, item)
    }
  } catch (cause) {
    await afterFailedPush(opened, items, cause)
  }
}

/** A batch refused as a whole is sent again one by one, so that a single bad item cannot hold up the others. */
async function afterFailedPush(opened: Opened, items: OutboxItem[], cause: unknown): Promise<void> {
  const isAboutTheItems = cause instanceof Problem && [400, 413, 415, 422].includes(cause.status)
  if (!isAboutTheItems) {
    for (const item of items) await postpone(opened, item, cause)
    throw cause
  }
  const [only, ...more] = items
  if (!only) return
  if (more.length > 0) {
    for (const item of items) await pushItems(opened, [item.id])
    return
  }
  await opened.store.deliveries.update(only.id, { state: 'needs_me', problem: cause.body })
}

async function postpone({ store }: Opened, item: OutboxItem, cause?: unknown): Promise<void> {
  const delivery = await store.deliveries.get(item.id)
  const attempts = (delivery?.attempts ?? 0) + 1
  await store.deliveries.update(item.id, { attempts, next_attempt_ms: Date.now() + waitMs(attempts, cause) })
}

function waitMs(attempts: number, cause: unknown): number {
  const asked = cause instanceof Problem ? (cause.retryAfterS ?? 0) * 1000 : 0
  return Math.max(asked, backoffMs(attempts, Math.random()))
}

async function sendPictures(opened: Opened, names: string[]): Promise<void> {
  const ended = await Promise.allSettled(names.map((sha256) => sendOne(opened, sha256)))
  const failed = ended.find((end) => end.status === 'rejected')
  if (failed) throw failed.reason
}

async function sendOne(opened: Opened, sha256: string): Promise<void> {
  const { store } = opened
  const picture = await store.pictures.get(sha256)
  if (!picture || picture.arrived_at) return
  try {
    await sendPicture(opened, picture)
    await noteContact(opened)
  } catch (cause) {
    const attempts = picture.attempts + 1
    await store.pictures.update(sha256, { attempts, next_attempt_ms: Date.now() + waitMs(attempts, cause) })
    throw cause
  }
}

/** When the next try is due, for the timer. */
export async function dueAt(opened: Opened): Promise<number | null> {
  const step = await nextStep(opened)
  if (step.do === 'rest') return null
  return step.do === 'wait' ? step.until_ms : Date.now()
}

export function lastContact({ store }: Opened): Promise<string | null> {
  return readMeta(store, 'last_contact_at')
}
