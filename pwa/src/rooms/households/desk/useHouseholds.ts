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
  const typed = ref('')
  const q = ref('')
  let pause: ReturnType<typeof setTimeout> | undefined
  watch(typed, (text) => {
    clearTimeout(pause)
    pause = setTimeout(() => {
      q.value = text.trim()
    }, 300)
  })
  const pages = usePages(
    (after, limit) =>
      fetchHouseholds({
        campaign: campaignId,
        standing: standing.value,
        team: team.value,
        category: category.value,
        q: q.value,
        after,
        limit,
      }),
    [standing, team, category, q],
  )
  const isFiltered = computed(() => Boolean(standing.value || team.value || category.value || q.value))
  const clearAddress = useClearFilters('standing', 'team', 'category')
  function clear(): void {
    typed.value = ''
    q.value = ''
    void clearAddress()
  }
  return { campaignId, standing, team, category, typed, isFiltered, clear, ...pages }
}
