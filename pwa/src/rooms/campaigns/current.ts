import type { Campaign } from '@/api/types'

/** The campaign the phone works in: the chosen one, else the open one that ends first, else the newest. */
export function currentCampaign(campaigns: readonly Campaign[], chosen: string | null): Campaign | null {
  const picked = campaigns.find((campaign) => campaign.id === chosen)
  if (picked) return picked
  const byDeadline = [...campaigns].sort((a, b) => Date.parse(a.deadline_at) - Date.parse(b.deadline_at))
  return byDeadline.find((campaign) => campaign.status === 'open') ?? byDeadline.at(-1) ?? null
}
