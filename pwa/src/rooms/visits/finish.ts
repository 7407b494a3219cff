import type { Evidence, VisitBody } from '@/api/types'
import { inkOf } from '@/kit/ink/strokes'
import type { Opened } from '@/local/opened'
import { picturesOf } from '@/local/pictures'
import { finishedBefore, seal } from '@/local/seal'
import type { Draft, OutboxItem, Picture } from '@/local/shapes'
import { keepSignature } from '@/local/signature'

/** The visit as it is said to the server: an outcome other than reached hands nothing over and asks nobody to sign. */
export function bodyOf(draft: Draft, evidence: Evidence[], endedAt: string): VisitBody {
  if (!draft.outcome) throw new Error('outcome_missing')
  const isReached = draft.outcome === 'reached'
  const recipient = isReached && draft.recipient?.name.trim() ? draft.recipient : null
  return {
    campaign_id: draft.campaign_id,
    household_id: draft.household_id,
    mode: draft.mode,
    outcome: draft.outcome,
    started_at: draft.started_at,
    ended_at: endedAt,
    position: draft.position,
    recipient: recipient && {
      name: recipient.name.trim(),
      relation: recipient.relation,
      ...(recipient.proxy_reason?.trim() ? { proxy_reason: recipient.proxy_reason.trim() } : {}),
    },
    aid: isReached ? draft.aid.filter((line) => (line.kind === 'cash' ? line.amount_fen : line.quantity_milli) > 0) : [],
    group: null,
    evidence: evidence.filter((one) => isReached || one.kind !== 'signature'),
    signature_ink: isReached ? inkOf(draft.strokes) : null,
    six_knows: null,
    needs: [],
    notes: draft.notes.trim(),
    amends: null,
  }
}

/** The visit as it would be said now, for the look at it before it is sealed: the ink has not become a picture yet. */
export function bodyNow(draft: Draft, pictures: readonly Picture[], endedAt: string): VisitBody {
  const photos = pictures.map((picture) => picture.evidence).filter((one) => one.kind !== 'signature')
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
 */
export function endOf(draft: Pick<Draft, 'started_at' | 'updated_at'>, now: Date): string {
  const start = Date.parse(draft.started_at)
  const isLong = now.getTime() - start > longestMs
  const end = isLong ? Math.min(Date.parse(draft.updated_at), start + longestMs) : now.getTime()
  return new Date(Math.max(start, end)).toISOString()
}

/** Finishes the visit: the signature becomes a picture, everything is sealed, read back, and only then called saved. */
export async function finish(opened: Opened, draft: Draft, label: string, now: Date): Promise<OutboxItem> {
  const before = await finishedBefore(opened, draft.id)
  if (before) return before
  const kept = await picturesOf(opened.store, draft.id)
  const photos = kept.filter((picture) => picture.evidence.kind !== 'signature').map((picture) => picture.evidence)
  const hasSigned = draft.outcome === 'reached' && draft.strokes.length > 0
  const evidence = hasSigned ? [...photos, await keepSignature(opened.store, draft)] : photos
  const body = bodyOf(draft, evidence, endOf(draft, now))
  return seal(opened, { id: draft.id, kind: 'visit', body, label, made_at: now.toISOString() })
}
