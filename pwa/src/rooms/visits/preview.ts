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
  return [
    ...aboutRecipient(said, held),
    ...aboutPlace(said, held),
    ...aboutTime(said, held),
    ...aboutEvidence(said, held),
    ...aboutAid(said, held),
  ]
}

const handedOver = (aid: readonly AidLine[]) =>
  aid.filter((line) => (line.kind === 'cash' ? line.amount_fen : line.quantity_milli) > 0)
const folded = (name: string) => name.normalize('NFKC').replace(/\s+/g, '').toLowerCase()

function aboutRecipient({ recipient, aid }: Said, held: Held): Preview[] {
  if (!recipient) return handedOver(aid).length > 0 ? [finding('I01', 'review')] : []
  const isKnown = [held.head_name, ...held.member_names].some((name) => folded(name) === folded(recipient.name))
  return isKnown || recipient.proxy_reason?.trim() ? [] : [finding('I01', 'review')]
}

function aboutPlace({ mode, position }: Said, { policy, home }: Held): Preview[] {
  if (!position) return placed.has(mode) ? [finding('P01', 'review')] : []
  const found: Preview[] = []
  const { accuracy_limit_m: rough, distance_limit_m: limit } = policy
  if (position.accuracy_m > rough) found.push(finding('P02', 'info', rough, position.accuracy_m))
  const away = mode === 'home' ? (homeDistanceM(home, position) ?? 0) : 0
  const beyond = (times: number) => away > times * limit + position.accuracy_m
  if (beyond(1)) found.push(finding('P03', beyond(10) ? 'block' : 'review', limit, away))
  return found
}

function aboutTime({ started_at, ended_at, outcome, mode }: Said, { policy, opens_at, deadline_at }: Held): Preview[] {
  const [start, end] = [Date.parse(started_at), Date.parse(ended_at)]
  const found: Preview[] = []
  if (start < Date.parse(opens_at) || end > Date.parse(deadline_at)) found.push(finding('T01', 'block'))
  const [seconds, least] = [(end - start) / 1000, policy.minimum_visit_s]
  if (outcome === 'reached' && placed.has(mode) && seconds < least) found.push(finding('T04', 'info', least, seconds))
  return found
}

/** A door nobody opened asks for one picture of it at most; who declined or has died is not photographed. */
export function photosRequired(policy: Policy, mode: Mode, outcome: Outcome): number {
  if (outcome === 'refused' || outcome === 'deceased') return 0
  const usual = policy.photos_required[mode]
  return outcome === 'reached' ? usual : Math.min(usual, 1)
}

function aboutEvidence({ mode, outcome, photos, ink, aid }: Said, { policy }: Held): Preview[] {
  const found: Preview[] = []
  const needed = photosRequired(policy, mode, outcome)
  if (photos < needed) found.push(finding('E01', 'review', needed, photos))
  const hasCash = cashOf(aid) > 0
  if (handedOver(aid).length > 0 && isBlank(ink, policy)) found.push(finding('E02', hasCash ? 'block' : 'review'))
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

function aboutAid({ aid, outcome }: Said, { entitlement, handed_before }: Held): Preview[] {
  const handed = handedOver(aid)
  const found: Preview[] = []
  const [promised, earlier, cash] = [entitlement?.cash_fen ?? 0, cashOf(handed_before), cashOf(handed)]
  const left = Math.max(0, promised - earlier)
  if (cash > left) found.push(finding('A01', 'block', left, cash))
  if (outcome !== 'reached') return handed.length > 0 ? [...found, finding('A07', 'block')] : found
  if (!entitlement) return found
  if (earlier + cash < promised) found.push(finding('A02', 'review', promised, earlier + cash))
  const [before, now] = [goodsOf(handed_before), goodsOf(handed)]
  const promisedOf = new Map(entitlement.goods.map((line) => [line.item_id, line.quantity_milli]))
  const differs = (item: string) => {
    const [whole, gone, given] = [promisedOf.get(item) ?? 0, before.get(item) ?? 0, now.get(item) ?? 0]
    return given > Math.max(0, whole - gone) || gone + given < whole
  }
  if ([...promisedOf.keys(), ...now.keys()].some(differs)) found.push(finding('A03', 'review'))
  return found
}
