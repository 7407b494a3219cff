import { ask, fetchBlob } from '@/desk/door'
import type { AccountKind, Amount, Sum } from './ledger'

export interface FlowNode {
  key: string
  account_kind: AccountKind
  account_id: string | null
  name: string | null
}
/** What went from one place to another: of one fund's money, or of one item. */
export interface FlowLink extends Amount {
  from: string
  to: string
  value_fen: number
}
export interface Flow {
  nodes: FlowNode[]
  links: FlowLink[]
  /** Only for who sees the whole campaign. */
  sums: Sum[]
  at: string
}

export const fetchFlow = (campaign: string, at: string | null) => ask<Flow>('/ledger/flow', { campaign, at })
export const fetchFlowBook = (campaign: string, at: string | null) => fetchBlob('/ledger/flow.xlsx', { campaign, at })

/** What is looked at: everything by its value, all money, or one item by its id. */
export type Lens = string
export const everything: Lens = 'all'
export const money: Lens = 'cash'

/** How broad a link is under a lens: fen, or thousandths of the item's unit. */
export function weigh(link: FlowLink, lens: Lens): number {
  if (lens === everything) return link.value_fen
  if (lens === money) return link.kind === 'cash' ? link.amount : 0
  return link.item_id === lens ? link.amount : 0
}

/** The items that moved, each once, in the order in which they are listed. */
export function itemsOf(flow: Flow): string[] {
  const ids = [...flow.sums, ...flow.links].flatMap((line) => (line.item_id ? [line.item_id] : []))
  return [...new Set(ids)]
}
