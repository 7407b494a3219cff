import { computed, ref, shallowRef, watch } from 'vue'
import { useI18n } from '@/kit/i18n'
import type { Campaign } from '@/api/types'
import { useLive } from '@/kit/live'
import type { Place } from '@/kit/position/datum'
import { useSession } from '@/rooms/accounts/useSession'
import { knownOf } from '@/local/known'
import { current } from '@/local/opened'
import { inSlices } from '@/local/slices'
import { loadInitials, readBefore } from './pinyin'
import { type Order, type SealedHere, arrange, byName, countKinds, kindOf } from './rows'
import { search, shownAs, toRows } from './rows'
import { todayView } from './todayView'
import { useWalk } from './useWalk'

/** Asked apart from the visits: thousands of households are not decrypted again because one visit was sealed. */
const readHouseholds = () => inSlices(current().store.households)

async function readSealed(): Promise<SealedHere[]> {
  const { store } = current()
  const notReceived = await store.deliveries.where('state').notEqual('received').primaryKeys()
  const items = await store.outbox.bulkGet(notReceived as string[])
  return items.flatMap((item) => {
    const outcome = item && knownOf(item)?.outcome
    return item?.household_id && outcome ? [{ household_id: item.household_id, campaign_id: item.campaign_id, outcome }] : []
  })
}

/** The households of my team, as asked for: which ones, in what order, found by what. */
export function useRows(campaign: () => Campaign | null, here: () => Place | null) {
  const { locale } = useI18n()
  const session = useSession()
  const query = ref('')
  const { show, kind: chosenKind } = todayView
  const mayOrderByDistance = ref(false)
  const initials = shallowRef<((text: string) => string) | null>(null)
  const { value: households, failed: noHouseholds } = useLive(readHouseholds)
  const { value: sealed, failed: noSealed } = useLive(readSealed)
  const failed = computed(() => noHouseholds.value || noSealed.value)
  const loading = computed(() => !failed.value && (households.value === null || sealed.value === null))

  watch(query, async (text) => {
    if (!/[a-z]/i.test(text) || initials.value) return
    const read = await loadInitials().catch(() => null)
    if (!read) return
    await readBefore(
      read,
      rows.value.flatMap(({ name, address }) => [name, address]),
    )
    initials.value = read
  })

  // Each step is done again only when something before it has changed: typing only searches.
  const named = computed(() => byName(households.value ?? [], locale.value))
  const rows = computed(() => {
    const id = campaign()?.id
    return id && sealed.value ? toRows(named.value, id, sealed.value, here(), session.user?.id ?? null) : []
  })
  const walk = useWalk(campaign, () => rows.value, here)
  const hasWalk = computed(() => walk.steps.value.length > 0)
  const order = computed<Order>({
    get: () => {
      const fallback = mayOrderByDistance.value ? 'distance' : 'name'
      const chosen = todayView.order.value ?? (hasWalk.value ? 'walk' : fallback)
      return chosen === 'walk' && !hasWalk.value ? fallback : chosen
    },
    set: (chosen) => {
      todayView.order.value = chosen
    },
  })
  const arranged = computed(() => arrange(rows.value, order.value, walk.value.value?.household_ids))
  const shown = computed(() => shownAs(arranged.value, show.value))
  const kinds = computed(() => countKinds(shown.value))
  /** A kind that no longer occurs filters nothing: an empty list would look like a loss. */
  const kind = computed({
    get: () => (kinds.value.some((one) => one.kind === chosenKind.value) ? chosenKind.value : null),
    set: (chosen) => {
      chosenKind.value = chosen
    },
  })
  const found = computed(() => {
    const rowsOfKind = kind.value ? shown.value.filter((row) => kindOf(row) === kind.value) : shown.value
    return search(rowsOfKind, query.value, initials.value)
  })
  const count = computed(() => {
    const done = rows.value.filter((row) => row.isReached).length
    return { all: rows.value.length, done, todo: rows.value.length - done }
  })
  return { query, show, order, mayOrderByDistance, hasWalk, kind, kinds, rows, found, count, loading, failed, walk }
}
