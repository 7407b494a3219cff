import type { Goods } from '@/api/types'
import { dayAndTime, distance, duration, quantity, yuan } from '@/kit/format'
import type { Facts, Preview } from './scene'

/** What turns facts into words: the language, the names of goods, and the words of closed sets. */
export interface Tongue {
  language: string
  goods: readonly Goods[]
  word: (set: 'mode' | 'outcome' | 'relation', value: string) => string
}

const sets = { mode: 'mode', outcome: 'outcome', relation: 'relation' } as const

/** The words that say a finding: what it is about, and which kind where there are several. */
export function keyOf({ code, actual }: Preview): string {
  return actual?.is === undefined ? `visits.preview.${code}` : `visits.preview.${code}.${actual.is}`
}

/** The holes of those words, named after the facts; the unit in a fact's name says how it is written. */
export function holesOf({ expected, actual }: Preview, tongue: Tongue): Record<string, string> {
  const item = tongue.goods.find(({ id }) => id === expected.item_id)
  return { item: item?.name ?? '', ...written('wanted', expected, item, tongue), ...written('found', actual ?? {}, item, tongue) }
}

function written(side: string, facts: Facts, item: Goods | undefined, tongue: Tongue): Record<string, string> {
  return Object.fromEntries(
    Object.entries(facts).map(([name, value]) => [`${side}_${name}`, writtenFact(name, value, item, tongue)]),
  )
}

function writtenFact(name: string, value: string | number, item: Goods | undefined, { language, word }: Tongue): string {
  if (typeof value === 'string') {
    if (name.endsWith('_at')) return dayAndTime(value, language)
    return name in sets ? word(sets[name as keyof typeof sets], value) : value
  }
  if (name.endsWith('_fen')) return yuan(value, language)
  if (name.endsWith('_milli')) return `${quantity(value, language)} ${item?.unit ?? ''}`.trim()
  if (name.endsWith('_m')) return distance(value, language)
  return name.endsWith('_s') ? duration(value, language) : String(value)
}
