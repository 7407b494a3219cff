import type { Finding, ProblemBody } from '@/api/types'
import { type Page, type Query, ask, tell } from '@/desk/door'

export type How = 'explained' | 'corrected' | 'confirmed'
export const hows: readonly How[] = ['explained', 'corrected', 'confirmed']
export interface Settlement {
  how: How
  by: string
  by_name: string
  at: string
  words: string
}
export const abouts = ['visit', 'team', 'slip'] as const
/** A finding in the queue, with what it is about and how it was settled. */
export interface DeskFinding extends Finding {
  campaign_id: string
  found_at: string
  about: { kind: (typeof abouts)[number]; id: string }
  /** Only where it is about a visit. */
  visit: { id: string; started_at: string; cadre_id: string; cadre_name: string } | null
  household: { id: string; head_name: string } | null
  team: { id: string; name: string } | null
  /** The last settling, where it still holds. */
  settled: Settlement | null
  /** Every settling ever, oldest first. */
  history: Settlement[]
}
export interface ManySettled {
  settled: DeskFinding[]
  refused: { id: string; problem: ProblemBody }[]
}
export const severities = ['block', 'review', 'info'] as const
export const statuses = ['open', 'explained', 'corrected', 'confirmed'] as const
export const codes =
  'F01 F02 F03 F04 F05 I01 I02 P01 P02 P03 P04 P05 P06 T01 T02 T03 T04 T05 T06 T07 E01 E02 E03 E04 E05 E06 A01 A02 A03 A04 A05 A06 A07 C01 C02 G01'.split(
    ' ',
  )

export const fetchFindings = (query: Query) => ask<Page<DeskFinding>>('/findings', query)
export const settle = (id: string, how: How, words: string) => tell<DeskFinding>('POST', `/findings/${id}/settle`, { how, words })
/** Many findings of one code at once; each is settled or refused by itself. */
export const settleMany = (ids: readonly string[], how: How, words: string) =>
  tell<ManySettled>('POST', '/findings/settlements', { ids, how, words })

/** What is open and worst stands first; what is settled sinks. */
export function inOrder<T extends Pick<Finding, 'severity' | 'status' | 'code'>>(findings: readonly T[]): T[] {
  const rank = (finding: T) => (finding.status === 'open' ? 0 : 10) + severities.indexOf(finding.severity)
  return [...findings].sort((a, b) => rank(a) - rank(b) || a.code.localeCompare(b.code))
}

/** Settled once, and open again: its facts have changed since. */
export function isReopened(finding: Pick<DeskFinding, 'status' | 'history'>): boolean {
  return finding.status === 'open' && finding.history.length > 0
}
