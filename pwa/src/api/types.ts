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
export type Household = Answer<'HouseholdSeen'>
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
export type VisitSummary = Omit<Answer<'VisitSeen'>, 'findings'> & { findings: Finding[] }
export type Pull = Omit<Answer<'Pulled'>, 'campaigns' | 'visits' | 'log_heads' | 'checks' | 'needs'> & {
  campaigns: Campaign[]
  visits: VisitSummary[]
}

export type AidLine = Answer<'Aid'>
export type Recipient = Server['Recipient']
export type Evidence = Server['NamedEvidence']
export type Ink = Answer<'Ink'>
/** A visit as this phone says it: of what the server would take, no more than the phone has a place for. */
export type VisitBody = Omit<
  Whole<Server['VisitSaid']>,
  'found' | 'evidence' | 'recipient' | 'enterprise_id' | 'amend_reason'
> & {
  found?: Server['Found']
  evidence: Evidence[]
  recipient: Recipient | null
}

/** The second signature under a slip: what the lead counted. */
export type AcknowledgeBody = Omit<Answer<'AcknowledgeSaid'>, 'evidence'> & { evidence: Evidence[] }

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
