import { describe, expect, it } from 'vitest'
import { type Camera, fitTo, metresPerPx, panBy, placeOf, roundLength, seenAt, spotOf, zoomAround } from './camera'
import { bunch, inSight } from './cluster'

const home = { latitude: 30.6571, longitude: 104.0823 }
const camera: Camera = { ...spotOf(home), zoom: 15 }
const size = { width: 360, height: 400 }
const spots = Array.from({ length: 5000 }, (_, n) =>
  spotOf({ latitude: 30.65 + ((n * 37) % 997) * 1e-5, longitude: 104.08 + ((n * 53) % 991) * 1e-5 }),
)

describe('the camera', () => {
  it('a_place_comes_back_from_where_it_is_seen', () => {
    const back = placeOf(spotOf(home))
    expect(back.latitude).toBeCloseTo(home.latitude, 9)
    expect(back.longitude).toBeCloseTo(home.longitude, 9)
  })
  it('a_degree_of_latitude_is_as_long_as_the_scale_says', () => {
    const px = seenAt(spotOf({ ...home, latitude: home.latitude + 0.001 }), camera).y
    expect(-px * metresPerPx(camera)).toBeCloseTo(111, 0)
  })
  it('what_is_under_the_finger_stays_there_while_the_map_comes_nearer', () => {
    const under = { x: 80, y: -120 }
    const held = panBy(camera, -under.x, -under.y)
    const after = seenAt(held, zoomAround(camera, 1.7, under, 19))
    expect([after.x, after.y].map((px) => Math.round(px * 1000) / 1000)).toEqual([80, -120])
  })
  it('all_spots_are_in_sight_when_all_are_asked_for', () => {
    const all = fitTo(spots, size, 30, 17) as Camera
    expect(inSight(spots, all, size, 0)).toHaveLength(spots.length)
    expect(fitTo([], size, 30, 17)).toBeNull()
    expect(fitTo([spotOf(home)], size, 30, 17)?.zoom).toBe(17)
  })
  it('the_scale_has_a_round_length_that_fits', () => {
    expect(roundLength(100, 1.3)).toEqual({ m: 100, px: 100 / 1.3 })
    expect(roundLength(100, 0.21).m).toBe(20)
    expect(roundLength(80, 700).m).toBe(50_000)
  })
})

describe('a bunch', () => {
  it('holds_every_item_exactly_once_at_every_zoom', () => {
    for (let zoom = 8; zoom <= 20; zoom += 1) {
      const items = bunch(spots, zoom).flatMap((one) => one.items)
      expect(items).toHaveLength(spots.length)
      expect(new Set(items).size).toBe(spots.length)
    }
  })
  it('comes_apart_as_the_map_comes_nearer_and_only_the_same_place_stays_together', () => {
    const counts = [10, 13, 16, 20].map((zoom) => bunch(spots, zoom).length)
    expect([...counts].sort((a, b) => a - b)).toEqual(counts)
    expect(bunch([...spots.slice(0, 3), spots[0] as (typeof spots)[0]], 20).map((one) => one.items.length)).toEqual([2, 1, 1])
  })
  it('leaves_few_enough_marks_in_sight_to_be_drawn_at_once', () => {
    for (const zoom of [12, 14, 16, 18])
      expect(inSight(bunch(spots, zoom), { ...camera, zoom }, size, 0).length).toBeLessThan(120)
  })
})
