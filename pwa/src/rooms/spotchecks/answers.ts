import type { Answers } from '@/api/types'
import type { Typed } from '@/local/shapes'

export type Fault = 'cash' | 'came' | 'goods' | 'cameOn'

/** The most of anything that one household is given, in fen or thousandths: more is a slip of the finger, and the server takes none. */
const most = 1_000_000_000

export const nothingTyped = (): Typed => ({
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

const isAmount = (amount: number | null) => amount !== null && amount <= most

/** What is not typed yet, cannot be read, or cannot be: the day by which they came, in China, is `today` at the latest. */
export function faultsOf(typed: Typed, today: string): Fault[] {
  const faults: Fault[] = []
  if (typed.came === '') faults.push('came')
  if (typed.came === 'yes' && !isAmount(parts(typed.cash, 2))) faults.push('cash')
  if (typed.came === 'yes' && Object.values(typed.goods).some((text) => text.trim() !== '' && !isAmount(parts(text, 3))))
    faults.push('goods')
  if (typed.came === 'yes' && typed.cameOn > today) faults.push('cameOn')
  return faults
}

/** The day in China, as the server counts it. */
export const chinaDay = (at: Date): string => at.toLocaleDateString('sv-SE', { timeZone: 'Asia/Shanghai' })

/** Pasted text may carry what nobody sees, and the server takes none of it. */
const clean = (text: string) => text.replace(/[^\P{Cc}\n]/gu, ' ').trim()

/** As it is sent. Whoever says that nobody came has said no more about it. */
export function answersOf(typed: Typed): Answers {
  const came = typed.came === 'yes'
  const goods = Object.entries(came ? typed.goods : {})
    .map(([item_id, text]) => ({ item_id, quantity_milli: parts(text, 3) ?? 0 }))
    .filter((line) => line.quantity_milli > 0)
  return {
    how: typed.how,
    came,
    who: came ? clean(typed.who) : '',
    came_on: came && typed.cameOn ? typed.cameOn : null,
    cash_fen: came ? (parts(typed.cash, 2) ?? 0) : 0,
    goods,
    signed_by: came ? clean(typed.signedBy) : '',
    satisfied: typed.satisfied,
    words: clean(typed.words),
    evidence: [],
    position: null,
  }
}
