import { defineStore } from 'pinia'
import { ref } from 'vue'
import { homeOf, isAtDesk } from '@/kit/face'
import { current, isOpen } from '@/local/opened'
import { hurry } from '@/local/outbox'
import { type Ending, dueAt, syncOnce } from '@/local/sync'
import { writeMeta } from '@/local/store'

const pullEveryMs = 10 * 60_000
const lookEveryMs = 15_000

/** Storage is best effort until the browser promises to keep it; the answer is shown under "Me". */
export async function askToKeep(): Promise<void> {
  const kept = (await navigator.storage?.persist?.()) ?? false
  if (isOpen()) await writeMeta(current().store, 'persisted', kept)
}

/** At the desk nothing is fetched to keep: households stay on the server. What is sealed here is sent all the same. */
const keepsPack = () => !isAtDesk(location.pathname) && homeOf(current().user) !== '/desk'

/** Sends while the app is in front: at the start, when the line comes back, after each visit, and by a timer. */
export const useSync = defineStore('sync', () => {
  const running = ref(false)
  const ending = ref<Ending | null>(null)
  const failed = ref(false)
  let again = false
  let lastPullMs = 0
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
      ending.value = await syncOnce(current(), withPull)
      if (withPull && ending.value !== 'no_line') lastPullMs = Date.now()
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
    await hurry(current().store)
    await run(true)
  }

  async function tick(): Promise<void> {
    if (!isOpen() || running.value || document.visibilityState !== 'visible') return
    const wantsPull = keepsPack() && Date.now() - lastPullMs > pullEveryMs
    const due = await dueAt(current())
    if (wantsPull || (due !== null && due <= Date.now())) await run(wantsPull)
  }

  async function lineIsBack(): Promise<void> {
    if (!isOpen()) return
    await hurry(current().store)
    await run(Date.now() - lastPullMs > 60_000)
  }

  function start(): void {
    if (timer !== null) return
    timer = setInterval(() => void tick(), lookEveryMs)
    window.addEventListener('online', () => void lineIsBack())
    document.addEventListener('visibilitychange', () => void tick())
  }

  return { running, ending, failed, run, sendNow, start }
})
