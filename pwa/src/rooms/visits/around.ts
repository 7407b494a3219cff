import type { Household } from '@/api/types'
import { current } from '@/local/opened'
import type { Draft } from '@/local/shapes'
import { type Known, readHousehold } from '@/rooms/households/useHousehold'

/** What the phone knows around a visit; of one outside the list, no more than the campaign and its means. */
export type Around = Omit<Known, 'household'> & { household: Household | null }

export async function readAround({ household_id, campaign_id }: Draft): Promise<Around | 'unknown'> {
  if (household_id) return readHousehold(household_id, campaign_id)
  const { store } = current()
  const [campaign, funds, goods, custody] = await Promise.all([
    store.campaigns.get(campaign_id),
    store.funds.toArray(),
    store.goods.toArray(),
    store.custody.toArray(),
  ])
  if (!campaign) return 'unknown'
  return {
    household: null,
    campaign,
    entitlement: null,
    funds: funds.filter((fund) => fund.campaign_id === campaign_id),
    goods,
    custody: custody.filter((line) => line.campaign_id === campaign_id),
    visits: [],
    sealed: [],
    needs: [],
    earlier: [],
    draft: null,
  }
}
