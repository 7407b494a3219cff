import type { LocationQuery, LocationQueryRaw } from 'vue-router'
import type { FlowNode } from './flow'
import type { AccountKind, EntryKind } from './ledger'

/** Which entries are asked for; every part is in the address, so that a link shows the same entries. */
export const entryFilterParts = ['account_kind', 'account_id', 'with_kind', 'with_id', 'commodity', 'kind'] as const
export type EntryFilterPart = (typeof entryFilterParts)[number]
export type EntryFilter = Partial<Record<EntryFilterPart, string>>

export function entryFilterOf(query: LocationQuery): EntryFilter {
  const filter: EntryFilter = {}
  for (const part of entryFilterParts) {
    const value = query[part]
    if (typeof value === 'string' && value) filter[part] = value
  }
  return filter
}

/** The ledger page with these entries, as things stood at the end of a day. */
export function entriesAt(campaignId: string, filter: EntryFilter, day: string): { path: string; query: LocationQueryRaw } {
  const query: LocationQueryRaw = { view: 'entries', ...filter }
  if (day) query.at = day
  return { path: `/desk/campaigns/${campaignId}/ledger`, query }
}

type End = Pick<FlowNode, 'account_kind' | 'account_id'>
const isWhole = (kind: AccountKind) => ['household', 'enterprise', 'person', 'returned', 'loss', 'source'].includes(kind)

/** The entries between two places; an end that stands for several stores or teams is left open and told by the kind of entry. */
export function betweenFilter(from: End | null, to: End | null, kind: EntryKind | null, commodity: string | null): EntryFilter {
  const named = [from, to].filter((end): end is End => end !== null && (end.account_id !== null || isWhole(end.account_kind)))
  const [first, second] = named
  const filter: EntryFilter = {}
  if (first) filter.account_kind = first.account_kind
  if (first?.account_id) filter.account_id = first.account_id
  if (second) filter.with_kind = second.account_kind
  if (second?.account_id) filter.with_id = second.account_id
  if (commodity) filter.commodity = commodity
  if (kind && named.length < 2) filter.kind = kind
  return filter
}
