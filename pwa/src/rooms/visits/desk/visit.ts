import type { AidLine, Evidence, Finding, Home, Ink, Mode, Outcome, Position, Recipient, Standing } from '@/api/types'
import { type Page, type Query, ask } from '@/desk/door'

export const outcomes: readonly Outcome[] = ['reached', 'absent', 'moved', 'deceased', 'refused', 'not_found']

export interface VisitRow {
  id: string
  household_id: string | null
  campaign_id: string
  head_name: string | null
  outcome: Outcome
  mode: Mode
  started_at: string
  ended_at: string
  cadre: { id: string; name: string }
  team: { id: string; name: string } | null
  amends: string | null
  open_findings: number
}
export interface NamedEvidence extends Pick<Evidence, 'sha256' | 'kind' | 'subject' | 'source' | 'taken_at' | 'media_type'> {
  arrived: boolean
  /** Where the phone was at the shutter. */
  position: Position | null
}
export interface VisitFile {
  id: string
  campaign_id: string
  household_id: string | null
  household: { head_name: string; address: string; home: Home | null } | null
  found: { name: string; address: string; words: string } | null
  mode: Mode
  outcome: Outcome
  started_at: string
  ended_at: string
  received_at: string
  position: Position | null
  distance_m: number | null
  recipient: Recipient | null
  aid: AidLine[]
  evidence: NamedEvidence[]
  signature_ink: Ink | null
  notes: string
  cadre: { id: string; name: string }
  team: { id: string; name: string } | null
  amends: string | null
  amend_reason: string | null
  amended_by: string[]
  standing: Standing | null
  findings: Finding[]
}

export const fetchVisits = (query: Query) => ask<Page<VisitRow>>('/visits', query)
export const fetchVisit = (id: string) => ask<VisitFile>(`/visits/${id}`)

export interface AidRow {
  key: string
  kind: 'cash' | 'goods'
  id: string
  given: number
  /** What the entitlement says; null where nothing is known of it. */
  promised: number | null
}

/** What was handed over beside what was promised: cash in one line, each item in its own, and what was promised but not given. */
export function compareAid(
  aid: readonly AidLine[],
  promised: { cash_fen: number; goods: readonly { item_id: string; quantity_milli: number }[] } | null,
): AidRow[] {
  const cash = aid.reduce((sum, line) => sum + (line.kind === 'cash' ? line.amount_fen : 0), 0)
  const given = new Map<string, number>()
  for (const line of aid) {
    if (line.kind === 'goods') given.set(line.item_id, (given.get(line.item_id) ?? 0) + line.quantity_milli)
  }
  const due = new Map((promised?.goods ?? []).map((line) => [line.item_id, line.quantity_milli]))
  const rows: AidRow[] = []
  if (cash > 0 || (promised?.cash_fen ?? 0) > 0)
    rows.push({ key: 'cash', kind: 'cash', id: '', given: cash, promised: promised ? promised.cash_fen : null })
  for (const id of new Set([...due.keys(), ...given.keys()]))
    rows.push({ key: id, kind: 'goods', id, given: given.get(id) ?? 0, promised: promised ? (due.get(id) ?? 0) : null })
  return rows
}
