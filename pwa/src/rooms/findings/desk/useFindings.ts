import { computed } from 'vue'
import { useRoute } from 'vue-router'
import { useClearFilters, useFilter } from '@/desk/filters'
import { usePages } from '@/desk/pages'
import { fetchFindings } from './finding'

const parts = ['status', 'severity', 'code', 'team', 'household', 'about']

/** The queue as the address asks for it. It is what is still to do: "all" has to be asked for. */
export function useFindings(campaignId: string) {
  const route = useRoute()
  const status = useFilter('status')
  const asked = computed(() => {
    const filters = Object.fromEntries(
      parts.map((part) => [part, route.query[part]]).filter(([, one]) => typeof one === 'string'),
    )
    return { ...filters, status: status.value === 'all' ? '' : status.value || 'open' } as Record<string, string>
  })
  const pages = usePages(
    (after, limit) => fetchFindings({ campaign: campaignId, ...asked.value, after, limit }),
    [() => JSON.stringify(asked.value)],
  )
  const isFiltered = computed(() => parts.some((part) => Boolean(route.query[part])))
  const clear = useClearFilters(...parts)
  /** As a file it has the filters that the table of findings has there. */
  const exported = computed(() => {
    const { status: at, severity, code, team, household, about } = asked.value
    return { status: at, severity, code, team, household, about }
  })
  return { ...pages, isFiltered, exported, clear }
}
