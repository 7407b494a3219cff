import { ref, shallowRef } from 'vue'
import type { Walking } from './useWalk'

/** Households being picked for a walk; null while nobody is picking. What is on the walk already is picked from the start. */
export function usePicking(walk: Walking, onMade: () => void) {
  const picked = shallowRef<ReadonlySet<string> | null>(null)
  const busy = ref(false)

  function turn(): void {
    picked.value = picked.value ? null : new Set(walk.steps.value.flatMap(({ row, isDone }) => (isDone ? [] : [row.id])))
  }
  function toggle(id: string): void {
    const next = new Set(picked.value)
    if (!next.delete(id)) next.add(id)
    picked.value = next
  }
  const add = (ids: readonly string[]) => {
    picked.value = new Set([...(picked.value ?? []), ...ids])
  }
  /** In the order they are shown in; those picked under another search after them. */
  async function finish(shown: readonly string[]): Promise<void> {
    const wanted = picked.value
    if (!wanted || busy.value) return
    busy.value = true
    const first = shown.filter((id) => wanted.has(id))
    await walk.make([...first, ...[...wanted].filter((id) => !first.includes(id))])
    busy.value = false
    if (walk.failed.value) return
    picked.value = null
    onMade()
  }
  return { picked, busy, turn, toggle, add, finish }
}
