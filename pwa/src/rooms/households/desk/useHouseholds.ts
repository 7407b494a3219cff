import { computed, ref, shallowRef, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { useFilter } from '@/desk/filters'
import { usePages } from '@/desk/pages'
import { useTyped } from '@/desk/typed'
import { type Column, knownColumns } from './columns'
import { fetchMatches, findHouseholds } from './household'
import type { ViewContent } from './views'

/** The filters that stand in the address; what was typed never does. */
export const filterNames = ['standing', 'team', 'category', 'status', 'outcome', 'cadre'] as const
export type FilterName = (typeof filterNames)[number]
/** In the place of a team's id: those without one. */
export const noTeam = 'none'

/** The households of a campaign as they are asked for; what is typed waits for a pause before it asks. */
export function useHouseholds() {
  const [route, router] = [useRoute(), useRouter()]
  const campaignId = String(route.params.id)
  const picks = Object.fromEntries(filterNames.map((name) => [name, useFilter(name)])) as Record<
    FilterName,
    ReturnType<typeof useFilter>
  >
  const { standing, team, category, status, outcome, cadre } = picks
  const order = useFilter('order')
  const down = useFilter('down')
  const columns = ref<Column[]>(knownColumns(undefined))
  const { typed, q } = useTyped()
  const filter = computed(() => ({
    campaign: campaignId,
    ...(standing.value && { standing: standing.value }),
    ...(team.value === noTeam ? { without_team: true } : team.value && { team: team.value }),
    ...(category.value && { category: category.value }),
    ...(status.value && { status: status.value }),
    ...(outcome.value && { outcome: outcome.value }),
    ...(cadre.value && { cadre: cadre.value }),
    ...(order.value && { order: order.value }),
    ...(down.value && { descending: true }),
    ...(q.value && { q: q.value }),
  }))
  const asked = [standing, team, category, status, outcome, cadre, order, down, q]
  const pages = usePages((after, limit) => findHouseholds(filter.value, after, limit), asked)
  /** How many there are; the rows do not wait for it. */
  const count = shallowRef<number | null>(null)
  let turn = 0
  async function countAgain(): Promise<void> {
    turn += 1
    const mine = turn
    const found = await fetchMatches(filter.value).catch(() => null)
    if (mine === turn) count.value = found?.count ?? null
  }
  watch(
    asked,
    () => {
      count.value = null
      void countAgain()
    },
    { immediate: true },
  )
  async function again(): Promise<void> {
    await Promise.all([pages.again(), countAgain()])
  }

  const isFiltered = computed(() => filterNames.some((name) => picks[name].value) || q.value !== '')
  const content = computed<ViewContent>(() => ({
    filters: {
      ...Object.fromEntries(filterNames.map((name) => [name, picks[name].value]).filter(([, value]) => value)),
      ...(q.value && { q: q.value }),
    },
    columns: [...columns.value],
    order: order.value || null,
    descending: Boolean(down.value),
  }))
  /** Shows what a view shows: one step of the address, so that one question is asked. */
  async function show(view: ViewContent): Promise<void> {
    const { q: words = '', ...filters } = view.filters
    const known = Object.entries(filters).filter(([name]) => filterNames.includes(name as FilterName))
    columns.value = knownColumns(view.columns)
    typed.value = words
    q.value = words
    await router.replace({
      query: {
        ...Object.fromEntries(known),
        ...(view.order && { order: view.order }),
        ...(view.descending && { down: '1' }),
      },
    })
  }
  const clear = () => show({ ...content.value, filters: {} })
  function drop(name: FilterName | 'q'): void {
    const { [name]: _gone, ...filters } = content.value.filters
    void show({ ...content.value, filters })
  }
  /** By a column; once more turns it round, a third time back to the order of the files. */
  function sortBy(by: string): void {
    const next =
      order.value !== by
        ? { order: by, descending: false }
        : down.value
          ? { order: null, descending: false }
          : { order: by, descending: true }
    void show({ ...content.value, ...next })
  }
  return {
    campaignId,
    ...picks,
    order,
    down,
    columns,
    typed,
    q,
    filter,
    isFiltered,
    count,
    content,
    show,
    clear,
    drop,
    sortBy,
    ...pages,
    again,
  }
}
