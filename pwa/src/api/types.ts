/** The shapes of the phone's door, version 1, as the HTTP contract fixes them. */

export type Datum = 'wgs84' | 'gcj02' | 'bd09'
export type Mode = 'home' | 'ward' | 'workplace' | 'phone' | 'letter' | 'collective'
export type Outcome = 'reached' | 'absent' | 'moved' | 'deceased' | 'refused' | 'not_found'
export type Relation = 'self' | 'spouse' | 'child' | 'parent' | 'relative' | 'neighbour' | 'official' | 'other'
export type Standing = 'unreached' | 'attempted' | 'pending' | 'matched' | 'disputed' | 'settled'
export type Severity = 'block' | 'review' | 'info'

export interface Position {
  latitude: number
  longitude: number
  accuracy_m: number
  taken_at: string
  datum: Datum
  source: 'gps' | 'network' | 'manual'
}
export interface Home {
  latitude: number
  longitude: number
  datum: Datum
}

export interface Team {
  id: string
  code: string
  name: string
  is_lead: boolean
}
export interface Me {
  id: string
  name: string
  username: string
  roles: string[]
  org: { id: string; name: string; level: string }
  teams: Team[]
  team: Team | null
  language: string
}
export interface SessionReply {
  access_token: string
  expires_in: number
  user: Me
}

export interface Policy {
  distance_limit_m: number
  accuracy_limit_m: number
  minimum_visit_s: number
  photos_required: Record<Mode, number>
  ink_strokes_min: number
  ink_points_min: number
  ink_box_px_min: number
  evidence_wait_h: number
  late_days: number
  clock_skew_s: number
  version: number
}
export interface Totals {
  households: number
  reached: number
  unreached: number
  attempted: number
  pending: number
  matched: number
  disputed: number
  settled: number
}
export interface Campaign {
  id: string
  name: string
  theme: string
  org_id: string
  status: string
  opens_at: string
  deadline_at: string
  policy: Policy
  seal_key: string | null
  totals: Totals
}
export interface FieldTeam {
  id: string
  code: string
  name: string
  org_id: string
  is_lead: boolean
  members: { id: string; name: string; is_lead: boolean }[]
}
export interface HouseholdStanding {
  campaign_id: string
  standing: Standing
  last_outcome: Outcome | null
  last_visit_at: string | null
  visits: number
}
export interface Household {
  id: string
  version: number
  team_id: string | null
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
  status: string
  members: { name: string; relation: string }[]
  missing_materials: string[]
  remarks: string
  standings: HouseholdStanding[]
}
export interface Entitlement {
  id: string
  campaign_id: string
  household_id: string
  cash_fen: number
  purpose: string
  goods: { item_id: string; quantity_milli: number }[]
}
export interface Goods {
  id: string
  name: string
  unit: string
  unit_value_fen: number
}
export interface Fund {
  id: string
  campaign_id: string
  name: string
  source: string
  earmark: string
}
export interface Custody {
  team_id: string
  campaign_id: string
  kind: 'cash' | 'goods'
  fund_id?: string
  item_id?: string
  amount: number
}
export interface Finding {
  id: string
  code: string
  severity: Severity
  subject: string
  says: string
  expected: unknown
  actual: unknown
  evidence: string[]
  status: 'open' | 'explained' | 'corrected' | 'confirmed'
}
export interface VisitSummary {
  id: string
  household_id: string | null
  campaign_id: string
  outcome: Outcome
  mode: Mode
  started_at: string
  ended_at: string
  cadre_name: string
  standing: Standing | null
  missing_evidence: string[]
  findings: Finding[]
}
export interface Pull {
  cursor: string
  whole: boolean
  server_time: string
  time_token: string
  receipt_key: { kid: string; public_key: string }
  campaigns: Campaign[]
  teams: FieldTeam[]
  households: Household[]
  removed: string[]
  entitlements: Entitlement[]
  goods: Goods[]
  funds: Fund[]
  custody: Custody[]
  visits: VisitSummary[]
}

export type AidLine =
  { kind: 'cash'; fund_id: string; amount_fen: number } | { kind: 'goods'; item_id: string; quantity_milli: number }
export interface Recipient {
  name: string
  relation: Relation
  proxy_reason?: string
}
export interface Evidence {
  sha256: string
  kind: 'photo' | 'signature' | 'document'
  subject: 'door' | 'handover' | 'recipient' | 'home' | 'material' | 'other'
  source: 'camera' | 'gallery' | 'ink'
  media_type: string
  bytes: number
  taken_at: string
  position?: Position
  original_sha256?: string
}
export interface Ink {
  strokes: number
  points: number
  box_px: [number, number]
}
export interface VisitBody {
  campaign_id: string
  household_id: string | null
  found?: { name: string; address: string; words: string }
  mode: Mode
  outcome: Outcome
  started_at: string
  ended_at: string
  position: Position | null
  recipient: Recipient | null
  aid: AidLine[]
  group: null
  evidence: Evidence[]
  signature_ink: Ink | null
  six_knows: null
  needs: []
  notes: string
  amends: string | null
}

export type ItemKind = 'visit' | 'check' | 'acknowledge' | 'need' | 'proposal'
export interface ProblemBody {
  code: string
  title: string
  detail?: string
  status: number
  request_id?: string
  errors?: { pointer: string; code: string; detail: string }[]
}
export interface PushResult {
  id: string
  status: 'stored' | 'duplicate' | 'conflict' | 'refused'
  standing?: Standing | null
  missing_evidence: string[]
  findings: Finding[]
  receipt?: string | null
  problem?: ProblemBody | null
}
export interface PushReply {
  results: PushResult[]
  device: { accepted_through: number; gaps: unknown[] }
}
