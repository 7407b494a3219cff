import { defineStore } from 'pinia'
import { ref } from 'vue'
import { homeOf, isAtDesk } from '@/kit/face'
import { current, isOpen, isUnlocked } from '@/local/opened'
import type { Ending } from '@/local/sync'
import { writeMeta } from '@/local/store'

const pullEveryMs = 10 * 60_000
const lookEveryMs = 15_000
const soonMs = 60_000

/** Not in the first screen's weight: nothing is sent before something is on the screen. */
const engine = () => Promise.all([import('@/local/sync'), import('@/local/sending')])

/** Storage is best effort until the browser promises to keep it; the answer is shown under "Me". */
export async function askToKeep(): Promise<void> {
  const kept = (await navigator.storage?.persist?.()) ?? false
  if (isOpen()) await writeMeta(current().store, 'persisted', kept)
}

/** Asked again after a visit until it is granted: some browsers say yes only to an app that is used. */
export async function keepOnce(): Promise<void> {
  if (!(await navigator.storage?.persisted?.())) await askToKeep()
}

/** At the desk, or locked, nothing is fetched to keep. What is sealed here is sent all the same. */
const keepsPack = () => isUnlocked() && !isAtDesk(location.pathname) && homeOf(current().user) !== '/desk'

async function endRest(): Promise<void> {
  const { endRest: end } = await import('@/local/rest')
  await end(current().store)
}

async function askToBeWoken(): Promise<void> {
  const { askToBeWoken: ask } = await import('@/local/wake')
  void ask(current().user.id)
}

/** Not the worker's business: it has no key to seal. */
async function keepRescue(): Promise<void> {
  if (isUnlocked()) await (await import('@/local/rescue')).keepRescue(current())
}

/** Of this page's own clock: the phone's may be set back, and nothing would be fetched for hours. */
const tickingMs = () => performance.now()

/** Sends while the app is in front: at the start, when the line comes back, after each visit, and by a timer. */
export const useSync = defineStore('sync', () => {
  const running = ref(false)
  const ending = ref<Ending | null>(null)
  const failed = ref(false)
  let again = false
  let lastPullMs = Number.NEGATIVE_INFINITY
  let timer: ReturnType<typeof setInterval> | null = null

  async function run(wantsPull: boolean): Promise<void> {
    if (!isOpen()) return
    const withPull = wantsPull && keepsPack()
    if (running.value) {
      again = true
      return
    }
    running.value = true
    failed.value = false
    try {
      const [{ syncOnce }] = await engine()
      ending.value = await syncOnce(current(), withPull)
      if (withPull && ending.value !== 'no_line') lastPullMs = tickingMs()
      if (withPull) await keepRescue()
      if (ending.value === 'no_line' || ending.value === 'later') await askToBeWoken()
    } catch {
      failed.value = true
    } finally {
      running.value = false
    }
    if (again) {
      again = false
      await run(false)
    }
  }

  async function sendNow(): Promise<void> {
    const [{ hurry }, { letPicturesGo }] = await Promise.all([import('@/local/outbox'), import('@/local/choices')])
    await hurry(current().store)
    await letPicturesGo(current().store)
    await run(true)
  }

  /** The person asks what the server holds; what it lacks goes at once. */
  async function tally(): Promise<void> {
    const { settleDay } = await import('@/local/tallying')
    const { store, device } = current()
    if (await settleDay(store, device, { asked: true, puts_back: true })) await run(false)
  }

  async function tick(): Promise<void> {
    if (!isOpen() || running.value || document.visibilityState !== 'visible') return
    const wantsPull = keepsPack() && tickingMs() - lastPullMs > pullEveryMs
    const [{ dueAt }] = await engine()
    const due = await dueAt(current())
    if (wantsPull || (due !== null && due <= Date.now())) await run(wantsPull)
  }

  async function lineIsBack(): Promise<void> {
    if (!isOpen()) return
    await endRest()
    await run(tickingMs() - lastPullMs > soonMs)
  }

  async function lineIsAnother(): Promise<void> {
    const [, { forgetLine }] = await engine()
    forgetLine()
    await tick()
  }

  /** Whoever takes the phone in hand again wants to see it go. */
  async function seenAgain(): Promise<void> {
    if (!isOpen() || document.visibilityState !== 'visible') return
    await endRest()
    await tick()
  }

  function start(): void {
    if (timer !== null) return
    timer = setInterval(() => void tick(), lookEveryMs)
    window.addEventListener('online', () => void lineIsBack())
    document.addEventListener('visibilitychange', () => void seenAgain())
    const line = (navigator as { connection?: EventTarget }).connection
    line?.addEventListener?.('change', () => void lineIsAnother())
    void lineIsBack()
  }

  return { running, ending, failed, run, sendNow, tally, start }
})
