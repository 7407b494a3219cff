import type { AidLine, Evidence, Ink } from '@/api/types'
import type { WholeDraft } from '@/local/drafts'
import type { Amending, RosterLine } from '@/local/shapes'

type Signed = NonNullable<Amending['signed']>

/** A signature stands for what was signed for: where that has changed, it has lapsed. */
const lapsed = (line: RosterLine, signed: Signed | undefined) => {
  const fen = signed?.fen[line.signature ?? '']
  return fen !== undefined && fen !== line.amount_fen
}

/** The roster as it would be said now: of a correction, without the signatures that have lapsed. */
export function rosterNow({ roster, amending }: Pick<WholeDraft, 'roster' | 'amending'>): RosterLine[] | null {
  return roster && roster.map((line) => (lapsed(line, amending?.signed) ? { ...line, signature: null } : line))
}

const amountOf = (line: AidLine) => (line.kind === 'cash' ? line.amount_fen : line.quantity_milli)
const nameOf = (line: AidLine) => (line.kind === 'cash' ? `cash ${line.fund_id}` : `goods ${line.item_id}`)
const told = (aid: readonly AidLine[]) =>
  aid
    .filter((line) => amountOf(line) > 0)
    .map((line) => `${nameOf(line)} ${amountOf(line)}`)
    .sort()
    .join()

export interface Earlier {
  evidence: Evidence
  ink: Ink | null
  /** What is handed over is what was signed for. */
  stands: boolean
}

/** The signature of the visit that is corrected, unless another has been drawn since. */
export function signedBefore({
  amending,
  roster,
  strokes,
  aid,
}: Pick<WholeDraft, 'amending' | 'roster' | 'strokes' | 'aid'>): Earlier | null {
  const [evidence] = amending?.signed?.signatures ?? []
  if (!amending?.signed || !evidence || roster || strokes.length > 0) return null
  return { evidence, ink: amending.signed.ink, stands: told(aid) === told(amending.signed.aid) }
}
