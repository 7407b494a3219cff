import type { Home, Outcome, Standing } from '@/api/types'
import { type Page, type Query, ask, tell } from '@/desk/door'

export type FileStatus =
  'applied' | 'reviewed' | 'noticed' | 'verifying' | 'approved' | 'relieved' | 'closed' | 'rejected' | 'waived' | 'withdrawn'

export interface HouseholdRow {
  id: string
  version: number
  head_name: string
  head_id_masked: string
  address: string
  team_id: string | null
  team_name: string | null
  category: string
  status: FileStatus
  standing: Standing | null
  /** Who of the team goes first; null: any of them. */
  cadre: { id: string; name: string } | null
  tries: number
  last_visit_id: string | null
  last_visit_at: string | null
  last_outcome: Outcome | null
  last_cadre: { id: string; name: string } | null
  entitlement_cash_fen: number | null
}
export interface HouseholdFile {
  id: string
  version: number
  org_id: string
  team_id: string | null
  team_name: string | null
  head_name: string
  head_id_masked: string
  phone: string | null
  address: string
  workplace: string | null
  category: string
  cause: string | null
  people: number | null
  income_fen: number | null
  flags: { migrant: boolean; laid_off: boolean; retired: boolean }
  home: Home | null
  status: FileStatus
  approved_at: string | null
  bank_card_masked: string | null
  members: { id: string; name: string; relation: string; id_masked: string | null }[]
  remarks: string
  notices: { published_at: string }[]
  objections: {
    id: string
    raised_at: string
    words: string
    answered_at: string | null
    upheld: boolean | null
    answer: string | null
  }[]
}
export interface FileChange {
  version: number
  field: string
  old: string | null
  new: string | null
  made_at: string
}

export const categories = [
  'below_line',
  'near_line',
  'sudden',
  'migrant',
  'model_worker',
  'party_member',
  'disabled',
  'elderly_alone',
  'single_parent',
  'serious_illness',
  'veteran_family',
  'student',
  'front_line',
] as const

/** Whom somebody still has to go to. */
export const waiting = 'unreached,attempted'

function day(ms: number): number {
  const date = new Date(ms)
  return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate())
}

/** Whole days since a moment, as calendars count them here. */
export function daysSince(at: string, nowMs: number): number {
  return Math.max(0, Math.round((day(nowMs) - day(Date.parse(at))) / 86_400_000))
}

export const fetchHouseholds = (query: Query) => ask<Page<HouseholdRow>>('/households', query)
/** Asked in the body: a name may be searched for, and a name does not belong in an address. */
export const findHouseholds = (filter: object, after: string | null, limit: number) =>
  tell<Page<HouseholdRow>>('POST', '/households/search', { ...filter, after, limit })
export const fetchHousehold = (id: string) => ask<HouseholdFile>(`/households/${id}`)
export const fetchHistory = (id: string, after: string | null, limit: number) =>
  ask<Page<FileChange>>(`/households/${id}/history`, { after, limit })
export const fileStatuses = [
  'applied',
  'reviewed',
  'noticed',
  'verifying',
  'approved',
  'relieved',
  'closed',
  'rejected',
  'waived',
  'withdrawn',
] as const satisfies readonly FileStatus[]

export interface Matches {
  count: number
  ids: string[] | null
}
/** How many households a filter finds, and which; asked in the body, for a name may be searched for. */
export const fetchMatches = (filter: object, ids = false) => tell<Matches>('POST', '/households/matches', { ...filter, ids })

export interface Refused {
  id: string
  status: FileStatus
}
/** Gives each of them by itself. `whom`: a cadre of the team, `''` for any of them, nothing to leave it as it is. */
export const assign = (household_ids: string[], team_id: string, whom?: string) =>
  tell<{ assigned: number; unchanged: number; refused?: string[] }>('POST', '/households/assignments', {
    household_ids,
    team_id,
    by_itself: true,
    ...(whom === undefined ? {} : whom ? { cadre_id: whom } : { whole_team: true }),
  })
export const approve = (which: { household_ids: string[] } | { import_id: string }) =>
  tell<{ approved: number; unchanged: number; refused: Refused[] }>('POST', '/households/approvals', which)
/** The steps that many files take together; each that has a reason takes the same one for all. */
export type StepForMany = 'review' | 'publish' | 'waive' | 'relieve' | 'restore'
export const stepTogether = (household_ids: string[], step: StepForMany, words?: string) =>
  tell<{ taken: number; unchanged: number; refused: Refused[] }>('POST', '/households/steps', {
    household_ids,
    step,
    ...(words === undefined ? {} : { words }),
  })
