import { onScopeDispose, ref, shallowRef, watch } from 'vue'
import { fetchBlob } from './door'

/** Every reading of an original is written down. */
export type PictureSize = 'thumb' | 'screen' | 'original'

/** A picture behind the session, as an address an <img> can show; given back to the browser when it is no longer shown. */
export function useBlob(what: () => { sha256: string; size: PictureSize } | null) {
  const url = ref('')
  const wrong = shallowRef<unknown>(null)
  let turn = 0

  function drop(): void {
    if (url.value) URL.revokeObjectURL(url.value)
    url.value = ''
  }
  async function load(): Promise<void> {
    turn += 1
    const mine = turn
    drop()
    wrong.value = null
    const asked = what()
    if (!asked) return
    try {
      const blob = await fetchBlob(`/evidence/${asked.sha256}`, { size: asked.size })
      if (mine === turn) url.value = URL.createObjectURL(blob)
    } catch (cause) {
      if (mine === turn) wrong.value = cause
    }
  }
  watch(() => JSON.stringify(what()), load, { immediate: true })
  onScopeDispose(() => {
    turn += 1
    drop()
  })
  return { url, wrong, load }
}
