import { type WatchSource, ref, shallowRef, watch } from 'vue'
import { useI18n } from '@/kit/i18n'
import type { Places } from './places'

/** As any question to the server, but what was answered stays on the map until the next answer is there. */
export function usePlaces(question: () => Promise<Places>, on: WatchSource[]) {
  const { locale } = useI18n()
  const places = shallowRef<Places | null>(null)
  const wrong = shallowRef<unknown>(null)
  const busy = ref(false)
  let turn = 0
  async function again(): Promise<void> {
    turn += 1
    const mine = turn
    busy.value = true
    try {
      const answer = await question()
      if (mine !== turn) return
      places.value = answer
      wrong.value = null
    } catch (cause) {
      if (mine !== turn) return
      wrong.value = cause
    }
    busy.value = false
  }
  watch([...on, locale], () => void again(), { immediate: true })
  return { places, wrong, busy, again }
}
