import { expect, test } from 'vitest'
import { spotOf } from '@/kit/map/camera'
import { countOf, ringOf } from '@/kit/map/marks'
import { boxOf, partsOf } from './places'

test('the part asked for is what is in sight and a little more', () => {
  const camera = { ...spotOf({ latitude: 30.66, longitude: 104.08 }), zoom: 14 }
  const box = boxOf(camera, { width: 800, height: 600 }, 'wgs84')
  expect(box.west).toBeLessThan(104.08)
  expect(box.east).toBeGreaterThan(104.08)
  expect(box.south).toBeLessThan(30.66)
  expect(box.north).toBeGreaterThan(30.66)
  // 800 px at zoom 14 are 0.0343 degrees; asked for is 1.3 times that.
  expect(box.east - box.west).toBeCloseTo(((800 * 360) / (512 * 2 ** 14)) * 1.3, 6)
  const moved = boxOf(camera, { width: 800, height: 600 }, 'gcj02')
  expect(box.west - moved.west).toBeGreaterThan(0.001)
})

test('no part reaches beyond the edge of the world', () => {
  const box = boxOf({ x: 0.5, y: 0.5, zoom: 0 }, { width: 4000, height: 4000 }, 'wgs84')
  expect([box.west, box.east]).toEqual([-180, 180])
  expect(Math.abs(box.north)).toBeLessThan(90)
})

test('a ring is made up of all that a bunch stands for, the worst first', () => {
  const by = { unreached: 5, attempted: 0, pending: 1, matched: 2, disputed: 1, settled: 1 }
  const mark = { id: 'a', place: { latitude: 0, longitude: 0 }, name: '', tone: 'plain', icon: 'people' } as const
  const marks = [
    { ...mark, count: 10, parts: partsOf(by) },
    { ...mark, tone: 'good' as const },
  ]
  expect(countOf(marks)).toBe(11)
  expect(ringOf(marks)).toBe(
    'conic-gradient(var(--bad) 0.0% 9.1%, var(--cool) 9.1% 18.2%, var(--good) 18.2% 54.5%, var(--line) 54.5% 100.0%)',
  )
  expect(ringOf([mark])).toBeNull()
})
