import type { Evidence, SaidVisit } from '@/api/types'
import { said } from '@/api/calls'
import { newId } from '@/kit/id'
import type { Amending, Draft } from '@/local/shapes'

/** What was said of a visit, as its correction begins: nobody types a roster of thirty anew to mend one line of it. */
export type Filled = Pick<
  Draft,
  'mode' | 'outcome' | 'recipient' | 'aid' | 'notes' | 'found' | 'roster' | 'far_aid' | 'needs' | 'six_knows'
> &
  Pick<Required<Amending>, 'photos' | 'signed'>

/** Sealed, the phone cannot read it any more; the server can. Null without a line, or where it has not arrived. */
export function askSaid(visitId: string): Promise<SaidVisit | null> {
  return said(visitId).catch(() => null)
}

const isSignature = (one: Evidence) => one.kind === 'signature'

export function filledWith(visit: SaidVisit): Filled {
  const { mode, outcome, aid, notes, group, evidence } = visit
  const amounts = (group?.recipients ?? []).flatMap(({ signature, amount_fen }) =>
    signature ? [[signature, amount_fen] as const] : [],
  )
  return {
    mode,
    outcome,
    aid,
    notes,
    recipient: visit.recipient,
    found: visit.household_id ? null : (visit.found ?? { name: '', address: '', words: '' }),
    roster: group
      ? group.recipients.map((one) => ({ ...one, id: newId(), id_number: one.id_number ?? '' }))
      : mode === 'collective' && !visit.household_id
        ? []
        : null,
    far_aid: aid.length > 0,
    needs: visit.needs,
    six_knows: Object.fromEntries(Object.entries(visit.six_knows ?? {}).filter(([, words]) => words)),
    photos: evidence.filter((one) => !isSignature(one)),
    signed: {
      signatures: evidence.filter(isSignature),
      fen: Object.fromEntries(amounts),
      aid,
      ink: visit.signature_ink,
    },
  }
}
