import { dropPicture } from '@/local/pictures'
import type { Draft, RosterLine } from '@/local/shapes'
import { keepSignature } from '@/local/signature'
import type { Store } from '@/local/store'

/** The strokes become a picture of the visit's; its hash, and whose it is. Null where nothing was drawn for anybody. */
export async function keepDrawn(store: Store, draft: Draft): Promise<{ line: string; sha256: string } | null> {
  if (!draft.signing || draft.strokes.length === 0) return null
  const { sha256 } = await keepSignature(store, draft)
  return { line: draft.signing, sha256 }
}

export function withSignature(roster: readonly RosterLine[], kept: { line: string; sha256: string } | null): RosterLine[] {
  return roster.map((line) => (line.id === kept?.line ? { ...line, signature: kept.sha256 } : line))
}

/** A signature nobody on the roster has any more. */
export async function dropUnused(store: Store, roster: readonly RosterLine[], sha256: string | null): Promise<void> {
  if (sha256 && !roster.some((line) => line.signature === sha256)) await dropPicture(store, sha256)
}
