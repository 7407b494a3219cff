import { describe, expect, it } from 'vitest'
import visitEn from '../words/visit.en.json'
import visitZh from '../words/visit.zh-CN.json'
import vectors from '../../../../../tests/vectors/preview.json'
import { holesOf, keyOf } from './says'
import type { Preview } from './scene'

const wordsAt = (words: object, key: string) =>
  key.split('.').reduce<unknown>((at, part) => (at as Record<string, unknown> | undefined)?.[part], words)
const goods = [
  { id: '0198f000-0000-7000-8000-000000000004', name: '大米', unit: '袋', unit_value_fen: 0 },
  { id: '0198f000-0000-7000-8000-000000000005', name: '食用油', unit: '升', unit_value_fen: 0 },
]
const tongue = { language: 'zh-CN', goods, word: (_: string, value: string) => `<${value}>` }
const all = vectors.cases.flatMap((one) => one.findings as Preview[])
const ask = (code: string, is?: string) => all.find((one) => one.code === code && (!is || one.actual?.is === is)) as Preview

describe('what will be asked about', () => {
  it('is_said_in_both_languages_and_no_hole_is_left_open', () => {
    for (const one of all) {
      const holes = holesOf(one, tongue)
      for (const words of [{ visits: visitZh }, { visits: visitEn }]) {
        const said = wordsAt(words, keyOf(one))
        expect(said, keyOf(one)).toBeTypeOf('string')
        for (const [, hole = ''] of (said as string).matchAll(/\{(\w+)\}/g)) expect(holes, keyOf(one)).toHaveProperty(hole)
      }
    }
  })
  it('writes_each_fact_by_its_unit', () => {
    expect(holesOf(ask('A01'), tongue)).toMatchObject({ wanted_cash_fen: '¥500', found_cash_fen: '¥500.01' })
    expect(holesOf(ask('A03', 'missing'), tongue)).toMatchObject({ item: '大米', found_quantity_milli: '0.5 袋' })
    expect(holesOf(ask('P03'), tongue)).toMatchObject({ wanted_distance_m: '200米' })
    expect(holesOf(ask('T04'), tongue)).toEqual({ item: '', wanted_lasted_s: '2分钟', found_lasted_s: '1分钟59秒钟' })
    expect(holesOf(ask('A07'), tongue)).toMatchObject({ found_outcome: '<absent>' })
  })
})
