import { liveQuery } from 'dexie'
import { type ShallowRef, onScopeDispose, shallowRef } from 'vue'

/** What a question to the store answers, kept current; null until the first answer, `failed` when the store cannot answer. */
export function useLive<T>(ask: () => Promise<T>): { value: ShallowRef<T | null>; failed: ShallowRef<boolean> } {
  const value = shallowRef<T | null>(null)
  const failed = shallowRef(false)
  const subscription = liveQuery(ask).subscribe({
    next: (answer) => {
      value.value = answer
      failed.value = false
    },
    error: () => {
      failed.value = true
    },
  })
  onScopeDispose(() => subscription.unsubscribe())
  return { value, failed }
}
