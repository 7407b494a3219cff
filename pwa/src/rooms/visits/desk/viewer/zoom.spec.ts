import { describe, expect, it } from 'vitest'
import { fitted, largest, moved, zoomed } from './zoom'

const stage = { width: 800, height: 600 }
const middle = { x: 0, y: 0 }

describe('looking closer', () => {
  it('keeps_what_is_under_the_pointer_where_it_is', () => {
    const at = { x: 120, y: -80 }
    for (const factor of [1.25, 2, 5]) {
      const view = zoomed(fitted, factor, at, stage)
      expect((at.x - view.x) / view.scale).toBeCloseTo(at.x)
      expect((at.y - view.y) / view.scale).toBeCloseTo(at.y)
    }
  })
  it('goes_no_further_out_than_the_whole_picture_and_no_further_in_than_twelve_times', () => {
    expect(zoomed(fitted, 0.1, { x: 50, y: 50 }, stage)).toEqual(fitted)
    expect(zoomed(fitted, 1000, middle, stage).scale).toBe(largest)
  })
  it('never_loses_the_picture_from_the_stage', () => {
    const close = zoomed(fitted, 2, middle, stage)
    expect(moved(close, { x: 5_000, y: -5_000 }, stage)).toEqual({ scale: 2, x: 400, y: -300 })
    expect(zoomed(moved(close, { x: 400, y: 300 }, stage), 0.5, middle, stage)).toEqual(fitted)
  })
  it('a_fitted_picture_is_not_pushed_about', () => {
    expect(moved(fitted, { x: 30, y: 30 }, stage)).toEqual(fitted)
  })
})
