import { describe, expect, it } from 'vitest'
import datumVectors from '../../../../tests/vectors/datum.json'
import geodesicVectors from '../../../../tests/vectors/geodesic.json'
import { bd09ToGcj02, fromWgs84, gcj02ToBd09, gcj02ToWgs84, toWgs84, wgs84ToGcj02 } from './datum'
import { distanceM } from './distance'

interface DatumCase {
  wgs84: number[]
  gcj02: number[]
  bd09: number[] | null
}
const place = ([latitude = NaN, longitude = NaN]: number[]) => ({ latitude, longitude })
const cases = datumVectors.cases as DatumCase[]

describe('datum', () => {
  it('the_forward_shift_agrees_with_the_vectors_within_a_millionth_of_a_degree', () => {
    for (const { wgs84, gcj02 } of cases) {
      const got = wgs84ToGcj02(place(wgs84))
      expect(got.latitude).toBeCloseTo(place(gcj02).latitude, 6)
      expect(got.longitude).toBeCloseTo(place(gcj02).longitude, 6)
    }
  })
  it('baidu_coordinates_agree_with_the_vectors', () => {
    for (const { gcj02, bd09 } of cases) {
      if (!bd09) continue
      const got = gcj02ToBd09(place(gcj02))
      expect(got.latitude).toBeCloseTo(place(bd09).latitude, 6)
      expect(got.longitude).toBeCloseTo(place(bd09).longitude, 6)
    }
  })
  it('the_way_back_ends_within_a_metre_of_where_it_began', () => {
    for (const { wgs84, gcj02, bd09 } of cases) {
      expect(distanceM(gcj02ToWgs84(place(gcj02)), place(wgs84))).toBeLessThan(1)
      if (!bd09) continue
      expect(distanceM(toWgs84(place(bd09), 'bd09'), place(wgs84))).toBeLessThan(1)
      expect(distanceM(bd09ToGcj02(place(bd09)), place(gcj02))).toBeLessThan(1)
    }
  })
  it('a_place_handed_to_a_map_lands_where_the_vectors_say_in_that_maps_datum', () => {
    for (const { wgs84, gcj02, bd09 } of cases) {
      expect(distanceM(fromWgs84(place(wgs84), 'gcj02'), place(gcj02))).toBeLessThan(1)
      if (bd09) expect(distanceM(fromWgs84(place(wgs84), 'bd09'), place(bd09))).toBeLessThan(1)
      expect(fromWgs84(place(wgs84), 'wgs84')).toEqual(place(wgs84))
    }
  })
  it('a_wgs84_place_stays_where_it_is', () => {
    expect(toWgs84(place([30.5, 104]), 'wgs84')).toEqual(place([30.5, 104]))
  })
})

describe('distance', () => {
  it('agrees_with_the_geodesic_vectors_within_a_millimetre', () => {
    expect(geodesicVectors.cases.length).toBeGreaterThan(50)
    for (const { a, b, distance_m } of geodesicVectors.cases) {
      expect(Math.abs(distanceM(place(a), place(b)) - distance_m)).toBeLessThan(0.001)
    }
  })
})
