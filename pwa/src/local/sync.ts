import { pull, push } from '@/api/calls'
import { Offline, Problem } from '@/api/problem'
import { clockOffsetMs } from '@/kit/clock'
import { version } from '@/kit/version'
import { pushText, wireBytes } from './chain'
import { holdOf, picturesThrough, readChoices } from './choices'
import { pushFor } from './line'
import { applyPull, readContact } from './mirror'
import type { Opened } from './opened'
import { recordResult } from './outbox'
import { isAboutTheLine, isForGood, isPutOff, waitMs } from './patience'
import { type Step, plan } from './plan'
import { isProven, unproven } from './proof'
import { noteFailure, noteSuccess, readRest } from './rest'
import { beThrifty, bytesPerSecond, connection, lanes, sendPicture } from './sending'
import type { OutboxItem } from './shapes'
import { settleDay } from './tallying'
import { writeMeta } from './store'

/** Where a run came to its end. */
export type Ending = 'all_sent' | 'held' | 'later' | 'no_line' | 'signed_out' | 'other_tab'

/** Whose store it is that is sent from: the page's, or the one the browser woke a worker for. */
export type Sender = Pick<Opened, 'store' | 'device'> & { user: { id: string } }

/** One tab sends; the others see its progress through the shared database. */
export async function syncOnce(sender: Sender, withPull: boolean): Promise<Ending> {
  const work = () => run(sender, withPull)
  if (!navigator.locks) return work()
  return navigator.locks.request(`nuanfang-sync-${sender.user.id}`, { ifAvailable: true }, (lock) =>
    lock ? work() : 'other_tab',
  )
}

async function run(sender: Sender, withPull: boolean): Promise<Ending> {
  try {
    const ending = await sendAll(sender)
    if (withPull && sender.store.vault) await pullNow(sender)
    return ending
  } catch (cause) {
    if (cause instanceof Offline) return 'no_line'
    if (!(cause instanceof Problem)) throw cause
    return cause.status === 401 ? 'signed_out' : 'later'
  }
}

export async function pullNow(sender: Sender): Promise<void> {
  const { store } = sender
  const { cursor } = await readContact(store)
  const reply = await pull(cursor)
  // Locked meanwhile: nothing can be encrypted, and the pack comes with the next pull.
  if (!store.vault) return
  await applyPull(store, reply, new Date().toISOString())
  await noteContact(sender)
}

async function noteContact({ store }: Sender): Promise<void> {
  await noteSuccess(store)
  await writeMeta(store, 'last_contact_at', new Date().toISOString())
  await writeMeta(store, 'clock_offset_ms', clockOffsetMs())
}

const none: ReadonlySet<string> = new Set()

async function nextStep({ store }: Sender, underWay = none): Promise<Step> {
  const deliveries = await store.deliveries.where('state').equals('waiting').toArray()
  const pictures = await store.pictures.filter((picture) => picture.arrived_at === null).toArray()
  const ids = new Set([...deliveries.map((delivery) => delivery.id), ...pictures.map((picture) => picture.visit_id)])
  const items = (await store.outbox.bulkGet([...ids])).flatMap((item) =>
    item ? [{ id: item.id, sequence: item.sequence, bytes: wireBytes(item) }] : [],
  )
  const choices = await readChoices(store)
  beThrifty(choices.save_data)
  return plan({
    now_ms: Date.now(),
    lanes: lanes(),
    push_bytes: pushFor(bytesPerSecond()),
    line_next_attempt_ms: (await readRest(store)).next_attempt_ms,
    pictures_through: await picturesThrough(store, holdOf(choices, connection())),
    under_way: underWay,
    items,
    deliveries,
    pictures,
  })
}

