import { computed, ref, shallowRef, watch } from 'vue'
import { useI18n } from 'vue-i18n'
import type { Campaign, Household } from '@/api/types'
import { useLive } from '@/kit/live'
import type { Place } from '@/kit/position/datum'
import { knownOf } from '@/local/known'
import { current } from '@/local/opened'
import { loadInitials } from './pinyin'
import { type Order, type SealedHere, type Show, arrange, search, toRows } from './rows'

interface Pack {
  households: Household[]
  sealed: SealedHere[]
}

async function readPack(): Promise<Pack> {
  const { store } = current()
  const [households, notReceived] = await Promise.all([
    store.households.toArray(),
    store.deliveries.where('state').notEqual('received').primaryKeys(),
  ])
  const items = await store.outbox.bulkGet(notReceived as string[])
  const sealed = items.flatMap((item) => {
    const outcome = item && knownOf(item)?.outcome
    return item?.household_id && outcome ? [{ household_id: item.household_id, campaign_id: item.campaign_id, outcome }] : []
  })
  return { households, sealed }
}

/** The households of my team, as asked for: which ones, in what order, found by what. */
export function useRows(campaign: () => Campaign | null, here: () => Place | null) {
  const { locale } = useI18n()
  const query = ref('')
  const show = ref<Show>('todo')
  const order = ref<Order>('name')
  const initials = shallowRef<((text: string) => string) | null>(null)
  const { value: pack, failed } = useLive(readPack)

  watch(query, async (text) => {
    if (/[a-z]/i.test(text) && !initials.value) initials.value = await loadInitials().catch(() => null)
  })

  const rows = computed(() => {
    const id = campaign()?.id
    return pack.value && id ? toRows(pack.value.households, id, pack.value.sealed, here()) : []
  })
  const found = computed(() => arrange(search(rows.value, query.value, initials.value), show.value, order.value, locale.value))
  const count = computed(() => {
    const done = rows.value.filter((row) => row.isReached).length
    return { all: rows.value.length, done, todo: rows.value.length - done }
  })
  const loading = computed(() => pack.value === null && !failed.value)
  return { query, show, order, found, count, loading, failed }
}
