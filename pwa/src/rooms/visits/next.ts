import type { Draft } from '@/local/shapes'

/** What the big button at the bottom does next. Each step can be passed over by going down the page to the end. */
export type NextStep = 'outcome' | 'photos' | 'recipient' | 'signature' | 'review' | 'finish'

export interface Progress {
  draft: Pick<Draft, 'outcome' | 'mode' | 'recipient' | 'strokes'>
  photos: number
  photosNeeded: number
  hasReviewed: boolean
  asks: number
}

export function nextStep({ draft, photos, photosNeeded, hasReviewed, asks }: Progress): NextStep {
  if (!draft.outcome) return 'outcome'
  if (photos < photosNeeded) return 'photos'
  if (draft.outcome === 'reached') {
    if (!draft.recipient?.name.trim()) return 'recipient'
    if (draft.strokes.length === 0 && draft.mode !== 'phone' && draft.mode !== 'letter') return 'signature'
  }
  return asks > 0 && !hasReviewed ? 'review' : 'finish'
}
