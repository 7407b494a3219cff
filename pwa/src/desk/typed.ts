import { onScopeDispose, ref, watch } from 'vue'

/** What is typed to search by: it waits for a pause before anything is asked, and it never stands in the address. */
export function useTyped() {
  const typed = ref('')
  const q = ref('')
  let pause: ReturnType<typeof setTimeout> | undefined
  watch(typed, (text) => {
    clearTimeout(pause)
    pause = setTimeout(() => {
      q.value = text.trim()
    }, 300)
  })
  onScopeDispose(() => clearTimeout(pause))
  return { typed, q }
}
