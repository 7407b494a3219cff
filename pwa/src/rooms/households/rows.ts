import type { Home, Household, Outcome, Standing } from '@/api/types'
import { type Place, toWgs84 } from '@/kit/position/datum'
import { distanceM } from '@/kit/position/distance'

/** One household as the list shows it. */
export interface Row {
  id: string
  name: string
  address: string
  category: string
  standing: Standing
  lastOutcome: Outcome | null
  /** A visit sealed on this phone that the server does not have yet. */
  isSealedHere: boolean
  isReached: boolean
  distance_m: number | null
}

export type Show = 'todo' | 'done' | 'all'
export type Order = 'distance' | 'name'
export interface SealedHere {
  household_id: string | null
  campaign_id: string
  outcome: Outcome
}

const homeDistance = (home: Home | null, here: Place | null) => (home && here ? distanceM(toWgs84(home, home.datum), here) : null)

export function toRows(
  households: readonly Household[],
  campaignId: string,
  sealed: readonly SealedHere[],
  here: Place | null,
): Row[] {
  const outcomesOf = new Map<string, Outcome[]>()
  for (const visit of sealed) {
    if (visit.campaign_id !== campaignId || !visit.household_id) continue
    outcomesOf.set(visit.household_id, [...(outcomesOf.get(visit.household_id) ?? []), visit.outcome])
  }
  return households.map((household) => {
    const row = household.standings.find((standing) => standing.campaign_id === campaignId)
    const outcomes = outcomesOf.get(household.id) ?? []
    const standing = row?.standing ?? 'unreached'
    return {
      id: household.id,
      name: household.head_name,
      address: household.address,
      category: household.category,
      standing,
      lastOutcome: outcomes.at(-1) ?? row?.last_outcome ?? null,
      isSealedHere: outcomes.length > 0,
      isReached: outcomes.includes('reached') || (standing !== 'unreached' && standing !== 'attempted'),
      distance_m: homeDistance(household.home, here),
    }
  })
}

/** `initials` gives the pinyin of a text once it is loaded; without it, characters and street numbers still find. */
export function search(rows: readonly Row[], query: string, initials: ((text: string) => string) | null): Row[] {
  const words = query.trim().toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return [...rows]
  return rows.filter((row) => {
    const text = `${row.name} ${row.address}`.toLowerCase()
    const sounds = initials ? `${initials(row.name)} ${initials(row.address)}` : ''
    return words.every((word) => text.includes(word) || (/^[a-z]+$/.test(word) && sounds.includes(word)))
  })
}

export function arrange(rows: readonly Row[], show: Show, order: Order, language: string): Row[] {
  const shown = rows.filter((row) => show === 'all' || row.isReached === (show === 'done'))
  const names = new Intl.Collator(language === 'zh-CN' ? 'zh-CN-u-co-pinyin' : language)
  const byName = (a: Row, b: Row) => names.compare(a.name, b.name) || a.id.localeCompare(b.id)
  if (order === 'name') return shown.sort(byName)
  return shown.sort((a, b) => (a.distance_m ?? Infinity) - (b.distance_m ?? Infinity) || byName(a, b))
}
