import type { CheckBody, Evidence } from '@/api/types'
import type { Opened } from '@/local/opened'
import { dropPicture, picturesOf } from '@/local/pictures'
import { finishedBefore, seal } from '@/local/seal'
import type { Asking, OutboxItem } from '@/local/shapes'
import { answersOf } from './answers'

/** What the household said, as it is said to the server: by telephone there is neither a place nor a photo. */
export function bodyOf(asking: Asking, evidence: readonly Evidence[], at: string): CheckBody {
  const isVisit = asking.typed.how === 'visit'
  return {
    campaign_id: asking.campaign_id,
    check_id: asking.check_id,
    asked_at: at,
    answers: { ...answersOf(asking.typed), position: isVisit ? asking.position : null },
    evidence: isVisit ? [...evidence] : [],
  }
}

/** Keeps the answers for good: sealed with their photos, read back, and only then called kept. */
export async function keepAnswers(opened: Opened, asking: Asking, label: string, now: Date): Promise<OutboxItem> {
  const before = await finishedBefore(opened, asking.id)
  if (before) return before
  const kept = (await picturesOf(opened.store, asking.id)).map((picture) => picture.evidence)
  const at = now.toISOString()
  const body = bodyOf(asking, kept, at)
  const names = new Set(body.evidence.map((one) => one.sha256))
  // What is not named the server would wait for in vain.
  for (const { sha256 } of kept) if (!names.has(sha256)) await dropPicture(opened.store, sha256)
  return seal(opened, { id: asking.id, kind: 'check', body, label, made_at: at })
}
