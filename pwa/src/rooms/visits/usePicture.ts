import { type Ref, onScopeDispose, ref, watch } from 'vue'
import { current } from '@/local/opened'

/** A picture's bytes as something an image can show; empty where they are not here. */
export function usePicture(sha256: () => string | null): Ref<string> {
  const url = ref('')
  const free = () => {
    if (url.value) URL.revokeObjectURL(url.value)
    url.value = ''
  }
  watch(
    sha256,
    async (name) => {
      const row = name ? await current().store.bytes.get(name) : undefined
      if (name !== sha256()) return
      free()
      if (row && !row.sealed) url.value = URL.createObjectURL(new Blob([row.bytes]))
    },
    { immediate: true },
  )
  onScopeDispose(free)
  return url
}
