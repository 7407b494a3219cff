import { describe, expect, it } from 'vitest'
import type { Policy } from '@/api/types'
import geodesicVectors from '../../../../tests/vectors/geodesic.json'
import { type Held, type Said, preview } from './preview'

const policy: Policy = {
  distance_limit_m: 200,
  accuracy_limit_m: 100,
  minimum_visit_s: 120,
  photos_required: { home: 1, ward: 1, workplace: 1, collective: 2, phone: 0, letter: 0 },
  ink_strokes_min: 1,
  ink_points_min: 12,
  ink_box_px_min: 40,
  evidence_wait_h: 72,
  late_days: 3,
  clock_skew_s: 300,
  version: 1,
}
const home = { latitude: 30.6476276, longitude: 103.9586291, datum: 'wgs84' as const }
const held: Held = {
  policy,
  opens_at: '2026-01-01T00:00:00+08:00',
  deadline_at: '2026-02-01T00:00:00+08:00',
  home,
  head_name: '王秀英',
  member_names: ['李小明'],
  entitlement: { cash_fen: 100_000, goods: [{ item_id: 'rice', quantity_milli: 1000 }] },
  handed_before: [],
}
const at = (place: { latitude: number; longitude: number }, accuracy_m = 10) => ({
  ...place,
  accuracy_m,
  taken_at: '2026-01-10T09:00:00+08:00',
  datum: 'wgs84' as const,
  source: 'gps' as const,
})
const said: Said = {
  mode: 'home',
  outcome: 'reached',
  started_at: '2026-01-10T09:00:00+08:00',
  ended_at: '2026-01-10T09:10:00+08:00',
  position: at(home),
  recipient: { name: '王秀英', relation: 'self' },
  aid: [
    { kind: 'cash', fund_id: 'f', amount_fen: 100_000 },
    { kind: 'goods', item_id: 'rice', quantity_milli: 1000 },
  ],
  photos: 1,
  ink: { strokes: 2, points: 40, box_px: [200, 80] },
}
const codes = (change: Partial<Said>, known: Partial<Held> = {}) =>
  preview({ ...said, ...change }, { ...held, ...known }).map(({ code, severity }) => `${code} ${severity}`)
const north = (m: number) => at({ latitude: home.latitude + m / 110_860, longitude: home.longitude })

