import type { Finding } from '@/api/types'
import { type Page, type Query, ask, tell } from '@/desk/door'

export type How = 'explained' | 'corrected' | 'confirmed'
export const hows: readonly How[] = ['explained', 'corrected', 'confirmed']
/** A finding in the queue, with what it is about and how it was settled. */
export interface DeskFinding extends Finding {
  campaign_id: string
  found_at: string
  visit: { id: string; started_at: string; cadre_id: string; cadre_name: string }
  household: { id: string; head_name: string } | null
  team: { id: string; name: string } | null
  settled: { by: string; at: string; words: string } | null
}
export const severities = ['block', 'review', 'info'] as const
export const statuses = ['open', 'explained', 'corrected', 'confirmed'] as const
export const codes =
  'F01 F02 F03 F04 F05 I01 I02 P01 P02 P03 P04 P05 P06 T01 T02 T03 T04 T05 T06 T07 E01 E02 E03 E04 E05 E06 A01 A02 A03 A04 A05 A06 A07 C01 C02 G01'.split(
    ' ',
  )

export const fetchFindings = (query: Query) => ask<Page<DeskFinding>>('/findings', query)
export const settle = (id: string, how: How, words: string) => tell<DeskFinding>('POST', `/findings/${id}/settle`, { how, words })

/** One figure of what was expected or found: how to write it is told by its name. */
export type Fact =
  | { as: 'yuan' | 'distance' | 'seconds' | 'hours' | 'days' | 'count' | 'goods'; key: string; value: number }
  | { as: 'moment' | 'words' | 'visit' | 'team' | 'item' | 'fund'; key: string; value: string }

const endings: [string, Fact['as']][] = [
  ['_fen', 'yuan'],
  ['_m', 'distance'],
  ['_s', 'seconds'],
  ['_h', 'hours'],
  ['_milli', 'goods'],
  ['_at', 'moment'],
]
const named: Record<string, Fact['as']> = { days: 'days', visit_id: 'visit', team_id: 'team', item_id: 'item', fund_id: 'fund' }

/** Takes the JSON of a finding apart; a bare number or word stands under the key "value". */
export function factsOf(json: unknown): Fact[] {
  if (json === null || json === undefined) return []
  const entries = typeof json === 'object' ? Object.entries(json as Record<string, unknown>) : [['value', json] as const]
  return entries.flatMap(([key, value]): Fact[] => {
    const as = named[key] ?? endings.find(([ending]) => key.endsWith(ending))?.[1]
    if (typeof value === 'number') {
      const isMeasure = as && !['moment', 'words', 'visit', 'team', 'item', 'fund'].includes(as)
      return [{ as: isMeasure ? as : 'count', key, value } as Fact]
    }
    if (typeof value === 'string') {
      const isText = as && ['moment', 'visit', 'team', 'item', 'fund'].includes(as)
      return [{ as: isText ? as : 'words', key, value } as Fact]
    }
    return []
  })
}

/** What is open and worst stands first; what is settled sinks. */
export function inOrder<T extends Pick<Finding, 'severity' | 'status' | 'code'>>(findings: readonly T[]): T[] {
  const rank = (finding: T) => (finding.status === 'open' ? 0 : 10) + severities.indexOf(finding.severity)
  return [...findings].sort((a, b) => rank(a) - rank(b) || a.code.localeCompare(b.code))
}
