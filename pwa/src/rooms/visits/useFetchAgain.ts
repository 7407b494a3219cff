import { ref } from 'vue'
import { fetchAgain } from './amend'
import type { Visit } from './useVisit'

/** For a correction begun without a line: its first words are fetched when the person asks for them. */
export function useFetchAgain({ draft, change }: Visit) {
  const fetching = ref(false)
  const notFetched = ref(false)
  async function fetchThen(): Promise<void> {
    if (!draft.value?.amending || fetching.value) return
    fetching.value = true
    const filled = await fetchAgain(draft.value.amending)
    notFetched.value = filled === null
    // The reason may have been written meanwhile.
    if (filled?.amending) await change({ ...filled, amending: { ...filled.amending, reason: draft.value.amending.reason } })
    fetching.value = false
  }
  return { fetching, notFetched, fetchThen }
}
