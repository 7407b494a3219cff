import { describe, expect, it } from 'vitest'
import { factsOf, inOrder } from './finding'

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
