import { type Page, ask } from '@/desk/door'
import type { Purpose } from './campaign'

export interface DeskEntitlement {
  id: string
  household_id: string
  cash_fen: number
  purpose: Purpose
  goods: { item_id: string; quantity_milli: number }[]
}

/** What one household is to receive; the list goes by campaign, so pages are read until it is found. */
export async function fetchEntitlementOf(campaign: string, household: string): Promise<DeskEntitlement | null> {
  let after: string | null = null
  do {
    const page: Page<DeskEntitlement> = await ask<Page<DeskEntitlement>>(`/campaigns/${campaign}/entitlements`, {
      household,
      limit: 500,
      after,
    })
    const found = page.items.find((one) => one.household_id === household)
    if (found) return found
    after = page.next
  } while (after)
  return null
}
