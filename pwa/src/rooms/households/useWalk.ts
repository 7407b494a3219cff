import { computed, ref } from 'vue'
import type { Campaign } from '@/api/types'
import { useLive } from '@/kit/live'
import type { Place } from '@/kit/position/datum'
import { current } from '@/local/opened'
import type { Row } from './rows'
import { hasBeenTo, walkThrough, wayLength } from './walk'

export interface Step {
  row: Row
  /** Counted from one; it stays the household's own while others are being visited. */
  number: number
  isDone: boolean
}

/** The walk of one campaign: kept on this phone until it is cleared. */
export function useWalk(campaign: () => Campaign | null, rows: () => readonly Row[], here: () => Place | null) {
  const { value: walks } = useLive(() => current().store.walks.toArray())
  const failed = ref(false)
  const value = computed(() => walks.value?.find((walk) => walk.campaign_id === campaign()?.id) ?? null)
  const steps = computed<Step[]>(() => {
    const walk = value.value
    if (!walk) return []
    const byId = new Map(rows().map((row) => [row.id, row]))
    const there = walk.household_ids.flatMap((id) => byId.get(id) ?? [])
    return there.map((row, at) => ({ row, number: at + 1, isDone: hasBeenTo(row, walk.made_at) }))
  })
  const next = computed(() => steps.value.find((step) => !step.isDone) ?? null)
  const numbers = computed(() => new Map(steps.value.map(({ row, number }) => [row.id, number])))
  const left_m = computed(() => {
    const left = steps.value.filter((step) => !step.isDone)
    return wayLength(
      left.map(({ row }) => row),
      here(),
    )
  })

  /** Nothing is shown that is not on the disk. */
  async function keep(household_ids: string[], made_at: string): Promise<void> {
    const campaign_id = campaign()?.id
    if (!campaign_id) return
    failed.value = false
    try {
      if (household_ids.length > 0) await current().store.walks.put({ campaign_id, household_ids, made_at })
      else await current().store.walks.delete(campaign_id)
    } catch {
      failed.value = true
    }
  }

  /** In the order shown, so that the first one is the first where nobody knows where I stand. */
  async function make(ids: readonly string[]): Promise<void> {
    const wanted = new Set(ids)
    const stops = rows().filter((row) => wanted.has(row.id))
    const given = ids.flatMap((id) => stops.find((stop) => stop.id === id) ?? [])
    await keep(walkThrough(given, here()).ids, new Date().toISOString())
  }
  const ids = () => steps.value.map(({ row }) => row.id)
  const madeAt = () => value.value?.made_at ?? new Date().toISOString()

  async function move(id: string, by: -1 | 1): Promise<void> {
    const order = ids()
    const from = order.indexOf(id)
    const to = from + by
    if (from < 0 || to < 0 || to >= order.length) return
    order.splice(to, 0, ...order.splice(from, 1))
    await keep(order, madeAt())
  }
  const remove = (id: string) =>
    keep(
      ids().filter((one) => one !== id),
      madeAt(),
    )
  /** What is behind stays behind; the rest is put in order anew from where I stand. */
  async function orderAgain(): Promise<void> {
    const done = steps.value.flatMap((step) => (step.isDone ? [step.row.id] : []))
    const left = steps.value.flatMap((step) => (step.isDone ? [] : [step.row]))
    await keep([...done, ...walkThrough(left, here()).ids], madeAt())
  }
  const clear = () => keep([], '')
  return { value, steps, next, numbers, left_m, failed, make, move, remove, orderAgain, clear }
}

export type Walking = ReturnType<typeof useWalk>
