import { tell } from '@/desk/door'
import type { DeskCampaign } from '@/desk/useDesk'

/** The limits that visits are held against, each with its unit and its bounds, as the server takes them. */
export const limits = [
  { name: 'notice_days', unit: 'days', least: 0, most: 60 },
  { name: 'distance_limit_m', unit: 'm', least: 10, most: 100_000 },
  { name: 'accuracy_limit_m', unit: 'm', least: 5, most: 10_000 },
  { name: 'photo_distance_m', unit: 'm', least: 10, most: 100_000 },
  { name: 'photo_slack_min', unit: 'min', least: 0, most: 1440 },
  { name: 'travel_speed_kmh', unit: 'kmh', least: 10, most: 2000 },
  { name: 'travel_slack_m', unit: 'm', least: 0, most: 100_000 },
  { name: 'copied_households', unit: 'households', least: 2, most: 50 },
  { name: 'minimum_visit_s', unit: 's', least: 0, most: 86_400 },
  { name: 'likeness_distance', unit: 'bits', least: 0, most: 64 },
  { name: 'evidence_wait_h', unit: 'h', least: 0, most: 8760 },
  { name: 'chain_wait_h', unit: 'h', least: 0, most: 8760 },
  { name: 'late_days', unit: 'days', least: 0, most: 60 },
  { name: 'clock_skew_s', unit: 's', least: 0, most: 86_400 },
  { name: 'check_rate_permille', unit: 'permille', least: 1, most: 1000 },
  { name: 'check_min_per_stratum', unit: 'households', least: 0, most: 100 },
  { name: 'check_escalates_after', unit: 'households', least: 0, most: 100 },
] as const
export type Limit = (typeof limits)[number]
export type LimitName = Limit['name']
export type Typed = Partial<Record<LimitName, string>>

/** The limits this server knows, with what they are now. */
export function limitsOf(policy: Record<string, unknown>): { limit: Limit; value: number }[] {
  return limits.flatMap((limit) => {
    const value = policy[limit.name]
    return typeof value === 'number' ? [{ limit, value }] : []
  })
}

const read = (text: string): number | null => (/^\d{1,6}$/.test(text.trim()) ? Number(text.trim()) : null)

/** Fields that are no whole number within their bounds. */
export function policyFaults(typed: Typed): LimitName[] {
  return limits
    .filter(({ name, least, most }) => {
      const text = typed[name]
      if (text === undefined) return false
      const value = read(text)
      return value === null || value < least || value > most
    })
    .map(({ name }) => name)
}

/** Only what differs from the policy is sent: what somebody else changed meanwhile is not set back. */
export function policyChange(typed: Typed, policy: Record<string, unknown>): Record<string, number> {
  const change: Record<string, number> = {}
  for (const { limit, value } of limitsOf(policy)) {
    const now = read(typed[limit.name] ?? '')
    if (now !== null && now !== value) change[limit.name] = now
  }
  return change
}

export const savePolicy = (campaign: DeskCampaign, change: Record<string, number>) =>
  tell<DeskCampaign>('PATCH', `/campaigns/${campaign.id}/policy`, change, campaign.version)
