import { ask, fetchBlob } from '@/desk/door'
import type { AccountKind, Amount, EntryKind, Sum } from './ledger'

export interface FlowNode {
  key: string
  account_kind: AccountKind
  account_id: string | null
  name: string | null
}
/** What went from one place to another by one kind of entry: of one fund's money, or of one item. */
export interface FlowLink {
  from: string
  to: string
  kind: EntryKind
  fund_id?: string | null
  item_id?: string | null
  amount: number
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

export const isCash = (link: FlowLink): boolean => Boolean(link.fund_id)
export const amountIn = (link: FlowLink): Amount => ({
  kind: isCash(link) ? 'cash' : 'goods',
  fund_id: link.fund_id ?? null,
  item_id: link.item_id ?? null,
  amount: link.amount,
})

/** How broad a link is under a lens: fen, or thousandths of the item's unit. */
export function weigh(link: FlowLink, lens: Lens): number {
  if (lens === everything) return link.value_fen
  if (lens === money) return isCash(link) ? link.amount : 0
  return link.item_id === lens ? link.amount : 0
}

/** The items that moved, each once, in the order in which they are listed. */
export function itemsOf(flow: Flow): string[] {
  const ids = [...flow.sums, ...flow.links].flatMap((line) => (line.item_id ? [line.item_id] : []))
  return [...new Set(ids)]
}
