import { liveQuery } from 'dexie'
import { type ShallowRef, type WatchSource, onScopeDispose, shallowRef, watch } from 'vue'
import { breath } from './breath'

/**
 * What a question to the store answers, kept current; null until the first answer, `failed` when the store cannot answer.
 * What the question is about may change: then it is asked anew, and the last answer stands until the next one is there.
 */
export function useLive<T>(
  ask: () => Promise<T>,
  about: WatchSource<unknown> = () => null,
): { value: ShallowRef<T | null>; failed: ShallowRef<boolean> } {
  const value = shallowRef<T | null>(null)
  const failed = shallowRef(false)
  let stop: (() => void) | null = null
  function begin(): void {
    stop?.()
    let newest = 0
    const subscription = liveQuery(ask).subscribe({
      // What is read and what is drawn from it are two pieces of work.
      next: async (answer) => {
        newest += 1
        const mine = newest
        await breath()
        if (mine !== newest || subscription.closed) return
        value.value = answer
        failed.value = false
      },
      error: () => {
        failed.value = true
      },
    })
    stop = () => subscription.unsubscribe()
  }
  watch(about, begin, { immediate: true })
  onScopeDispose(() => stop?.())
  return { value, failed }
}

/** The same question, asked at most so often: what changes many times a second need not be read as often. */
export function paced<T>(ask: () => Promise<T>, everyMs: number): () => Promise<T> {
  let lastMs = Number.NEGATIVE_INFINITY
  return async () => {
    const restMs = lastMs + everyMs - performance.now()
    // Wrapped, so that the store's own zone outlives the wait.
    if (restMs > 0) await Promise.resolve(new Promise((resolve) => setTimeout(resolve, restMs)))
    lastMs = performance.now()
    return ask()
  }
}
