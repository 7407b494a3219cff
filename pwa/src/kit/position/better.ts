import type { Position } from '@/api/types'
import { distanceM } from './distance'

/**
 * Whether a new fix should take the old one's place. Until the visit is under way the person may still be walking, so a
 * fix from elsewhere wins; afterwards only a sharper fix of the same place does, or notes written on the way home would move the visit.
 */
export function isBetter(old: Position | null, next: Position, isUnderWay: boolean): boolean {
  if (!old) return true
  const hasMoved = distanceM(old, next) > old.accuracy_m + next.accuracy_m
  if (hasMoved) return !isUnderWay
  return next.accuracy_m < old.accuracy_m * 0.9
}
