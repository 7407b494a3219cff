import { describe, expect, it } from 'vitest'
import { fill, find } from './fill'

describe('a text', () => {
  it('is_filled_by_name_and_an_unfilled_hole_is_left_out', () => {
    expect(fill('{a} of {b}', { a: 3, b: 'four' })).toBe('3 of four')
    expect(fill('{a}{b}', { a: 0, b: null })).toBe('0')
    expect(fill('no holes')).toBe('no holes')
  })
  it('takes_the_form_that_fits_the_number', () => {
    const text = '{n} picture | {n} pictures'
    expect([0, 1, 2, 30].map((n) => fill(text, {}, n))).toEqual(['0 pictures', '1 picture', '2 pictures', '30 pictures'])
    expect([1, 2].map((n) => fill(text, { n }))).toEqual(['1 picture', '2 pictures'])
    expect([0, 1, 7].map((n) => fill('none | one | many', {}, n))).toEqual(['none', 'one', 'many'])
  })
  it('with_one_form_shows_every_number', () => {
    expect(fill('{n} 张照片', {}, 1)).toBe('1 张照片')
  })
  it('counts_by_the_number_and_fills_by_name_at_once', () => {
    expect(fill('{name} has {n} | {name} have {n}', { name: 'we' }, 2)).toBe('we have 2')
  })
  it('whose_filling_looks_like_a_hole_or_a_bar_is_not_read_again', () => {
    expect(fill('{a} {b}', { a: '{b}', b: 'x | y' })).toBe('{b} x | y')
  })
})

describe('a key', () => {
  const words = { room: { one: 'text', more: { two: 'deep' } } }
  it('leads_to_its_text_and_to_nothing_else', () => {
    expect(find(words, 'room.more.two')).toBe('deep')
    for (const path of ['room', 'room.none', 'room.one.x', 'toString', 'room.constructor.name', ''])
      expect(find(words, path)).toBeNull()
  })
})
