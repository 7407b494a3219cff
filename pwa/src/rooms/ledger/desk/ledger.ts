import { type Page, type Query, ask, tell } from '@/desk/door'

export const entryKinds = ['receipt', 'issue', 'handover', 'return', 'loss', 'reversal'] as const
export type EntryKind = (typeof entryKinds)[number] | 'cover'
export type AccountKind =
  'source' | 'store' | 'team' | 'unexplained' | 'household' | 'enterprise' | 'person' | 'returned' | 'loss'
export interface Amount {
  kind: 'cash' | 'goods'
  fund_id?: string | null
  item_id?: string | null
  amount: number
}
/** An amount with what it is worth: money itself, goods as they were valued when booked. */
export interface Valued extends Amount {
  value_fen: number
}
export interface Posting extends Amount {
  account_kind: AccountKind
  account_id: string | null
}
export interface Entry {
  id: string
  campaign_id: string
  kind: EntryKind
  visit_id: string | null
  reverses: string | null
  reversed_by: string | null
  happened_at: string
  made_at: string
  words: string
  postings: Posting[]
}
export interface Account {
  account_kind: AccountKind
  account_id: string | null
  name: string | null
  lines: Valued[]
}
export interface Sum {
  kind: 'cash' | 'goods'
  fund_id?: string | null
  item_id?: string | null
  name: string | null
  unit: string | null
  received: number
  in_store: number
  with_teams: number
  handed_over: number
  lost: number
  returned_to_source: number
  unexplained: number
  agrees: boolean
}
export interface Balances {
  accounts: Account[]
  sums: Sum[]
}

export const fetchBalances = (campaign: string, at: string | null) => ask<Balances>('/ledger/balances', { campaign, at })
export const fetchEntries = (query: Query) => ask<Page<Entry>>('/ledger/entries', query)
export const record = (entry: object) => tell<Entry>('POST', '/ledger/entries', entry)

/** By how much a line does not add up; nought when it does. */
export function offBy(sum: Sum): number {
  return sum.received + sum.unexplained - (sum.in_store + sum.with_teams + sum.handed_over + sum.lost + sum.returned_to_source)
}

/** What an entry moved, said once: the postings that gained. */
export function gained(entry: Entry): Posting[] {
  return entry.postings.filter((posting) => posting.amount > 0)
}

/** Only what was booked by hand, once, and not yet undone can be undone by hand. */
export function canReverse(entry: Entry): boolean {
  return ['receipt', 'issue', 'return', 'loss'].includes(entry.kind) && entry.reversed_by === null
}

/** One line for each fund and item an account holds something of; accounts of one name and kind stay apart. */
export function holders(accounts: readonly Account[]): Account[] {
  const shown = new Set<AccountKind>(['store', 'team', 'unexplained', 'loss', 'returned'])
  return accounts
    .filter((account) => shown.has(account.account_kind))
    .map((account) => ({ ...account, lines: account.lines.filter((line) => line.amount !== 0) }))
    .filter((account) => account.lines.length > 0)
}
