import { type Ref, onBeforeUnmount, onMounted } from 'vue'

const reachable = 'button:not(:disabled), input, a[href], select, textarea'

/** What covers the page takes the focus, keeps it while it is there, and gives it back. */
export function useDialog(root: Ref<HTMLElement | null>): void {
  const before = document.activeElement

  function stay(event: KeyboardEvent): void {
    if (event.key !== 'Tab' || !root.value) return
    const all = [...root.value.querySelectorAll<HTMLElement>(reachable)]
    const [first, last] = [all[0], all.at(-1)]
    const at = document.activeElement
    const leaves = event.shiftKey ? at === first || at === root.value : at === last
    if (!leaves) return
    event.preventDefault()
    ;(event.shiftKey ? last : first)?.focus()
  }
  onMounted(() => {
    root.value?.focus()
    root.value?.addEventListener('keydown', stay)
  })
  onBeforeUnmount(() => {
    root.value?.removeEventListener('keydown', stay)
    if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true })
  })
}
