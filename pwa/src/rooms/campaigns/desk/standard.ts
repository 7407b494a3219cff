import { parseQuantity, parseYuan, typed } from '@/desk/figures'
import type { Purpose, Standard } from './campaign'

export interface StandardForm {
  category: string
  cash: string
  purpose: Purpose
  goods: { item_id: string; typed: string }[]
}
export type StandardFault = 'fill' | 'choose' | 'yuan' | 'quantity' | 'twice' | 'taken' | 'nothing'

export function toForm(standard: Standard | null): StandardForm {
  return {
    category: standard?.category ?? '',
    cash: standard ? typed(standard.cash_fen, 2) : '',
    purpose: standard?.purpose ?? 'living',
    goods: (standard?.goods ?? []).map((line) => ({ item_id: line.item_id, typed: typed(line.quantity_milli, 3) })),
  }
}

/** What is wrong, by field; `taken` are the categories that have their standard already. */
export function standardFaults(form: StandardForm, taken: ReadonlySet<string>): Record<string, StandardFault> {
  const faults: Record<string, StandardFault> = {}
  if (!form.category) faults.category = 'choose'
  else if (taken.has(form.category)) faults.category = 'taken'
  const cash = parseYuan(form.cash || '0')
  if (cash === null) faults.cash = 'yuan'
  const seen = new Set<string>()
  form.goods.forEach((line, at) => {
    if (!line.item_id) faults[`goods-${at}`] = 'choose'
    else if (seen.has(line.item_id)) faults[`goods-${at}`] = 'twice'
    else if (!parseQuantity(line.typed)) faults[`goods-${at}`] = 'quantity'
    seen.add(line.item_id)
  })
  if (cash === 0 && form.goods.length === 0) faults.cash = 'nothing'
  return faults
}

export function toStandard(form: StandardForm): Standard {
  return {
    category: form.category,
    cash_fen: parseYuan(form.cash || '0') ?? 0,
    purpose: form.purpose,
    goods: form.goods.map((line) => ({ item_id: line.item_id, quantity_milli: parseQuantity(line.typed) ?? 0 })),
  }
}

/** The list with one standard put in, in the place of the one it replaces. */
export function withStandard(all: readonly Standard[], standard: Standard, replaces: string | null): Standard[] {
  const at = all.findIndex((one) => one.category === replaces)
  return at < 0 ? [...all, standard] : all.map((one, n) => (n === at ? standard : one))
}
