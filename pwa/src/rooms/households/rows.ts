import type { Household, Outcome, Standing } from '@/api/types'
import { type Place, toWgs84 } from '@/kit/position/datum'
import { distanceM } from '@/kit/position/distance'

/** One household as the list and the map show it. */
export interface Row {
  id: string
  name: string
  address: string
  category: string
  standing: Standing
  lastOutcome: Outcome | null
  lastVisitAt: string | null
  /** A visit sealed on this phone that the server does not have yet. */
  isSealedHere: boolean
  isReached: boolean
  /** Given to whoever holds this phone: they go first. */
  isMine: boolean
  /** In WGS 84, whatever map it was marked on. */
  place: Place | null
  distance_m: number | null
}

export type Show = 'todo' | 'done' | 'all'
export type Order = 'distance' | 'walk' | 'name'
/** What the chip of a row says. */
export type Kind = Standing | 'sealed'
export interface SealedHere {
  household_id: string | null
  campaign_id: string
  outcome: Outcome
}

const collators = new Map<string, Intl.Collator>()
/** Making one takes longer than comparing a hundred names. */
function collatorOf(language: string): Intl.Collator {
  const kept = collators.get(language)
  if (kept) return kept
  const made = new Intl.Collator(language === 'zh-CN' ? 'zh-CN-u-co-pinyin' : language)
  collators.set(language, made)
  return made
}

export function byName(households: readonly Household[], language: string): Household[] {
  const names = collatorOf(language)
  return [...households].sort((a, b) => names.compare(a.head_name, b.head_name) || (a.id < b.id ? -1 : 1))
}

/** In the order the households come in. */
export function toRows(
  households: readonly Household[],
  campaignId: string,
  sealed: readonly SealedHere[],
  here: Place | null,
  me: string | null = null,
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
    const place = household.home ? toWgs84(household.home, household.home.datum) : null
    return {
      id: household.id,
      name: household.head_name,
      address: household.address,
      category: household.category,
      standing,
      lastOutcome: outcomes.at(-1) ?? row?.last_outcome ?? null,
      lastVisitAt: row?.last_visit_at ?? null,
      isSealedHere: outcomes.length > 0,
      isReached: outcomes.includes('reached') || (standing !== 'unreached' && standing !== 'attempted'),
      isMine: me !== null && household.cadre_id === me,
      place,
      distance_m: place && here ? distanceM(place, here) : null,
    }
  })
}

/**
 * Rows come by name and go as asked for; what is equally near, or not on the walk, stays as it came. What was given to me comes before
 * what anybody of the team may do; a walk is my own order and is kept.
 */
export function arrange(rows: readonly Row[], order: Order, walk: readonly string[] = []): Row[] {
  const mine = (a: Row, b: Row) => Number(b.isMine) - Number(a.isMine)
  if (order === 'name') return [...rows].sort(mine)
  const near = [...rows].sort((a, b) => mine(a, b) || (a.distance_m ?? Infinity) - (b.distance_m ?? Infinity) || 0)
  if (order === 'distance') return near
  const steps = new Map(walk.map((id, step) => [id, step]))
  return near.sort((a, b) => (steps.get(a.id) ?? Infinity) - (steps.get(b.id) ?? Infinity) || 0)
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

export const kindOf = (row: Row): Kind => (row.isSealedHere ? 'sealed' : row.standing)

const kinds: readonly Kind[] = ['unreached', 'attempted', 'sealed', 'pending', 'matched', 'disputed', 'settled']

/** How many there are of each kind, of those there are. */
export function countKinds(rows: readonly Row[]): { kind: Kind; count: number }[] {
  const counts = new Map<Kind, number>()
  for (const row of rows) counts.set(kindOf(row), (counts.get(kindOf(row)) ?? 0) + 1)
  return kinds.flatMap((kind) => {
    const count = counts.get(kind)
    return count ? [{ kind, count }] : []
  })
}

export const shownAs = (rows: readonly Row[], show: Show): Row[] =>
  rows.filter((row) => show === 'all' || row.isReached === (show === 'done'))
