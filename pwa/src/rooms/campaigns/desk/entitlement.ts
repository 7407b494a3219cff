import { type Page, ask } from '@/desk/door'
import type { Purpose } from './campaign'

export interface DeskEntitlement {
  id: string
  household_id: string
  cash_fen: number
  purpose: Purpose
  goods: { item_id: string; quantity_milli: number }[]
}

/** What one household is to receive in a campaign; null where nothing is promised. */
export async function fetchEntitlementOf(campaign: string, household: string): Promise<DeskEntitlement | null> {
  const page = await ask<Page<DeskEntitlement>>(`/campaigns/${campaign}/entitlements`, { household })
  return page.items[0] ?? null
}
