import type { AidLine, Campaign, Custody, Entitlement, Fund, Household } from '@/api/types'
import { type WholeDraft, asWhole } from '@/local/drafts'
import type { Draft } from '@/local/shapes'

export interface Means {
  entitlement: Entitlement | null
  funds: readonly Fund[]
  custody: readonly Custody[]
}

/** The purse the cash most likely comes from: held by the team, and earmarked for this purpose or for any. */
export function likelyFund({ entitlement, funds, custody }: Means, teamIds: readonly string[]): Fund | null {
  const held = new Set(
    custody.flatMap((line) => (line.kind === 'cash' && line.amount > 0 && teamIds.includes(line.team_id) ? [line.fund_id] : [])),
  )
  const fits = (fund: Fund) => fund.earmark === 'any' || fund.earmark === entitlement?.purpose
  return (
    funds.find((fund) => held.has(fund.id) && fits(fund)) ??
    funds.find((fund) => held.has(fund.id)) ??
    funds.find(fits) ??
    funds[0] ??
    null
  )
}

/** What was promised, as the first guess of what is handed over. */
export function promisedAid(means: Means, teamIds: readonly string[]): AidLine[] {
  const { entitlement } = means
  if (!entitlement) return []
  const fund = likelyFund(means, teamIds)
  const cash: AidLine[] =
    fund && entitlement.cash_fen > 0 ? [{ kind: 'cash', fund_id: fund.id, amount_fen: entitlement.cash_fen }] : []
  return [...cash, ...entitlement.goods.map((line) => ({ kind: 'goods' as const, ...line }))]
}

export function newDraft(id: string, campaign: Campaign, household: Household, aid: AidLine[], now: string): WholeDraft {
  return draftOf({ id, campaign_id: campaign.id, household_id: household.id, aid }, now)
}

/** Visits that begin without a household: one found at a door, or a group. */
export type Outside = 'found' | 'group'

export function outsideDraft(id: string, campaignId: string, kind: Outside, now: string): WholeDraft {
  const draft = draftOf({ id, campaign_id: campaignId, household_id: null, found: { name: '', address: '', words: '' } }, now)
  // A group comes together to be met: that is how it begins.
  return kind === 'group' ? { ...draft, mode: 'collective', outcome: 'reached', roster: [] } : draft
}

type Begun = Pick<Draft, 'id' | 'campaign_id' | 'household_id'> & Partial<Draft>

export function draftOf(begun: Begun, now: string): WholeDraft {
  return asWhole({
    mode: 'home',
    outcome: null,
    started_at: now,
    position: null,
    recipient: null,
    aid: [],
    strokes: [],
    stroke_box: null,
    notes: '',
    camera_open: false,
    updated_at: now,
    ...begun,
  })
}
