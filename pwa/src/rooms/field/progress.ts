import type { ProblemBody } from '@/api/types'
import type { Delivery, OutboxItem, Picture } from '@/local/shapes'

/** Three honest words, and one for what a person must look at. */
export type Stage = 'here' | 'on_its_way' | 'received' | 'needs_me'

export interface Parcel {
  id: string
  label: string
  made_at: string
  stage: Stage
  pictures: number
  arrived: number
  received_at: string | null
  receipt: string | null
  attempts: number
  problem: ProblemBody | null
  /** Why the server cannot take it yet; it goes by itself later. */
  putOff: ProblemBody | null
}

/** "Received" is said only when the server's receipt and every picture are in. */
export function parcelOf(item: OutboxItem, delivery: Delivery, pictures: readonly Picture[]): Parcel {
  const arrived = pictures.filter((picture) => picture.arrived_at !== null).length
  const problem = delivery.problem ?? pictures.find((picture) => picture.problem)?.problem ?? null
  return {
    id: item.id,
    label: item.label,
    made_at: item.made_at,
    stage: stageOf(delivery, problem !== null, arrived === pictures.length),
    pictures: pictures.length,
    arrived,
    received_at: delivery.received_at,
    receipt: delivery.receipt,
    attempts: delivery.attempts,
    problem,
    putOff: delivery.put_off ?? pictures.find((picture) => picture.put_off)?.put_off ?? null,
  }
}

function stageOf(delivery: Delivery, hasProblem: boolean, allArrived: boolean): Stage {
  if (hasProblem) return 'needs_me'
  if (delivery.state === 'waiting') return 'here'
  return allArrived ? 'received' : 'on_its_way'
}

export function countStages(parcels: readonly Parcel[]): Record<Stage, number> {
  const counts: Record<Stage, number> = { here: 0, on_its_way: 0, received: 0, needs_me: 0 }
  for (const parcel of parcels) counts[parcel.stage] += 1
  return counts
}
