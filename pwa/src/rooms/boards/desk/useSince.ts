import { onScopeDispose, ref, shallowRef } from 'vue'
import { type Since, fetchChanges, isEmpty, joined, nothing } from './changes'

const everyMs = 12_000
const slowestMs = 60_000
/** Pages of the log read in one go; what is behind them comes with the next. */
const mostPages = 25

interface Kept {
  cursor: string
  at: string
}

/**
 * What changed since this person last looked, kept for each of them in this browser; goes on by itself while the page is in sight, by a
 * cursor into the log that costs next to nothing where nothing happened.
 */
export function useSince(person: string, campaign: string, changed: () => void) {
  const key = `nuanfang-since-${person}-${campaign}`
  const since = shallowRef<Since>(nothing)
  const lastLooked = ref<string | null>(null)
  const liveAt = ref<number | null>(null)
  const failed = ref(false)
  let cursor: string | null = read()
  let timer: ReturnType<typeof setTimeout> | undefined
  let busy = false
  let gone = false
  let wait = everyMs

  function read(): string | null {
    try {
      const kept = JSON.parse(localStorage.getItem(key) ?? 'null') as Kept | null
      lastLooked.value = kept?.at ?? null
      return typeof kept?.cursor === 'string' ? kept.cursor : null
    } catch {
      return null
    }
  }

  function keep(): void {
    if (!cursor) return
    try {
      localStorage.setItem(key, JSON.stringify({ cursor, at: new Date().toISOString() } satisfies Kept))
    } catch {
      // A browser that keeps nothing shows what happened while the page is open.
    }
  }

  async function catchUp(): Promise<void> {
    const first = cursor === null
    let isNews = false
    for (let page = 0; page < mostPages; page += 1) {
      const changes = await fetchChanges(campaign, cursor)
      cursor = changes.cursor
      if (!isEmpty(changes)) {
        since.value = joined(since.value, changes)
        isNews = true
      }
      if (!changes.more) break
    }
    if (first) keep()
    if (isNews && liveAt.value !== null) changed()
    liveAt.value = Date.now()
  }

  async function beat(): Promise<void> {
    clearTimeout(timer)
    if (busy || gone || document.visibilityState === 'hidden') return
    busy = true
    try {
      await catchUp()
      failed.value = false
      wait = everyMs
    } catch {
      failed.value = true
      wait = Math.min(slowestMs, wait * 2)
    }
    busy = false
    if (!gone) timer = setTimeout(() => void beat(), wait)
  }

  function seen(): void {
    keep()
    lastLooked.value = new Date().toISOString()
    since.value = nothing
  }

  const onVisible = () => void beat()
  document.addEventListener('visibilitychange', onVisible)
  void beat()
  onScopeDispose(() => {
    gone = true
    clearTimeout(timer)
    document.removeEventListener('visibilitychange', onVisible)
  })
  return { since, lastLooked, liveAt, failed, seen }
}
