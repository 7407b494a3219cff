import type { ItemKind, ProblemBody } from '@/api/types'
import type { Delivery, OutboxItem, Picture } from '@/local/shapes'

/** Three honest words, and one for what a person must look at. */
export type Stage = 'here' | 'on_its_way' | 'received' | 'needs_me'

export interface Parcel {
  id: string
  kind: ItemKind
  label: string
  made_at: string
  stage: Stage
  pictures: number
  arrived: number
  received_at: string | null
  receipt: string | null
  attempts: number
  problem: ProblemBody | null
  /** Of a check: which. */
  checkId: string | null
  /** Another visit made here corrects it. */
  isAmended: boolean
  /** Why the server cannot take it yet; it goes by itself later. */
  putOff: ProblemBody | null
}

/** "Received" is said only when the server's receipt and every picture are in. */
export function parcelOf(item: OutboxItem, delivery: Delivery, pictures: readonly Picture[], isAmended = false): Parcel {
  const arrived = pictures.filter((picture) => picture.arrived_at !== null).length
  const problem = delivery.problem ?? pictures.find((picture) => picture.problem)?.problem ?? null
  return {
    id: item.id,
    kind: item.kind,
    label: item.label,
    made_at: item.made_at,
    stage: stageOf(delivery, problem !== null, arrived === pictures.length),
    pictures: pictures.length,
    arrived,
    received_at: delivery.received_at,
    receipt: delivery.receipt,
    attempts: delivery.attempts,
    problem,
    checkId: item.check_id ?? null,
    isAmended,
    putOff: delivery.put_off ?? pictures.find((picture) => picture.put_off)?.put_off ?? null,
  }
}

function stageOf(delivery: Delivery, hasProblem: boolean, allArrived: boolean): Stage {
  if (hasProblem) return 'needs_me'
  if (delivery.state === 'waiting') return 'here'
  return allArrived ? 'received' : 'on_its_way'
}

export function countStages(parcels: readonly { stage: Stage }[]): Record<Stage, number> {
  const counts: Record<Stage, number> = { here: 0, on_its_way: 0, received: 0, needs_me: 0 }
  for (const parcel of parcels) counts[parcel.stage] += 1
  return counts
}

type Journey = Pick<Picture, 'visit_id' | 'arrived_at' | 'problem'>

/** How far each item has come, newest first, without a look at the items themselves: theirs are the long rows. */
export function stagesOf(deliveries: readonly Delivery[], pictures: readonly Journey[]): { id: string; stage: Stage }[] {
  const open = new Set<string>()
  const refused = new Set<string>()
  for (const { visit_id, arrived_at, problem } of pictures) {
    if (arrived_at === null) open.add(visit_id)
    if (problem) refused.add(visit_id)
  }
  return [...deliveries]
    .sort((a, b) => b.sequence - a.sequence)
    .map((delivery) => {
      const { id, problem } = delivery
      return { id, stage: stageOf(delivery, problem !== null || refused.has(id), !open.has(id)) }
    })
}
