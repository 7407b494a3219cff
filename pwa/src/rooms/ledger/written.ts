import type { CustodyOf, Fund, Goods } from '@/api/types'
import { quantity, yuan } from '@/kit/format'

export interface Names {
  funds: readonly Fund[]
  goods: readonly Goods[]
}

export function nameOf(what: CustodyOf, { funds, goods }: Names): string | null {
  if (what.kind === 'cash') return funds.find((fund) => fund.id === what.fund_id)?.name ?? null
  return goods.find((item) => item.id === what.item_id)?.name ?? null
}

export function unitOf(what: CustodyOf, { goods }: Names): string {
  return what.kind === 'goods' ? (goods.find((item) => item.id === what.item_id)?.unit ?? '') : ''
}

/** An amount as people read it: yuan, or so many of the item's unit. */
export function written(what: CustodyOf, amount: number, names: Names, language: string): string {
  return what.kind === 'cash' ? yuan(amount, language) : `${quantity(amount, language)} ${unitOf(what, names)}`.trim()
}