/** Step by step until nothing is left, or nothing is due, or the line breaks; pictures under way come to their end first. */
async function sendAll(sender: Sender): Promise<Ending> {
  const underWay = new Map<string, Promise<void>>()
  let hasPutBack = false
  let broken: { cause: unknown } | null = null
  const start = (sha256: string) => {
    const journey = sendOne(sender, sha256)
      .catch((cause: unknown) => {
        broken ??= { cause }
      })
      .finally(() => underWay.delete(sha256))
    underWay.set(sha256, journey)
  }
  try {
    for (;;) {
      if (broken) throw (broken as { cause: unknown }).cause
      const step = await nextStep(sender, new Set(underWay.keys()))
      if (step.do === 'push') await pushItems(sender, step.ids)
      else if (step.do === 'send_pictures') step.sha256.forEach(start)
      else if (step.do === 'travel') {
        // While the step was being thought out the last of them may have come to its end; a race of none never ends.
        if (underWay.size > 0) await Promise.race(underWay.values())
      } else if (step.do === 'wait') return 'later'
      else {
        const isAgain = await settleDay(sender.store, sender.device, { asked: false, puts_back: !hasPutBack })
        if (!isAgain) return step.do === 'hold' ? 'held' : 'all_sent'
        hasPutBack = true
      }
    }
  } finally {
    await Promise.allSettled(underWay.values())
  }
}

async function pushItems(sender: Sender, ids: string[]): Promise<void> {
  const { store, device } = sender
  const items = (await store.outbox.bulkGet(ids)).flatMap((item) => item ?? [])
  try {
    const says = { id: device, app_version: version, clock_offset_ms: clockOffsetMs() }
    const reply = await push(pushText(says, items))
    await noteContact(sender)
    const answered = new Map(reply.results.map((result) => [result.id, result]))
    for (const item of items) {
      const result = answered.get(item.id)
      if (!result) await postpone(sender, item)
      else if (isPutOff(result.problem)) await postpone(sender, item, new Problem(result.problem))
      else if (await isProven(store, result, aboutOf(sender, item))) await recordResult(store, result, new Date().toISOString())
      else await store.deliveries.update(item.id, { state: 'needs_me', problem: unproven, put_off: null })
    }
  } catch (cause) {
    await afterFailedPush(sender, items, cause)
  }
}

const aboutOf = ({ device }: Sender, { id, body_sha256, sequence }: OutboxItem) => ({ id, hash: body_sha256, device, sequence })

/** A batch refused as a whole is sent again one by one, so that a single bad item cannot hold up the others. */
async function afterFailedPush(sender: Sender, items: OutboxItem[], cause: unknown): Promise<void> {
  if (isAboutTheLine(cause)) return breakOff(sender, cause)
  if (!(cause instanceof Problem)) throw cause
  const [only, ...more] = items
  if (isForGood(cause) && only && more.length > 0) {
    for (const item of items) await pushItems(sender, [item.id])
  } else if (isForGood(cause) && only) {
    await sender.store.deliveries.update(only.id, { state: 'needs_me', problem: cause.body })
  } else for (const item of items) await postpone(sender, item, cause)
}

/** The line rests; a session that ended is no fault of the line. */
async function breakOff({ store }: Sender, cause: unknown): Promise<never> {
  const isSession = cause instanceof Problem && cause.status === 401
  if (!isSession) await noteFailure(store, cause, Date.now(), Math.random())
  throw cause
}

async function postpone({ store }: Sender, item: OutboxItem, cause?: unknown): Promise<void> {
  const delivery = await store.deliveries.get(item.id)
  const attempts = (delivery?.attempts ?? 0) + 1
  await store.deliveries.update(item.id, { attempts, next_attempt_ms: nextTryMs(attempts, cause), put_off: whyLater(cause) })
}

async function sendOne(sender: Sender, sha256: string): Promise<void> {
  const { store } = sender
  const picture = await store.pictures.get(sha256)
  if (!picture || picture.arrived_at) return
  try {
    const hasAnswered = await sendPicture(store, picture, async () => (await nextStep(sender)).do === 'push')
    if (hasAnswered) await noteContact(sender)
  } catch (cause) {
    if (isAboutTheLine(cause)) return breakOff(sender, cause)
    if (!(cause instanceof Problem)) throw cause
    const attempts = picture.attempts + 1
    await store.pictures.update(sha256, { attempts, next_attempt_ms: nextTryMs(attempts, cause), put_off: whyLater(cause) })
  }
}

const nextTryMs = (attempts: number, cause: unknown) => Date.now() + waitMs(attempts, cause, Math.random())
const whyLater = (cause: unknown) => (cause instanceof Problem && isPutOff(cause.body) ? cause.body : null)

/** When the next try is due, for the timer. */
export async function dueAt(sender: Sender): Promise<number | null> {
  const step = await nextStep(sender)
  if (step.do === 'rest' || step.do === 'hold') return null
  return step.do === 'wait' ? step.until_ms : Date.now()
}
