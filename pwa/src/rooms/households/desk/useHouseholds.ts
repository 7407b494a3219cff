import { computed, ref, watch } from 'vue'
import { useRoute } from 'vue-router'
import { useClearFilters, useFilter } from '@/desk/filters'
import { usePages } from '@/desk/pages'
import { fetchHouseholds } from './household'

/** The households of a campaign as they are asked for; what is typed waits for a pause before it asks. */
export function useHouseholds() {
  const campaignId = String(useRoute().params.id)
  const standing = useFilter('standing')
  const team = useFilter('team')
  const category = useFilter('category')
  const outcome = useFilter('outcome')
  const cadre = useFilter('cadre')
  const order = useFilter('order')
  const typed = ref('')
  const q = ref('')
  let pause: ReturnType<typeof setTimeout> | undefined
  watch(typed, (text) => {
    clearTimeout(pause)
    pause = setTimeout(() => {
      q.value = text.trim()
    }, 300)
  })
  const filters = computed(() => ({
    standing: standing.value,
    team: team.value,
    category: category.value,
    outcome: outcome.value,
    cadre: cadre.value,
    order: order.value,
    q: q.value,
  }))
  const pages = usePages(
    (after, limit) =>
      fetchHouseholds({
        campaign: campaignId,
        ...filters.value,
        after,
        limit,
      }),
    [standing, team, category, outcome, cadre, order, q],
  )
  const isFiltered = computed(() =>
    Boolean(standing.value || team.value || category.value || outcome.value || cadre.value || q.value),
  )
  const clearAddress = useClearFilters('standing', 'team', 'category', 'outcome', 'cadre', 'order')
  function clear(): void {
    typed.value = ''
    q.value = ''
    void clearAddress()
  }
  return { campaignId, standing, team, category, outcome, cadre, order, typed, filters, isFiltered, clear, ...pages }
}
