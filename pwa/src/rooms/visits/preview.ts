import type { AidLine, Entitlement, Home, Ink, Mode, Outcome, Policy, Position, Recipient, Severity } from '@/api/types'
import { toWgs84 } from '@/kit/position/datum'
import { distanceM } from '@/kit/position/distance'

/** What the phone already knows that the visit will be held against. */
export interface Held {
  policy: Policy
  opens_at: string
  deadline_at: string
  home: Home | null
  head_name: string
  member_names: readonly string[]
  entitlement: Pick<Entitlement, 'cash_fen' | 'goods'> | null
  /** Aid already handed over by visits of this phone. */
  handed_before: readonly AidLine[]
}

/** The visit as far as it is written. */
export interface Said {
  mode: Mode
  outcome: Outcome
  started_at: string
  ended_at: string
  position: Position | null
  recipient: Recipient | null
  aid: readonly AidLine[]
  photos: number
  ink: Ink | null
}

export type Code = 'I01' | 'P01' | 'P02' | 'P03' | 'T01' | 'T04' | 'E01' | 'E02' | 'A01' | 'A02' | 'A03' | 'A07'
export interface Preview {
  code: Code
  severity: Severity
  expected: number
  actual: number
}

const placed = new Set<Mode>(['home', 'ward', 'workplace', 'collective'])
const finding = (code: Code, severity: Severity, expected = 0, actual = 0): Preview => ({ code, severity, expected, actual })

export function homeDistanceM(home: Home | null, position: Position | null): number | null {
  return home && position ? distanceM(toWgs84(home, home.datum), toWgs84(position, position.datum)) : null
}

/** What the server will ask about, said while still at the door. It informs; nothing here ever stops a visit. */
export function preview(said: Said, held: Held): Preview[] {
  const isReached = said.outcome === 'reached'
  return [
    ...aboutRecipient(said, held, isReached),
    ...aboutPlace(said, held),
    ...aboutTime(said, held),
    ...aboutEvidence(said, held, isReached),
    ...aboutAid(said, held, isReached),
  ]
}

function aboutRecipient({ recipient }: Said, held: Held, isReached: boolean): Preview[] {
  if (!isReached || !recipient) return []
  const isKnown = [held.head_name, ...held.member_names].includes(recipient.name.trim())
  return isKnown || recipient.proxy_reason?.trim() ? [] : [finding('I01', 'review')]
}

function aboutPlace({ mode, position }: Said, { policy, home }: Held): Preview[] {
  if (!placed.has(mode)) return []
  if (!position) return [finding('P01', 'review')]
  const found: Preview[] = []
  if (position.accuracy_m > policy.accuracy_limit_m)
    found.push(finding('P02', 'info', policy.accuracy_limit_m, position.accuracy_m))
  const away = mode === 'home' ? homeDistanceM(home, position) : null
  const limit = policy.distance_limit_m
  if (away !== null && away > limit + position.accuracy_m)
    found.push(finding('P03', away > 10 * limit ? 'block' : 'review', limit, away))
  return found
}

function aboutTime({ started_at, ended_at, outcome }: Said, { policy, opens_at, deadline_at }: Held): Preview[] {
  const [start, end] = [Date.parse(started_at), Date.parse(ended_at)]
  const found: Preview[] = []
  if (start < Date.parse(opens_at) || end > Date.parse(deadline_at)) found.push(finding('T01', 'block'))
  const seconds = (end - start) / 1000
  if (outcome === 'reached' && seconds < policy.minimum_visit_s)
    found.push(finding('T04', 'info', policy.minimum_visit_s, seconds))
  return found
}

function aboutEvidence({ mode, photos, ink, aid }: Said, { policy }: Held, isReached: boolean): Preview[] {
  if (!isReached) return []
  const found: Preview[] = []
  const needed = policy.photos_required[mode]
  if (photos < needed) found.push(finding('E01', 'review', needed, photos))
  const hasCash = aid.some((line) => line.kind === 'cash' && line.amount_fen > 0)
  if ((placed.has(mode) || aid.length > 0) && isBlank(ink, policy)) found.push(finding('E02', hasCash ? 'block' : 'review'))
  return found
}

export function isBlank(ink: Ink | null, policy: Policy): boolean {
  if (!ink) return true
  return (
    ink.strokes < policy.ink_strokes_min || ink.points < policy.ink_points_min || Math.max(...ink.box_px) < policy.ink_box_px_min
  )
}

const cashOf = (lines: readonly AidLine[]) => lines.reduce((sum, line) => sum + (line.kind === 'cash' ? line.amount_fen : 0), 0)

function goodsOf(lines: readonly AidLine[]): Map<string, number> {
  const sums = new Map<string, number>()
  for (const line of lines) if (line.kind === 'goods') sums.set(line.item_id, (sums.get(line.item_id) ?? 0) + line.quantity_milli)
  return sums
}

function aboutAid({ aid }: Said, { entitlement, handed_before }: Held, isReached: boolean): Preview[] {
  const handed = aid.filter((line) => (line.kind === 'cash' ? line.amount_fen : line.quantity_milli) > 0)
  if (!isReached) return handed.length > 0 ? [finding('A07', 'block')] : []
  if (!entitlement) return []
  const found: Preview[] = []
  const left = entitlement.cash_fen - cashOf(handed_before)
  const cash = cashOf(handed)
  if (cash > left) found.push(finding('A01', 'block', left, cash))
  if (cash < left) found.push(finding('A02', 'review', left, cash))
  const before = goodsOf(handed_before)
  const now = goodsOf(handed)
  const due = new Map(entitlement.goods.map((line) => [line.item_id, line.quantity_milli - (before.get(line.item_id) ?? 0)]))
  const items = [...new Set([...due.keys(), ...now.keys()])]
  if (items.some((item) => (due.get(item) ?? 0) !== (now.get(item) ?? 0))) found.push(finding('A03', 'review'))
  return found
}
