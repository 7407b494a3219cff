/** The shapes of the phone's door, by the names the phone uses; all of them are the server's own document's. */
import type { components } from './schema'
import type { Whole } from './whole'

type Server = components['schemas']
/** What the server answers. */
type Answer<Name extends keyof Server> = Whole<Server[Name]>

export type Datum = Server['Datum']
export type Mode = Server['Mode']
export type Outcome = Server['Outcome']
export type Relation = Server['Relation']
export type Standing = Server['Standing']
export type Severity = Server['Severity']

export type Position = Answer<'Position'>
export type Home = Answer<'PulledHome'>
export type Team = Answer<'OwnTeam'>
export type Me = Answer<'Me'>
export type SessionReply = Answer<'Session'>

export type Policy = Answer<'Policy'>
export type Totals = Answer<'Totals'>
/** What visits are sealed to; its public key is base64 of an uncompressed point on P-256. */
export type SealKey = Answer<'SealKey'>
/** Where it has no key, what is made for this campaign travels in the clear. */
export type Campaign = Answer<'CampaignSeen'>
export type FieldTeam = Answer<'TeamSeen'>
export type HouseholdStanding = Answer<'StandingSeen'>
/** Servers before this phone's do not say who goes first. */
export type Household = Omit<Answer<'HouseholdSeen'>, 'cadre_id'> & Partial<Pick<Answer<'HouseholdSeen'>, 'cadre_id'>>
export type Entitlement = Answer<'EntitlementSeen'>
export type Goods = Answer<'GoodsSeen'>
export type Fund = Answer<'FundSeen'>
export type Custody = Answer<'Custody'>
export type CustodyOf = Server['CustodyOf']
export type Slip = Answer<'SlipSeen'>
export type SlipLine = Answer<'SlipLine'>
/** What was expected and found is of another shape for every code. */
/** Codes are open: a server newer than this phone knows more of them. */
export type Finding = Omit<Answer<'FindingSeen'>, 'code' | 'expected' | 'actual'> & {
  code: string
  expected: unknown
  actual: unknown
}
/** Servers before this phone's lack what is marked as missing here. */
export type VisitSummary = Omit<Answer<'VisitSeen'>, 'findings' | 'cadre_id' | 'aid' | 'amends' | 'amended_by'> &
  Partial<Pick<Answer<'VisitSeen'>, 'cadre_id' | 'aid' | 'amends' | 'amended_by'>> & { findings: Finding[] }
export type Need = Answer<'NeedSeen'>
/** Whom a supervisor is to ask; nothing of what the cadre wrote is in it. */
export type CheckSeen = Answer<'CheckSeen'>
export type CheckGoods = Answer<'CheckGoods'>
export type BaseMap = Answer<'BaseMap'>
/** A server older than this phone tells neither needs nor a map, and no goods to pick from. Checks are all of them, or none where nothing changed. */
export type Pull = Omit<
  Answer<'Pulled'>,
  'campaigns' | 'households' | 'visits' | 'log_heads' | 'checks' | 'check_goods' | 'needs' | 'base_map'
> & {
  campaigns: Campaign[]
  households: Household[]
  visits: VisitSummary[]
  needs?: Need[]
  checks?: CheckSeen[] | null
  check_goods?: CheckGoods[]
  base_map?: BaseMap | null
}

export type AidLine = Answer<'Aid'>
export type Recipient = Server['Recipient']
export type Evidence = Server['NamedEvidence']
export type Ink = Answer<'Ink'>
/** A visit as this phone says it: of what the server would take, no more than the phone has a place for. */
export type VisitBody = Omit<
  Whole<Server['VisitSaid']>,
  'found' | 'evidence' | 'recipient' | 'enterprise_id' | 'amend_reason' | 'six_knows' | 'needs'
> & {
  found?: Found
  evidence: Evidence[]
  recipient: Recipient | null
  six_knows: SixKnows | null
  needs: NeedSaid[]
  amend_reason?: string
}

/** A visit of one's own as the server holds it. */
export type SaidVisit = Omit<Answer<'VisitSaid'>, 'evidence' | 'needs'> & { evidence: Evidence[]; needs: NeedSaid[] }

/** A household on no list, or the place of a group. */
export type Found = Answer<'Found'>
export const needKinds = ['medical', 'schooling', 'work', 'housing', 'goods', 'legal', 'other'] as const
export type NeedKind = (typeof needKinds)[number]
export const urgencies = ['now', 'soon', 'later'] as const
export type Urgency = (typeof urgencies)[number]
/** A need as the phone says it; the server tells of it as `Need`. */
export interface NeedSaid {
  kind: NeedKind
  words: string
  urgency: Urgency
}
/** Six things known and one thing decided; only what was asked at the door is there. */
export type SixKnows = Partial<Record<keyof Server['SixKnows'], string>>
export const sixKnows: readonly (keyof SixKnows)[] = [
  'address',
  'living_conditions',
  'cause',
  'illness',
  'low_income_benefit',
  'schooling',
  'measure',
]

/** The second signature under a slip: what the lead counted. */
export type AcknowledgeBody = Omit<Answer<'AcknowledgeSaid'>, 'evidence'> & { evidence: Evidence[] }

/** What a household says at a spot check, before anybody has told it what the cadre wrote. */
export type Answers = Answer<'Answers'>
/** The same as this phone seals it; its photos stand beside it. */
export type CheckBody = Omit<Answer<'CheckSaid'>, 'evidence' | 'answers'> & { answers: Answers; evidence: Evidence[] }

export type ItemKind = Server['ItemKind']
/** Also made by the phone itself, with codes of its own and no request behind it. */
export type ProblemBody = Omit<Partial<Server['ProblemBody']>, 'code' | 'title' | 'status'> & {
  code: string
  title: string
  status: number
}
export type PushResult = Omit<Server['ItemResult'], 'findings' | 'problem'> & {
  findings: Finding[]
  problem?: ProblemBody | null
}
export type PushReply = Omit<Server['PushAnswer'], 'results'> & { results: PushResult[] }
