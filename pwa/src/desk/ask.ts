import { type ShallowRef, type WatchSource, ref, shallowRef, watch } from 'vue'
import { useI18n } from '@/kit/i18n'

export interface Asked<T> {
  value: ShallowRef<T | null>
  wrong: ShallowRef<unknown>
  busy: ReturnType<typeof ref<boolean>>
  again: () => Promise<void>
}

/**
 * What the server answers to a question, asked anew when what it depends on changes; a late answer to an old
 * question is dropped. With `keeps` the last answer stays in sight until the next one is there.
 */
export function useAsk<T>(question: () => Promise<T>, on: WatchSource[] = [], { keeps = false } = {}): Asked<T> {
  const { locale } = useI18n()
  const value = shallowRef<T | null>(null)
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
      value.value = answer
      wrong.value = null
    } catch (cause) {
      if (mine !== turn) return
      wrong.value = cause
    }
    busy.value = false
  }

  // The server's words (findings, problems) come in the language of the question.
  watch(
    on,
    () => {
      if (!keeps) value.value = null
      void again()
    },
    { immediate: true },
  )
  watch(locale, () => void again())
  return { value, wrong, busy, again }
}
