import type { Need } from '@/api/types'

const urgencies = ['now', 'soon', 'later']

/** The most urgent first, and of equally urgent ones the one that has waited longest; an urgency not known here comes after those known. */
export function byUrgency<T extends Pick<Need, 'urgency' | 'raised_at'>>(needs: readonly T[]): T[] {
  const place = (need: T) => (urgencies.includes(need.urgency) ? urgencies.indexOf(need.urgency) : urgencies.length)
  return [...needs].sort((a, b) => place(a) - place(b) || Date.parse(a.raised_at) - Date.parse(b.raised_at))
}
