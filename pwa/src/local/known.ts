import type { VisitBody } from '@/api/types'
import type { Known, OutboxItem } from './shapes'

export function knownFrom({ outcome, ended_at, aid, amends, mode, started_at }: VisitBody): Known {
  return { outcome, ended_at, aid, amends, mode, started_at }
}

/** What is still known of a visit made here; null of anything else, and of one the store does not tell of now. */
export function knownOf(item: OutboxItem): Known | null {
  if (item.kind !== 'visit') return null
  return item.known ?? (item.body_text ? knownFrom(JSON.parse(item.body_text) as VisitBody) : null)
}
