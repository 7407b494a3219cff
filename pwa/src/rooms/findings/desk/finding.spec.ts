import { describe, expect, it } from 'vitest'
import { factsOf, plainKey } from './facts'
import { inOrder } from './finding'

const finding = (code: string, severity: 'block' | 'review' | 'info', status: 'open' | 'explained') => ({
  code,
  severity,
  status,
})

describe('what a finding says', () => {
  it('each_figure_is_told_apart_by_its_name', () => {
    expect(factsOf({ distance_m: 640, accuracy_m: 12 })).toEqual([
      { as: 'distance', key: 'distance_m', value: 640 },
      { as: 'distance', key: 'accuracy_m', value: 12 },
    ])
    expect(
      factsOf({ cash_fen: 1, lasted_s: 2, within_h: 3, days: 4, photos: 5, quantity_milli: 6 }).map((fact) => fact.as),
    ).toEqual(['yuan', 'seconds', 'hours', 'days', 'count', 'goods'])
  })
  it('moments_visits_and_words_are_texts', () => {
    expect(
      factsOf({ visited_at: '2026-01-10T09:00:00Z', visit_id: 'v', outcome: 'absent', team_id: 't' }).map((fact) => fact.as),
    ).toEqual(['moment', 'visit', 'words', 'team'])
  })
  it('nothing_is_said_about_nothing_and_a_bare_figure_is_still_shown', () => {
    expect(factsOf(null)).toEqual([])
    expect(factsOf({})).toEqual([])
    expect(factsOf({ approved_at: null })).toEqual([])
    expect(factsOf(200)).toEqual([{ as: 'count', key: 'value', value: 200 }])
  })
  it('speeds_bits_and_answers_are_told_apart_too', () => {
    expect(factsOf({ kmh: 154, limit_kmh: 120, photo_min: 30, likeness_bits: 4, forked: true }).map((fact) => fact.as)).toEqual([
      'speed',
      'speed',
      'minutes',
      'bits',
      'yes',
    ])
  })
  it('a_unit_goes_with_its_quantity_and_lists_are_spread', () => {
    const lines = [
      { item_id: 'i', quantity_milli: 500, unit: '袋' },
      { fund_id: 'f', amount_fen: 100 },
    ]
    expect(factsOf({ lines, visit_ids: ['v', 'w'] })).toEqual([
      { as: 'item', key: 'item_id', value: 'i' },
      { as: 'goods', key: 'quantity_milli', value: 500, unit: '袋' },
      { as: 'fund', key: 'fund_id', value: 'f' },
      { as: 'yuan', key: 'amount_fen', value: 100 },
      { as: 'visit', key: 'visit_ids', value: 'v' },
      { as: 'visit', key: 'visit_ids', value: 'w' },
    ])
  })
  it('a_key_without_words_of_its_own_is_said_without_its_unit', () => {
    expect(['walked_m', 'since_at', 'other_visit_id', 'kmh'].map(plainKey)).toEqual(['walked', 'since', 'other visit', 'kmh'])
  })
  it('open_and_grave_stands_first_settled_sinks', () => {
    const sorted = inOrder([
      finding('A', 'block', 'explained'),
      finding('B', 'info', 'open'),
      finding('D', 'block', 'open'),
      finding('C', 'block', 'open'),
    ])
    expect(sorted.map((one) => one.code)).toEqual(['C', 'D', 'B', 'A'])
  })
})
