import type { Place } from '@/kit/position/datum'
import type { IconName } from '@/kit/ui/icons'

export type Tone = 'good' | 'warn' | 'bad' | 'cool' | 'plain'
export type Parts = Partial<Record<Tone, number>>

/** One thing on the map. Its icon says what its colour says. */
export interface Mark {
  id: string
  /** In WGS 84; the map moves it to its own datum. */
  place: Place
  name: string
  tone: Tone
  icon: IconName
  /** Shown instead of the icon; a numbered mark is never hidden in a bunch. */
  number?: number | undefined
  /** How many it stands for, where it is more than itself, and how they are made up: drawn as a ring around their number. */
  count?: number
  parts?: Parts
  isNext?: boolean
  isPicked?: boolean
}

/** How many a bunch of marks stands for. */
export const countOf = (marks: readonly Mark[]) => marks.reduce((sum, { count }) => sum + (count ?? 1), 0)

/** A ring in the colours of what a bunch is made up of, the worst first; none where nothing is known of it. */
export function ringOf(marks: readonly Mark[]): string | null {
  if (!marks.some(({ parts }) => parts)) return null
  const sums = { bad: 0, warn: 0, cool: 0, good: 0, plain: 0 }
  for (const { tone, count, parts } of marks) {
    if (parts) for (const [of, n] of Object.entries(parts) as [Tone, number][]) sums[of] += n
    else sums[tone] += count ?? 1
  }
  const all = Object.values(sums).reduce((sum, n) => sum + n, 0)
  let so = 0
  const stops = Object.entries(sums).flatMap(([tone, n]) => {
    const from = so
    so += (n / all) * 100
    return n > 0 ? [`var(--${tone === 'plain' ? 'line' : tone}) ${from.toFixed(1)}% ${so.toFixed(1)}%`] : []
  })
  return `conic-gradient(${stops.join(', ')})`
}
