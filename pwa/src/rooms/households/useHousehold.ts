import type { Campaign, Custody, Entitlement, Fund, Goods, Household, VisitSummary } from '@/api/types'
import { useLive } from '@/kit/live'
import { draftFor } from '@/local/drafts'
import { knownOf } from '@/local/known'
import { current } from '@/local/opened'
import type { Draft, Known as KnownOfVisit, NeedRow } from '@/local/shapes'
import { readMeta } from '@/local/store'
import { currentCampaign } from '@/rooms/campaigns/current'
import type { Earlier } from '@/rooms/visits/preview'
import { byUrgency } from './needs'

/** A visit this phone sealed and whose fate is not yet in the pack. */
export interface SealedVisit extends KnownOfVisit {
  id: string
}

export interface Known {
  household: Household
  campaign: Campaign
  entitlement: Entitlement | null
  funds: Fund[]
  goods: Goods[]
  custody: Custody[]
  visits: VisitSummary[]
  sealed: SealedVisit[]
  /** Of all campaigns: what was asked for last year and never answered is still asked for. */
  needs: NeedRow[]
  /** What this phone's visits handed over, told by the server or not; one it refused handed over nothing in its books. */
  earlier: Earlier[]
  draft: Draft | null
}

/** Everything the phone knows of one household in one campaign (the current one, unless a draft names another). */
export async function readHousehold(id: string, campaignId: string | null = null): Promise<Known | 'unknown'> {
  const { store } = current()
  const [household, campaigns, chosen] = await Promise.all([
    store.households.get(id),
    store.campaigns.toArray(),
    readMeta<string>(store, 'campaign'),
  ])
  const campaign = currentCampaign(campaigns, campaignId ?? chosen)
  if (!household || !campaign) return 'unknown'
  const inCampaign = <T extends { campaign_id: string }>(rows: T[]) => rows.filter((row) => row.campaign_id === campaign.id)
  const [entitlements, funds, goods, custody, visits, needs, items, draft] = await Promise.all([
    store.entitlements.where('household_id').equals(id).toArray(),
    store.funds.toArray(),
    store.goods.toArray(),
    store.custody.toArray(),
    store.visits.where('household_id').equals(id).toArray(),
    store.needs.where('household_id').equals(id).toArray(),
    store.outbox.where('household_id').equals(id).toArray(),
    draftFor(store, id, campaign.id),
  ])
  const told = new Set(visits.map((visit) => visit.id))
  const deliveries = await store.deliveries.bulkGet(items.map((item) => item.id))
  const refused = new Set(deliveries.flatMap((delivery) => (delivery?.state === 'needs_me' ? [delivery.id] : [])))
  const own = inCampaign(items).flatMap((item) => {
    const still = knownOf(item)
    return still ? [{ id: item.id, ...still }] : []
  })
  return {
    household,
    campaign,
    entitlement: inCampaign(entitlements)[0] ?? null,
    funds: inCampaign(funds),
    goods,
    custody: inCampaign(custody),
    visits: visits.sort((a, b) => b.ended_at.localeCompare(a.ended_at)),
    needs: byUrgency(needs),
    sealed: own.filter((visit) => !told.has(visit.id)),
    earlier: own.flatMap(({ id: visitId, amends, aid }) => (refused.has(visitId) ? [] : [{ id: visitId, amends, aid }])),
    draft: draft ?? null,
  }
}

export function useHousehold(id: string) {
  return useLive(() => readHousehold(id))
}
