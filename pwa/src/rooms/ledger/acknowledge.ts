import type { AcknowledgeBody, Evidence, Slip } from '@/api/types'
import { newId } from '@/kit/id'
import { inkOf } from '@/kit/ink/strokes'
import type { Opened } from '@/local/opened'
import { finishedBefore, seal } from '@/local/seal'
import type { Count, OutboxItem } from '@/local/shapes'
import { keepSignature } from '@/local/signature'
import { countedLine, differs } from './slips'

/** A count begins with what the store says, so that a slip that is right needs only a look and a signature. */
export function newCount(slip: Slip, now: string): Count {
  return {
    id: newId(),
    slip_id: slip.id,
    campaign_id: slip.campaign_id,
    lines: slip.lines.map((line) => countedLine(line, line.amount)),
    words: '',
    strokes: [],
    stroke_box: null,
    updated_at: now,
  }
}

/** The count as it is said to the server. Words belong to a difference; left over from one that was put right, they go. */
export function bodyOf(slip: Slip, count: Count, signature: Evidence, at: string): AcknowledgeBody {
  const ink = inkOf(count.strokes)
  if (!ink) throw new Error('signature_missing')
  return {
    campaign_id: count.campaign_id,
    slip_id: count.slip_id,
    lines: count.lines,
    evidence: [signature],
    signature_ink: ink,
    acknowledged_at: at,
    words: differs(slip, count.lines) ? count.words.trim() : '',
  }
}

/** The second signature: it becomes a picture, everything is sealed, read back, and only then called signed. */
export async function acknowledge(opened: Opened, slip: Slip, count: Count, label: string, now: Date): Promise<OutboxItem> {
  const before = await finishedBefore(opened, count.id)
  if (before) return before
  const signature = await keepSignature(opened.store, { ...count, position: null })
  const at = now.toISOString()
  return seal(opened, {
    id: count.id,
    kind: 'acknowledge',
    body: bodyOf(slip, count, signature, at),
    label,
    made_at: at,
  })
}
