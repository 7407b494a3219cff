import { type WatchSource, computed, ref, shallowRef, watch } from 'vue'
import { useI18n } from '@/kit/i18n'
import type { Page } from './door'

export const pageSize = 50

/** A long list, page by page as the server hands it out; a change of filter starts again at the first. */
export function usePages<T>(fetchPage: (after: string | null, limit: number) => Promise<Page<T>>, filters: WatchSource[]) {
  const { locale } = useI18n()
  const page = shallowRef<Page<T> | null>(null)
  const wrong = shallowRef<unknown>(null)
  const busy = ref(false)
  const cursors = ref<(string | null)[]>([null])
  let turn = 0

  async function load(trail: (string | null)[]): Promise<void> {
    turn += 1
    const mine = turn
    busy.value = true
    try {
      const answer = await fetchPage(trail.at(-1) ?? null, pageSize)
      if (mine !== turn) return
      page.value = answer
      cursors.value = trail
      wrong.value = null
    } catch (cause) {
      if (mine !== turn) return
      wrong.value = cause
    }
    busy.value = false
  }

  const again = () => load(cursors.value)
  const next = () => (page.value?.next ? load([...cursors.value, page.value.next]) : Promise.resolve())
  const back = () => (cursors.value.length > 1 ? load(cursors.value.slice(0, -1)) : Promise.resolve())
  watch(filters, () => void load([null]), { immediate: true })
  watch(locale, () => void again())

  const items = computed(() => page.value?.items ?? [])
  const from = computed(() => (cursors.value.length - 1) * pageSize + 1)
  const hasNext = computed(() => Boolean(page.value?.next))
  const hasBack = computed(() => cursors.value.length > 1)
  return { page, items, wrong, busy, from, hasNext, hasBack, next, back, again }
}
