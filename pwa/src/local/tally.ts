import type { Tally } from '@/api/tally'
import type { ItemKind } from '@/api/types'
import type { DeliveryState } from './shapes'

/** The phone's own chain, as far as the comparison looks at it. */
export interface OwnItem {
  id: string
  sequence: number
  kind: ItemKind
  state: DeliveryState
  pictures: readonly { sha256: string; arrived: boolean; /** Its bytes are still here. */ kept: boolean }[]
}

export interface Count {
  held: number
  all: number
}

/** By the item's id: what it is called is the store's to know. */
export interface Lacking {
  id: string
  pictures: number
}

/** How the phone's chain and the server's stand to each other. */
export interface Comparison {
  visits: Count
  /** Slips signed for. */
  signed: Count
  /** Households asked; a comparison of an earlier version lacks it. */
  checks?: Count
  pictures: Count
  /** What the server lacks and the phone has: it goes again. */
  send_items: string[]
  send_pictures: string[]
  /** Pictures that neither has any more, by the visit they belong to. */
  gone: Lacking[]
  /** Ids of what is kept beside another with the same id: people must compare them. */
  conflicts: string[]
  /** Numbers of the chain that neither has. */
  holes: { first: number; last: number }[]
  /** Refused, or not yet sent: said elsewhere on the page. */
  open: number
  agrees: boolean
}

/** The server names no more items than this. */
export const tallyItems = 2_000

export function compare(own: readonly OwnItem[], tally: Tally): Comparison {
  const states = new Map(tally.items.map((item) => [item.id, item.state]))
  const oldest = tally.items.length >= tallyItems ? Math.min(...tally.items.map((item) => item.sequence)) : 0
  const inGap = (sequence: number) => tally.gaps.some((gap) => gap.first <= sequence && sequence <= gap.last)
  const isHeld = (item: OwnItem) =>
    states.get(item.id) === 'stored' || (item.sequence < oldest && item.state === 'received' && !inGap(item.sequence))
  const missing = new Set(tally.missing)
  const picturesOf = (item: OwnItem) => item.pictures.map((one) => ({ ...one, held: one.arrived && !missing.has(one.sha256) }))
  const count = (items: readonly OwnItem[]): Count => ({ held: items.filter(isHeld).length, all: items.length })
  const pictures = own.flatMap(picturesOf)
  const conflicts = own.filter((item) => states.get(item.id) === 'conflict').map((item) => item.id)
  const send_items = own
    .filter((item) => item.state === 'received' && !isHeld(item) && !states.has(item.id))
    .map((item) => item.id)
  const send_pictures = pictures.filter((one) => one.arrived && !one.held && one.kept).map((one) => one.sha256)
  const gone = own.flatMap((item) => {
    const lost = picturesOf(item).filter((one) => !one.held && !one.kept).length
    return lost > 0 ? [{ id: item.id, pictures: lost }] : []
  })
  const holes = holesIn(tally.gaps, own)
  const open = own.filter((item) => item.state !== 'received').length
  const counts = {
    visits: count(own.filter((item) => item.kind === 'visit')),
    signed: count(own.filter((item) => item.kind === 'acknowledge')),
    checks: count(own.filter((item) => item.kind === 'check')),
    pictures: { held: pictures.filter((one) => one.held).length, all: pictures.length },
  }
  const isWhole = Object.values(counts).every(({ held, all }) => held === all)
  return {
    ...counts,
    send_items,
    send_pictures,
    gone,
    conflicts,
    holes,
    open,
    agrees: isWhole && holes.length === 0 && conflicts.length === 0,
  }
}

/** What of the server's gaps the phone cannot fill either. */
function holesIn(gaps: Tally['gaps'], own: readonly OwnItem[]): { first: number; last: number }[] {
  const numbers = own.map((item) => item.sequence).sort((a, b) => a - b)
  return gaps.flatMap(({ first, last }) => {
    const holes = []
    let from = first
    for (const number of numbers.filter((one) => first <= one && one <= last)) {
      if (number > from) holes.push({ first: from, last: number - 1 })
      from = number + 1
    }
    if (from <= last) holes.push({ first: from, last })
    return holes
  })
}
