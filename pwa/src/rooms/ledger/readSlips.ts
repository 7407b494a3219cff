import type { FieldTeam, Fund, Goods, Policy, Slip } from '@/api/types'
import { current } from '@/local/opened'
import { picturesOf } from '@/local/pictures'
import { type Stage, parcelOf } from '@/rooms/field/progress'
import { type SlipHere, arrange } from './slips'

export interface Slips {
  slips: SlipHere[]
  funds: Fund[]
  goods: Goods[]
}

/** How far the signatures of this phone have come, by slip; of two under one slip the later counts. */
async function stages(slipIds: string[]): Promise<Map<string, Stage>> {
  const { store } = current()
  const items = await store.outbox.where('slip_id').anyOf(slipIds).sortBy('sequence')
  const deliveries = await store.deliveries.bulkGet(items.map((item) => item.id))
  const pictures = await Promise.all(items.map((item) => picturesOf(store, item.id)))
  return new Map(
    items.flatMap((item, at) => {
      const delivery = deliveries[at]
      return item.slip_id && delivery ? [[item.slip_id, parcelOf(item, delivery, pictures[at] ?? []).stage] as const] : []
    }),
  )
}

const standings = async (slips: Slip[]) => arrange(slips, await stages(slips.map((slip) => slip.id)))

/** The slips of my teams, as the server last told of them and as this phone has signed them since. */
export async function readSlips(): Promise<Slips> {
  const { store } = current()
  const [slips, funds, goods] = await Promise.all([store.slips.toArray(), store.funds.toArray(), store.goods.toArray()])
  return { slips: await standings(slips), funds, goods }
}

export async function slipsForMe(): Promise<SlipHere[]> {
  const waiting = await current().store.slips.where('state').equals('waiting').toArray()
  return (await standings(waiting)).filter((slip) => slip.standing === 'mine')
}

export interface KnownSlip {
  slip: SlipHere
  team: FieldTeam | null
  funds: Fund[]
  goods: Goods[]
  policy: Policy | null
}

export async function readSlip(id: string): Promise<KnownSlip | 'unknown'> {
  const { store } = current()
  const found = await store.slips.get(id)
  const [slip] = found ? await standings([found]) : []
  if (!slip) return 'unknown'
  const [team, campaign, funds, goods] = await Promise.all([
    store.teams.get(slip.team_id),
    store.campaigns.get(slip.campaign_id),
    store.funds.toArray(),
    store.goods.toArray(),
  ])
  return { slip, team: team ?? null, funds, goods, policy: campaign?.policy ?? null }
}
