import { describe, expect, it } from 'vitest'
import { capitalYuan } from './capital'

describe('an amount in capital numerals', () => {
  it('is_written_as_vouchers_are', () => {
    const said: [number, string][] = [
      [0, '零元整'],
      [100, '壹元整'],
      [1_000, '壹拾元整'],
      [10_500, '壹佰零伍元整'],
      [105_000, '壹仟零伍拾元整'],
      [100_000_000, '壹佰万元整'],
      [1_000_500, '壹万零伍元整'],
      [1_050_000, '壹万零伍佰元整'],
      [10_000_000, '壹拾万元整'],
      [12_345_678, '壹拾贰万叁仟肆佰伍拾陆元柒角捌分'],
      [10_000_000_100, '壹亿零壹元整'],
      [1_002_000_000_000, '壹佰亿贰仟万元整'],
      [1_680_032, '壹万陆仟捌佰元叁角贰分'],
      [140_950, '壹仟肆佰零玖元伍角整'],
      [640_914, '陆仟肆佰零玖元壹角肆分'],
      [1_005, '壹拾元零伍分'],
      [5, '伍分'],
      [50, '伍角整'],
      [-100, '负壹元整'],
    ]
    for (const [fen, words] of said) expect(capitalYuan(fen), String(fen)).toBe(`人民币${words}`)
  })
  it('never_says_two_noughts_in_a_row_nor_one_at_the_end', () => {
    for (let fen = 1; fen < 100_000_000_000; fen = fen * 3 + 7) {
      const words = capitalYuan(fen)
      expect(words, String(fen)).not.toMatch(/零零|零元|零万|零亿|零整|零$/)
    }
  })
})
