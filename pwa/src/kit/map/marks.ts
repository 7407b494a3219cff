import type { Place } from '@/kit/position/datum'
import type { IconName } from '@/kit/ui/icons'

/** One thing on the map. Its icon says what its colour says. */
export interface Mark {
  id: string
  /** In WGS 84; the map moves it to its own datum. */
  place: Place
  name: string
  tone: 'good' | 'warn' | 'bad' | 'cool' | 'plain'
  icon: IconName
  /** Shown instead of the icon; a numbered mark is never hidden in a bunch. */
  number?: number | undefined
  isNext?: boolean
  isPicked?: boolean
}
