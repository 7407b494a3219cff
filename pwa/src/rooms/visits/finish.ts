import type { Opened } from '@/local/opened'
import { dropPicture, picturesOf } from '@/local/pictures'
import { finishedBefore, seal } from '@/local/seal'
import type { Draft, OutboxItem } from '@/local/shapes'
import { keepSignature } from '@/local/signature'
import { bodyOf, endOf } from './body'
import { givesAid } from './modes'
import { keepDrawn, withSignature } from './roster/signing'

/** Finishes the visit: the signature becomes a picture, everything is sealed, read back, and only then called saved. */
export async function finish(opened: Opened, given: Draft, label: string, now: Date): Promise<OutboxItem> {
  const { store } = opened
  const before = await finishedBefore(opened, given.id)
  if (before) return before
  const { roster } = given
  const draft = roster ? { ...given, roster: withSignature(roster, await keepDrawn(store, given)) } : given
  const ink = givesAid(draft) && !draft.roster && draft.strokes.length > 0 ? await keepSignature(store, draft) : null
  const kept = (await picturesOf(store, draft.id)).map((picture) => picture.evidence)
  const evidence = kept.filter((one) => one.kind !== 'signature' || draft.roster || one.sha256 === ink?.sha256)
  const body = bodyOf(draft, evidence, endOf(draft, now))
  const names = new Set(body.evidence.map((one) => one.sha256))
  // What the visit does not name the server would wait for in vain.
  for (const { sha256 } of kept) if (!names.has(sha256)) await dropPicture(store, sha256)
  return seal(opened, { id: draft.id, kind: 'visit', body, label, made_at: now.toISOString() })
}
