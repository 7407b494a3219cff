import { onScopeDispose, ref } from 'vue'
import { serverNow } from './clock'

/** The time, renewed every half minute: for countdowns and ages. */
export function useNow() {
  const nowMs = ref(serverNow())
  const timer = setInterval(() => {
    nowMs.value = serverNow()
  }, 30_000)
  onScopeDispose(() => clearInterval(timer))
  return nowMs
}
