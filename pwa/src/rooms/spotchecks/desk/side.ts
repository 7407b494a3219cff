import type { Check, Compared } from './check'

/** A line of the two sides: what it is, both texts, and whether they say the same. */
export interface Line {
  key: string
  label: string
  said: string
  wrote: string
  agreement: Compared['agreement'] | null
}
interface Words {
  t: (key: string, named?: Record<string, unknown>) => string
  say: (group: string, code: string | null | undefined) => string
  yuan: (fen: number) => string
  quantity: (milli: number) => string
  day: (at: string) => string
}

const sum = (lines: readonly { item_id: string; quantity_milli: number }[], item: string): number =>
  lines.filter((line) => line.item_id === item).reduce((all, line) => all + line.quantity_milli, 0)

/** Both sides, line by line, in the order in which they were compared. */
export function linesOf(check: Pick<Check, 'answers' | 'record' | 'compared' | 'goods'>, words: Words): Line[] {
  const { answers, record } = check
  if (!answers) return []
  const { t, say, yuan, quantity, day } = words
  const none = t('desk.shell.none')
  const counted = (milli: number, item: string) =>
    `${quantity(milli)} ${check.goods.find((one) => one.id === item)?.unit ?? ''}`.trim()
  const sides: Record<Compared['field'], (item: string) => [string, string]> = {
    came: () => [
      t(`desk.spotchecks.cames.${answers.came ? 'yes' : 'no'}`),
      record ? say('visits.outcome', record.outcome) : none,
    ],
    came_on: () => [answers.came_on ? day(answers.came_on) : none, record ? day(record.started_at) : none],
    who: () => [answers.who || none, record?.cadre ?? none],
    cash_fen: () => [yuan(answers.cash_fen), record ? yuan(record.cash_fen) : none],
    goods: (item) => [counted(sum(answers.goods, item), item), record ? counted(sum(record.goods, item), item) : none],
    signed_by: () => [answers.signed_by || none, record?.recipient ?? none],
  }
  const label = ({ field, item_id }: Pick<Compared, 'field' | 'item_id'>) =>
    field === 'goods'
      ? (check.goods.find((one) => one.id === item_id)?.name ?? t('desk.spotchecks.goods'))
      : t(`desk.spotchecks.fields.${field}`)
  const bare: Compared[] = (['came', 'cash_fen'] as const).map((field) => ({ field, item_id: null, agreement: 'look' }))
  return (record ? check.compared : bare).map((one) => {
    const [said, wrote] = sides[one.field](one.item_id ?? '')
    return { key: `${one.field}${one.item_id ?? ''}`, label: label(one), said, wrote, agreement: record ? one.agreement : null }
  })
}
