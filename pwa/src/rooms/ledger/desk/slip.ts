import { type Page, type Query, ask } from '@/desk/door'
import type { Amount } from './ledger'

export const slipStates = ['waiting', 'agreed', 'differs', 'reversed'] as const
export type SlipState = (typeof slipStates)[number]
/** A line as the store booked it, and as the team's lead counted it; null until somebody did. */
export interface SlipLine extends Amount {
  counted: number | null
}
/** Cash and goods that change hands between a store and a team, until both have put their name to it. */
export interface Slip {
  id: string
  campaign_id: string
  team_id: string
  team_name: string
  org_id: string
  kind: 'issue' | 'return'
  state: SlipState
  store_name: string
  made_by_name: string
  happened_at: string
  words: string
  lines: SlipLine[]
  acknowledged: { by_name: string; at: string; words: string } | null
  signature_sha256: string | null
}

export const fetchSlips = (query: Query) => ask<Page<Slip>>('/ledger/slips', query)

/** How many more (or, below nought, fewer) were counted than booked; null where nobody counted. */
export function countedOff(line: SlipLine): number | null {
  return line.counted === null ? null : line.counted - line.amount
}

const two = (n: number) => String(n).padStart(2, '0')

/** A number people can read to each other: the day, and the end of the id that nothing else has. */
export function slipNumber(slip: Pick<Slip, 'id' | 'happened_at'>): string {
  const day = new Date(slip.happened_at)
  return `${day.getFullYear()}${two(day.getMonth() + 1)}${two(day.getDate())}-${slip.id.replaceAll('-', '').slice(-8).toUpperCase()}`
}

/** The cash of a slip in all; null where there is none. */
export function cashOf(slip: Pick<Slip, 'lines'>): number | null {
  const cash = slip.lines.filter((line) => line.kind === 'cash')
  return cash.length === 0 ? null : cash.reduce((sum, line) => sum + line.amount, 0)
}
