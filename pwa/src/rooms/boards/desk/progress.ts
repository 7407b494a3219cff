import type { Standing } from '@/api/types'
import { ask } from '@/desk/door'

export type ByStanding = Record<Standing, number>
export interface Part {
  households: number
  reached: number
  by_standing: ByStanding
}
export type Basis = 'not_begun' | 'too_early' | 'too_far' | 'enough' | 'done' | 'over'
/** What is to be expected at the deadline, and what would change it. */
export interface Outlook {
  basis: Basis
  days_known: number
  days_needed: number
  days_left: number
  pace_milli: number | null
  needed_milli: number | null
  expected_reached: number | null
  low_reached: number | null
  high_reached: number | null
  expected_missing: number | null
  cadres: number
  cadre_days_left: number
  cadre_days_needed: number | null
}
export interface DayAhead {
  day: string
  expected: number
  low: number
  high: number
}
export interface Forecast extends Outlook {
  days_ahead: DayAhead[]
}
export interface TeamPart extends Part {
  team_id: string | null
  /** Empty where no team is. */
  team_name: string
  org_name: string
  /** None without a team, and where there are too many teams to tell of each. */
  forecast: Outlook | null
}
export interface CategoryPart extends Part {
  category: string
}
export interface Day {
  day: string
  reached: number
  attempted: number
}
export interface Progress extends Part {
  campaign_id: string
  name: string
  deadline_at: string
  by_team: TeamPart[]
  by_category: CategoryPart[]
  by_day: Day[]
  money: { promised_fen: number; handed_fen: number }
  forecast: Forecast
}

/** In the order in which a household moves through them, best first, as the bars show them. */
export const standings: readonly Standing[] = ['matched', 'settled', 'pending', 'disputed', 'attempted', 'unreached']

export const fetchProgress = (campaign: string) => ask<Progress>('/progress', { campaign })

/** Every day from the first to the last, so that a day nobody went out shows as the gap it is; at most the latest `most`. */
export function everyDay(days: readonly Day[], most: number): Day[] {
  const sorted = [...days].sort((a, b) => a.day.localeCompare(b.day))
  const [first, last] = [sorted[0], sorted.at(-1)]
  if (!first || !last) return []
  const known = new Map(sorted.map((day) => [day.day, day]))
  const end = Date.parse(`${last.day}T00:00:00Z`)
  const start = Math.max(Date.parse(`${first.day}T00:00:00Z`), end - (most - 1) * 86_400_000)
  const all: Day[] = []
  for (let at = start; at <= end; at += 86_400_000) {
    const day = new Date(at).toISOString().slice(0, 10)
    all.push(known.get(day) ?? { day, reached: 0, attempted: 0 })
  }
  return all
}

/** A round number at or above the highest bar, for the axis. */
export function axisTop(highest: number): number {
  if (highest <= 4) return 4
  const step = 10 ** Math.floor(Math.log10(highest))
  return [1, 2, 4, 5, 6, 8, 10].map((times) => times * step).find((top) => top >= highest) ?? highest
}
