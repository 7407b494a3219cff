import type { AidLine, Slip, SlipLine } from '@/api/types'
import type { Stage } from '@/rooms/field/progress'

/** Where a slip stands for who looks at it here: what this phone sealed comes before what the server knows. */
export type SlipStanding = Stage | 'mine' | 'leads' | 'agreed' | 'differs' | 'reversed'

export interface SlipHere extends Slip {
  standing: SlipStanding
}

export function standingOf(slip: Slip, stage: Stage | null): SlipStanding {
  if (slip.state !== 'waiting') return slip.state
  return stage ?? (slip.may_sign ? 'mine' : 'leads')
}

/** Every slip with where it stands; what waits for my signature first, then the newest. */
export function arrange(slips: readonly Slip[], sealed: ReadonlyMap<string, Stage>): SlipHere[] {
  const rank = ({ standing }: SlipHere) => ['mine', 'needs_me', 'leads'].findIndex((one) => one === standing) + 1 || 4
  return slips
    .map((slip) => ({ ...slip, standing: standingOf(slip, sealed.get(slip.id) ?? null) }))
    .sort((a, b) => rank(a) - rank(b) || b.happened_at.localeCompare(a.happened_at))
}

export const amountOf = (line: AidLine) => (line.kind === 'cash' ? line.amount_fen : line.quantity_milli)
export const commodityOf = (line: AidLine | SlipLine) => (line.kind === 'cash' ? line.fund_id : line.item_id)

/** A line as counted, beginning with the number the store says. */
export function countedLine(line: SlipLine, amount: number): AidLine {
  return line.kind === 'cash'
    ? { kind: 'cash', fund_id: line.fund_id, amount_fen: amount }
    : { kind: 'goods', item_id: line.item_id, quantity_milli: amount }
}

export function differs(slip: Pick<Slip, 'lines'>, counted: readonly AidLine[]): boolean {
  const found = new Map(counted.map((line) => [commodityOf(line), amountOf(line)]))
  return slip.lines.some((line) => found.get(commodityOf(line)) !== line.amount)
}

export const fewestWords = 2
export const mostWords = 500
export type CountStep = 'words' | 'sign' | 'finish'

/** What the big button does next: a difference is explained, then it is signed, then it is sealed. */
export function nextStep(isDifferent: boolean, words: string, isSigned: boolean): CountStep {
  if (isDifferent && words.trim().length < fewestWords) return 'words'
  return isSigned ? 'finish' : 'sign'
}
