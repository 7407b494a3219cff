import { ref } from 'vue'
import { pulse } from './haptics'

/** One short word after something was done, shown above whatever page follows. */
export const notice = ref('')
let timer: ReturnType<typeof setTimeout> | null = null

export function tell(words: string): void {
  notice.value = words
  pulse('good')
  if (timer) clearTimeout(timer)
  timer = setTimeout(() => {
    notice.value = ''
  }, 8_000)
}
