import { type Flow, type FlowLink, type FlowNode, type Lens, weigh } from './flow'

/** A place in the picture: an account, all teams too small to be drawn alone, or the way back into a store. */
export type PlaceKind = FlowNode['account_kind'] | 'rest' | 'back'
export interface Place {
  key: string
  kind: PlaceKind
  id: string | null
  name: string | null
  /** How many accounts it stands for. */
  count: number
  taken: number
  given: number
  /** What stays there now; below nought where a team handed on more than it held. Nothing stays where things only begin or end. */
  kept: number
}
export interface Ribbon {
  from: string
  to: string
  value: number
  links: FlowLink[]
}
export interface Picture {
  places: Place[]
  ribbons: Ribbon[]
}

export const restKey = 'team:rest'
const backKey = 'back'
const columns: Partial<Record<PlaceKind, number>> = { source: 0, store: 1, team: 2, unexplained: 2, rest: 2 }

/** Source, store, team, and whatever lies behind them. */
export const columnOf = (kind: PlaceKind): number => columns[kind] ?? 3

/** Teams past so many are drawn as one; a single one past them is not worth the loss of its name. */
function smallTeams(kindOf: Map<string, FlowNode>, ribbons: readonly Ribbon[], most: number): Set<string> {
  const [taken, given] = [new Map<string, number>(), new Map<string, number>()]
  for (const { from, to, value } of ribbons) {
    given.set(from, (given.get(from) ?? 0) + value)
    taken.set(to, (taken.get(to) ?? 0) + value)
  }
  const size = (key: string) => Math.max(taken.get(key) ?? 0, given.get(key) ?? 0)
  const teams = [...new Set(ribbons.flatMap(({ from, to }) => [from, to]))].filter(
    (key) => kindOf.get(key)?.account_kind === 'team',
  )
  if (teams.length <= most + 1) return new Set()
  return new Set(teams.sort((a, b) => size(b) - size(a) || a.localeCompare(b)).slice(most))
}

/** Links of one way in one ribbon; ways of nothing are left out. */
function merge(links: readonly FlowLink[], lens: Lens, rename: (from: string, to: string) => [string, string]): Ribbon[] {
  const ways = new Map<string, Ribbon>()
  for (const link of links) {
    const value = weigh(link, lens)
    if (value === 0) continue
    const [from, to] = rename(link.from, link.to)
    const way = ways.get(`${from}>${to}`) ?? { from, to, value: 0, links: [] }
    way.value += value
    way.links.push(link)
    ways.set(`${from}>${to}`, way)
  }
  return [...ways.values()].filter((way) => way.value > 0)
}

/** What is drawn of a flow under a lens. What comes back into a store ends in a place of its own: a picture of this kind knows no circles. */
export function pictureOf(flow: Flow, lens: Lens, mostTeams = 16): Picture {
  const known = new Map(flow.nodes.map((node) => [node.key, node]))
  const plain = merge(flow.links, lens, (from, to) => [from, to])
  const small = smallTeams(known, plain, mostTeams)
  const kindOf = (key: string): PlaceKind =>
    key === restKey ? 'rest' : key === backKey ? 'back' : (known.get(key)?.account_kind ?? 'loss')
  const ribbons = merge(flow.links, lens, (from, to) => {
    const begin = small.has(from) ? restKey : from
    const isBack = kindOf(to) === 'store' && columnOf(kindOf(begin)) === 2
    return [begin, isBack ? backKey : small.has(to) ? restKey : to]
  }).filter(({ from, to }) => columnOf(kindOf(from)) < columnOf(kindOf(to)))
  const keptOf = (key: string): number => {
    const column = columnOf(kindOf(key))
    if (column !== 1 && column !== 2) return 0
    const own = (one: string) => (small.has(one) ? restKey : one) === key
    const kept = plain.reduce((sum, { from, to, value }) => sum + (own(to) ? value : 0) - (own(from) ? value : 0), 0)
    return column === 1 ? Math.max(0, kept) : kept
  }
  const keys = [...new Set(ribbons.flatMap(({ from, to }) => [from, to]))]
  const places = keys.map((key): Place => {
    const node = known.get(key)
    return {
      key,
      kind: kindOf(key),
      id: node?.account_id ?? null,
      name: node?.name ?? null,
      count: key === restKey ? small.size : 1,
      taken: ribbons.reduce((sum, { to, value }) => sum + (to === key ? value : 0), 0),
      given: ribbons.reduce((sum, { from, value }) => sum + (from === key ? value : 0), 0),
      kept: keptOf(key),
    }
  })
  return { places, ribbons }
}
