import { parseQuantity, parseYuan } from '@/desk/figures'
import { fromWall } from '@/rooms/campaigns/desk/campaign'

export type FormKind = 'receipt' | 'issue' | 'return' | 'loss'
export const formKinds: readonly FormKind[] = ['receipt', 'issue', 'return', 'loss']

export interface FormLine {
  key: number
  kind: 'cash' | 'goods'
  /** A fund for cash, an item for goods. */
  of: string
  typed: string
}
export interface EntryForm {
  kind: FormKind
  fund: string
  team: string
  happened: string
  words: string
  lines: FormLine[]
}
export type Fault = 'fill' | 'choose' | 'yuan' | 'quantity' | 'twice' | 'more'
export type Faults = Record<string, Fault>

const amountOf = (line: FormLine) => (line.kind === 'cash' ? parseYuan(line.typed) : parseQuantity(line.typed))
/** Cash that comes in is the source's own money: there is no second fund to choose. */
const commodityOf = (line: FormLine, form: EntryForm) => (line.kind === 'cash' && form.kind === 'receipt' ? form.fund : line.of)

/** What is wrong with the form, by field; lines by their key. */
export function entryFaults(form: EntryForm): Faults {
  const faults: Faults = {}
  if (form.kind === 'receipt' && !form.fund) faults.fund = 'choose'
  if ((form.kind === 'issue' || form.kind === 'return') && !form.team) faults.team = 'choose'
  if (!fromWall(form.happened)) faults.happened = 'fill'
  if (!form.words.trim()) faults.words = 'fill'
  const seen = new Set<string>()
  for (const line of form.lines) {
    const of = commodityOf(line, form)
    const amount = amountOf(line)
    if (!of) faults[`line-${line.key}`] = 'choose'
    else if (seen.has(of)) faults[`line-${line.key}`] = 'twice'
    else if (amount === null) faults[`line-${line.key}`] = line.kind === 'cash' ? 'yuan' : 'quantity'
    else if (amount === 0) faults[`line-${line.key}`] = 'more'
    seen.add(of)
  }
  if (form.lines.length === 0) faults.lines = 'fill'
  return faults
}

/** The entry as the server takes it; `id` was made with the form, so sending it twice books it once. */
export function entryBody(form: EntryForm, id: string, campaignId: string): object {
  return {
    id,
    kind: form.kind,
    campaign_id: campaignId,
    ...(form.kind === 'receipt' ? { fund_id: form.fund } : {}),
    ...(form.kind !== 'receipt' && form.team ? { team_id: form.team } : {}),
    lines: form.lines.map((line) =>
      line.kind === 'cash'
        ? { kind: 'cash', fund_id: commodityOf(line, form), amount_fen: amountOf(line) }
        : { kind: 'goods', item_id: line.of, quantity_milli: amountOf(line) },
    ),
    happened_at: fromWall(form.happened),
    words: form.words.trim(),
  }
}