describe('preview', () => {
  it('an_honest_complete_visit_is_asked_nothing', () => {
    expect(codes({})).toEqual([])
  })
  it('I01_asks_for_a_reason_when_a_stranger_receives_and_none_when_one_is_given', () => {
    expect(codes({ recipient: { name: '钱大妈', relation: 'neighbour' } })).toEqual(['I01 review'])
    expect(codes({ recipient: { name: '钱大妈', relation: 'neighbour', proxy_reason: '住院' } })).toEqual([])
    expect(codes({ recipient: { name: ' 李 小明', relation: 'child' } })).toEqual([])
    expect(codes({ recipient: null })).toEqual(['I01 review'])
  })
  it('P01_asks_for_a_position_only_where_the_visit_has_a_place', () => {
    expect(codes({ position: null })).toEqual(['P01 review'])
    expect(codes({ position: null, mode: 'phone', photos: 0 })).toEqual([])
  })
  it('P02_notes_a_rough_position', () => {
    expect(codes({ position: at(home, 101) })).toEqual(['P02 info'])
    expect(codes({ position: at(home, 100) })).toEqual([])
  })
  it('P03_allows_the_accuracy_on_top_of_the_limit_and_grows_worse_ten_times_beyond', () => {
    expect(codes({ position: north(205) })).toEqual([])
    expect(codes({ position: north(215) })).toEqual(['P03 review'])
    expect(codes({ position: north(2_005) })).toEqual(['P03 review'])
    expect(codes({ position: north(2_100) })).toEqual(['P03 block'])
    expect(codes({ position: north(2_100), mode: 'ward' })).toEqual([])
    expect(codes({ position: north(2_100) }, { home: null })).toEqual([])
  })
  it('P03_agrees_with_the_geodesic_vectors_at_the_limit', () => {
    const place = ([latitude = 0, longitude = 0]: number[]) => ({ latitude, longitude })
    const near = geodesicVectors.cases.filter((one) => one.distance_m > 150 && one.distance_m < 600)
    expect(near.length).toBeGreaterThan(5)
    for (const { a, b, distance_m } of near) {
      const found = codes({ position: at(place(b), 0) }, { home: { ...place(a), datum: 'wgs84' } })
      expect(found, String(distance_m)).toEqual(distance_m > 200 ? ['P03 review'] : [])
    }
  })
  it('T01_asks_about_days_outside_the_campaign', () => {
    expect(codes({ started_at: '2025-12-31T23:50:00+08:00', ended_at: '2026-01-01T00:10:00+08:00' })).toEqual(['T01 block'])
    expect(codes({ started_at: '2026-01-31T23:50:00+08:00', ended_at: '2026-02-01T00:00:01+08:00' })).toEqual(['T01 block'])
  })
  it('T04_notes_a_short_visit', () => {
    expect(codes({ ended_at: '2026-01-10T09:01:59+08:00' })).toEqual(['T04 info'])
    expect(codes({ ended_at: '2026-01-10T09:02:00+08:00' })).toEqual([])
    expect(codes({ ended_at: '2026-01-10T09:01:00+08:00', mode: 'phone', photos: 0 })).toEqual([])
  })
  const nobody = { aid: [], recipient: null, ink: null, photos: 0 }
  it('E01_counts_photos_and_asks_for_the_door_where_nobody_opened', () => {
    expect(codes({ photos: 0 })).toEqual(['E01 review'])
    expect(codes({ ...nobody, outcome: 'absent' })).toEqual(['E01 review'])
    expect(codes({ ...nobody, outcome: 'refused' })).toEqual([])
    expect(codes({ ...nobody, outcome: 'deceased' })).toEqual([])
  })
  it('E02_is_graver_when_cash_was_handed_over_and_a_dot_is_no_signature', () => {
    expect(codes({ ink: null })).toEqual(['E02 block'])
    expect(codes({ ink: null, aid: said.aid.slice(1) })).toEqual(['E02 review', 'A02 review'])
    expect(codes({ ink: null, aid: [] })).toEqual(['A02 review', 'A03 review'])
    for (const ink of [
      { strokes: 1, points: 11, box_px: [200, 80] as [number, number] },
      { strokes: 1, points: 40, box_px: [39, 39] as [number, number] },
    ]) {
      expect(codes({ ink })).toEqual(['E02 block'])
    }
    expect(codes({ ink: { strokes: 1, points: 12, box_px: [40, 2] } })).toEqual([])
  })
  it('A01_and_A02_measure_cash_against_what_is_left_of_the_promise', () => {
    const cash = (amount_fen: number) => [{ kind: 'cash' as const, fund_id: 'f', amount_fen }, ...said.aid.slice(1)]
    expect(codes({ aid: cash(100_001) })).toEqual(['A01 block'])
    expect(codes({ aid: cash(99_999) })).toEqual(['A02 review'])
    expect(codes({}, { handed_before: [{ kind: 'cash', fund_id: 'f', amount_fen: 1 }] })).toEqual(['A01 block'])
    expect(codes({}, { entitlement: null })).toEqual(['A01 block'])
  })
  it('A03_asks_about_goods_that_are_missing_more_or_other', () => {
    const goods = (item_id: string, quantity_milli: number) => [
      ...said.aid.slice(0, 1),
      { kind: 'goods' as const, item_id, quantity_milli },
    ]
    expect(codes({ aid: goods('rice', 900) })).toEqual(['A03 review'])
    expect(codes({ aid: goods('oil', 1000) })).toEqual(['A03 review'])
    expect(codes({ aid: said.aid.slice(0, 1) })).toEqual(['A03 review'])
  })
  it('A07_asks_about_aid_when_nobody_was_met', () => {
    expect(codes({ outcome: 'absent' })).toEqual(['A07 block'])
    expect(codes({ ...nobody, outcome: 'absent', photos: 1 })).toEqual([])
  })
})
