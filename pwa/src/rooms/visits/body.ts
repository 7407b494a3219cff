import type { Evidence, Found, VisitBody } from '@/api/types'
import { inkOf } from '@/kit/ink/strokes'
import { type WholeDraft, asWhole } from '@/local/drafts'
import type { Draft, Picture } from '@/local/shapes'
import { givesAid, hasPlace } from './modes'
import { groupOf, noName } from './roster/roster'
import { rosterNow, signedBefore } from './signed'

/** The visit as it is said to the server: an outcome other than reached hands nothing over and asks nobody to sign. */
export function bodyOf(given: Draft, evidence: readonly Evidence[], endedAt: string): VisitBody {
  const draft = asWhole(given)
  if (!draft.outcome) throw new Error('outcome_missing')
  const gives = givesAid(draft)
  const roster = rosterNow(draft)
  const group = gives && roster ? groupOf(roster) : null
  const before = gives ? signedBefore(draft) : null
  const earlier = before?.stands ? before : null
  const found = draft.household_id ? null : foundIn(draft.found, group !== null)
  return {
    campaign_id: draft.campaign_id,
    household_id: draft.household_id,
    ...(found ? { found } : {}),
    mode: draft.mode,
    outcome: draft.outcome,
    started_at: draft.started_at,
    ended_at: endedAt,
    position: hasPlace(draft.mode) ? draft.position : null,
    recipient: gives && !draft.roster ? recipientIn(draft) : null,
    aid: gives ? draft.aid.filter((line) => (line.kind === 'cash' ? line.amount_fen : line.quantity_milli) > 0) : [],
    group,
    evidence: named({ ...draft, roster }, earlier ? [...evidence, earlier.evidence] : evidence, gives),
    signature_ink: gives && !draft.roster ? (earlier?.ink ?? inkOf(draft.strokes)) : null,
    six_knows: knownIn(draft),
    needs: draft.needs.filter((need) => need.words.trim()).map((need) => ({ ...need, words: need.words.trim() })),
    notes: draft.notes.trim(),
    amends: draft.amending?.id ?? null,
    ...(draft.amending ? { amend_reason: draft.amending.reason.trim() } : {}),
  }
}

/** The place of a group may stay unnamed; who was found at a door may not. */
function foundIn(found: Found | null, isGroup: boolean): Found | null {
  const { name, address, words } = found ?? { name: '', address: '', words: '' }
  const said = { name: name.trim(), address: address.trim(), words: words.trim() }
  if (isGroup && !said.name && !said.address && !said.words) return null
  return { ...said, name: said.name || noName }
}

function recipientIn({ recipient }: WholeDraft): VisitBody['recipient'] {
  if (!recipient?.name.trim()) return null
  const proxy_reason = recipient.proxy_reason?.trim()
  return { name: recipient.name.trim(), relation: recipient.relation, ...(proxy_reason ? { proxy_reason } : {}) }
}

/** Photos of a corrected visit are named again; of a group's signatures, those its roster names. */
function named({ roster, amending }: WholeDraft, evidence: readonly Evidence[], gives: boolean): Evidence[] {
  const signed = roster && new Set(roster.map((line) => line.signature))
  const all = signed ? [...evidence, ...(amending?.signed?.signatures ?? [])] : evidence
  const own = all.filter((one) => one.kind !== 'signature' || (gives && (!signed || signed.has(one.sha256))))
  const names = new Set(own.map((one) => one.sha256))
  return [...own, ...(amending?.photos ?? []).filter((one) => !names.has(one.sha256))]
}

function knownIn({ six_knows }: WholeDraft): VisitBody['six_knows'] {
  const said = Object.entries(six_knows).flatMap(([name, words]) => (words.trim() ? [[name, words.trim()]] : []))
  return said.length > 0 ? Object.fromEntries(said) : null
}

/** The visit as it would be said now, for the look at it before it is sealed: the ink has not become a picture yet. */
export function bodyNow(draft: Draft, pictures: readonly Picture[], endedAt: string): VisitBody {
  const evidence = pictures.map((picture) => picture.evidence)
  if (draft.roster) return bodyOf(draft, evidence, endedAt)
  const photos = evidence.filter((one) => one.kind !== 'signature')
  const ink: Evidence = {
    sha256: '',
    kind: 'signature',
    subject: 'recipient',
    source: 'ink',
    media_type: 'image/png',
    bytes: 0,
    taken_at: endedAt,
  }
  return bodyOf(draft, draft.strokes.length > 0 ? [...photos, ink] : photos, endedAt)
}

const longestMs = 24 * 3_600_000

/**
 * When the visit ended: now, as a rule. One left open overnight ended when it was last written in, and a phone whose clock
 * was set back did not end it before it began; the server takes neither a visit of days nor one that runs backwards.
 * A correction keeps the times of the visit it corrects.
 */
export function endOf(draft: Pick<Draft, 'started_at' | 'updated_at' | 'amending'>, now: Date): string {
  if (draft.amending) return draft.amending.ended_at
  const start = Date.parse(draft.started_at)
  const isLong = now.getTime() - start > longestMs
  const end = isLong ? Math.min(Date.parse(draft.updated_at), start + longestMs) : now.getTime()
  return new Date(Math.max(start, end)).toISOString()
}
