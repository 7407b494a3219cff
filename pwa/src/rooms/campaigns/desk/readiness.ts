import { ask } from '@/desk/door'

export interface ReadyLine {
  id: string | null
  name: string | null
  word: string | null
  unit: string | null
  needed: number
  there: number
}
export interface ReadyCheck {
  check:
    | 'days'
    | 'standards'
    | 'categories'
    | 'files'
    | 'notices'
    | 'objections'
    | 'teams'
    | 'members'
    | 'cash'
    | 'goods'
    | 'seal_key'
    | 'commitment'
  state: 'ready' | 'attention' | 'missing' | 'automatic'
  count: number
  lines: ReadyLine[]
}
export interface Readiness {
  campaign_id: string
  can_open: boolean
  checks: ReadyCheck[]
}

export const fetchReadiness = (campaign: string) => ask<Readiness>(`/campaigns/${campaign}/readiness`)

/** Where what a check names is put right; null where that is on the same page, or nowhere. */
export function mendedAt(check: ReadyCheck['check'], campaign: string): string | null {
  const households = `/desk/campaigns/${campaign}/households`
  const places: Partial<Record<ReadyCheck['check'], string>> = {
    files: '/desk/imports',
    notices: `${households}?status=noticed`,
    objections: `${households}?status=verifying`,
    teams: `${households}?team=none&status=approved`,
    members: '/desk/teams',
    cash: `/desk/campaigns/${campaign}/ledger`,
    goods: `/desk/campaigns/${campaign}/ledger`,
    categories: '#standards',
    standards: '#standards',
    days: '#days',
  }
  return places[check] ?? null
}
