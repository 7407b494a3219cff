import type { WholeDraft } from '@/local/drafts'
import { givesAid } from './modes'
import { isSomebody, nextToSign } from './roster/roster'
import { rosterNow, signedBefore } from './signed'

/** What the big button at the bottom does next. Each step can be passed over by going down the page to the end. */
export type NextStep =
  'reason' | 'found' | 'outcome' | 'roster' | 'rosterSign' | 'photos' | 'recipient' | 'signature' | 'review' | 'finish'

export interface Progress {
  draft: Pick<WholeDraft, 'outcome' | 'mode' | 'recipient' | 'strokes' | 'aid'> &
    Partial<Pick<WholeDraft, 'household_id' | 'found' | 'roster' | 'far_aid' | 'amending'>>
  photos: number
  photosNeeded: number
  hasReviewed: boolean
  asks: number
}

export function nextStep(progress: Progress): NextStep {
  const { draft, photos, photosNeeded, hasReviewed, asks } = progress
  if (draft.amending && !draft.amending.reason.trim()) return 'reason'
  if (draft.found && !draft.roster && !draft.found.name.trim()) return 'found'
  if (!draft.outcome) return 'outcome'
  const gives = givesAid(draft)
  if (gives && draft.roster) {
    if (!draft.roster.some(isSomebody)) return 'roster'
    if (nextToSign(rosterNow({ amending: null, ...draft, roster: draft.roster }) ?? [])) return 'rosterSign'
  }
  if (photos < photosNeeded) return 'photos'
  if (gives && !draft.roster) {
    if (!draft.recipient?.name.trim()) return 'recipient'
    if (draft.strokes.length === 0 && !signedBefore({ amending: null, roster: null, ...draft })?.stands) return 'signature'
  }
  return asks > 0 && !hasReviewed ? 'review' : 'finish'
}
