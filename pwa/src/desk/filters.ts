import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'

/** Filters that live in the address, so that a link shows the same list. Never for what a person typed: names do not belong in addresses. */
export function useFilter(name: string) {
  const route = useRoute()
  const router = useRouter()
  return computed({
    get: () => {
      const value = route.query[name]
      return typeof value === 'string' ? value : ''
    },
    set: (value: string | undefined) => {
      const { [name]: _old, ...rest } = route.query
      void router.replace({ query: value ? { ...rest, [name]: value } : rest })
    },
  })
}

/** Takes several filters out of the address in one step: one after the other, each would bring the others back. */
export function useClearFilters(...names: string[]): () => Promise<void> {
  const route = useRoute()
  const router = useRouter()
  return async () => {
    const kept = Object.entries(route.query).filter(([name]) => !names.includes(name))
    await router.replace({ query: Object.fromEntries(kept) })
  }
}
