import type {
  AidLine,
  Campaign,
  Entitlement,
  Evidence,
  Home,
  Ink,
  Mode,
  Outcome,
  Policy,
  Position,
  Recipient,
  Severity,
  VisitBody,
} from '@/api/types'

/** The part of a campaign's policy that can be asked about at the door. */
export type Limits = Pick<
  Policy,
  | 'distance_limit_m'
  | 'accuracy_limit_m'
  | 'minimum_visit_s'
  | 'photos_required'
  | 'ink_strokes_min'
  | 'ink_points_min'
  | 'ink_box_px_min'
>

/** What the visit says, in the words in which it is sealed. */
export interface Said {
  mode: Mode
  outcome: Outcome
  position: Position | null
  recipient: Recipient | null
  aid: readonly AidLine[]
  group: VisitBody['group']
  evidence: readonly Pick<Evidence, 'sha256' | 'kind' | 'source'>[]
  signature_ink: Ink | null
  amends: string | null
}

/** An earlier visit to the household in this campaign, as far as the phone knows it. */
export interface Earlier {
  id: string
  amends: string | null
  aid: readonly AidLine[]
}

/** A visit about to be sealed, with all that the phone knows of what it will be held against. */
export interface Scene {
  said: Said
  /** By the clock corrected as the server will correct it. */
  started_at: string
  ended_at: string
  season: Pick<Campaign, 'opens_at' | 'deadline_at'> & { policy: Limits }
  /** None for somebody found at the door and for a group. */
  file: { home: Home | null; names: readonly string[] } | null
  entitlement: Pick<Entitlement, 'cash_fen' | 'goods'> | null
  earlier: readonly Earlier[]
}

export type Code = 'I01' | 'P01' | 'P02' | 'P03' | 'T01' | 'T04' | 'E01' | 'E02' | 'A01' | 'A02' | 'A03' | 'A07' | 'G01'
export type Facts = Readonly<Record<string, string | number>>

/** One thing that will be asked about. */
export interface Preview {
  code: Code
  severity: Severity
  subject: string
  expected: Facts
  actual: Facts | null
}
export type Rule = (scene: Scene) => Preview[]

export function ask(code: Code, severity: Severity, subject: string, expected: Facts, actual: Facts | null): Preview[] {
  return [{ code, severity, subject, expected, actual }]
}

export const hasPlace = (mode: Mode) => mode !== 'phone' && mode !== 'letter'
export const handsOver = ({ aid }: Pick<Said, 'aid'>) => aid.length > 0

/** Whether the visit met the household, or handed something over whatever it says. */
export const delivers = (said: Said) => said.outcome === 'reached' || handsOver(said)

export function cashOf(aid: readonly AidLine[]): number {
  return aid.reduce((sum, line) => sum + (line.kind === 'cash' ? line.amount_fen : 0), 0)
}

export function goodsOf(aid: readonly AidLine[]): Map<string, number> {
  const sums = new Map<string, number>()
  for (const line of aid) if (line.kind === 'goods') sums.set(line.item_id, (sums.get(line.item_id) ?? 0) + line.quantity_milli)
  return sums
}

/** What earlier visits handed over; one that another amends, this one too, answers for nothing any more. */
export function handedBefore({ earlier, said }: Scene): AidLine[] {
  const amended = new Set([said.amends, ...earlier.map((visit) => visit.amends)])
  return earlier.filter((visit) => !amended.has(visit.id)).flatMap((visit) => visit.aid)
}
