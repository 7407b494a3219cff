import type { Mode } from '@/api/types'
import type { Draft } from '@/local/shapes'

export const hasPlace = (mode: Mode) => mode !== 'phone' && mode !== 'letter'

/** Whether something may change hands: from hand to hand, or by post or transfer where that is said. */
export function givesAid({ outcome, mode, far_aid }: Pick<Draft, 'outcome' | 'mode' | 'far_aid'>): boolean {
  return outcome === 'reached' && (hasPlace(mode) || Boolean(far_aid))
}
