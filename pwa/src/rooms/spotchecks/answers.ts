import type { Answers } from './check'

/** The blind form as it is typed. */
export interface Typed {
  how: Answers['how']
  came: 'yes' | 'no'
  who: string
  cameOn: string
  cash: string
  /** By item; empty for none. */
  goods: Record<string, string>
  signedBy: string
  satisfied: Answers['satisfied']
  words: string
}
export type Fault = 'cash' | 'came' | 'goods'

export const nothingTyped = (): Omit<Typed, 'came'> & { came: Typed['came'] | '' } => ({
  how: 'phone',
  came: '',
  who: '',
  cameOn: '',
  cash: '',
  goods: {},
  signedBy: '',
  satisfied: 'unsaid',
  words: '',
})

/** A decimal with so many places at most, as a whole number of its smallest part; null where it is none. */
export function parts(text: string, places: number): number | null {
  const typed = text.trim().replace(/[,,]/g, '')
  if (!new RegExp(`^\\d{1,9}(\\.\\d{1,${places}})?$`).test(typed)) return null
  const [whole = '0', rest = ''] = typed.split('.')
  return Number(whole) * 10 ** places + Number(rest.padEnd(places, '0'))
}

/** What is not typed yet, or cannot be read. */
export function faultsOf(typed: ReturnType<typeof nothingTyped>): Fault[] {
  const faults: Fault[] = []
  if (typed.came === '') faults.push('came')
  if (typed.came === 'yes' && parts(typed.cash, 2) === null) faults.push('cash')
  if (typed.came === 'yes' && Object.values(typed.goods).some((text) => text.trim() !== '' && parts(text, 3) === null))
    faults.push('goods')
  return faults
}

/** As it is sent. Whoever says that nobody came has said no more about it. */
export function answersOf(typed: ReturnType<typeof nothingTyped>): Answers {
  const came = typed.came === 'yes'
  const goods = Object.entries(came ? typed.goods : {})
    .map(([item_id, text]) => ({ item_id, quantity_milli: parts(text, 3) ?? 0 }))
    .filter((line) => line.quantity_milli > 0)
  return {
    how: typed.how,
    came,
    who: came ? typed.who.trim() : '',
    came_on: came && typed.cameOn ? typed.cameOn : null,
    cash_fen: came ? (parts(typed.cash, 2) ?? 0) : 0,
    goods,
    signed_by: came ? typed.signedBy.trim() : '',
    satisfied: typed.satisfied,
    words: typed.words.trim(),
    evidence: [],
    position: null,
  }
}
