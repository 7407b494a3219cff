import { describe, expect, it } from 'vitest'
import { type MapApp, mapLinks } from './mapLinks'

// The first case of the datum vectors.
const wgs84 = { latitude: 30.510415, longitude: 104.162986 }
const gcj02 = { latitude: 30.5078895, longitude: 104.1654526 }
const bd09 = { latitude: 30.5141949, longitude: 104.1718838 }
const homes = [
  { ...wgs84, datum: 'wgs84' as const },
  { ...gcj02, datum: 'gcj02' as const },
  { ...bd09, datum: 'bd09' as const },
]
const address = '城东区红星巷 3 号'

function link(app: MapApp, home: (typeof homes)[number] | null = homes[0] ?? null): URL {
  return new URL(mapLinks(home, address).find((one) => one.app === app)?.href ?? '')
}
function near(words: string | null, [a, b]: readonly [number, number]): void {
  const [first = NaN, second = NaN] = (words ?? '').split(',').map(Number)
  expect(Math.abs(first - a), words ?? '').toBeLessThan(1e-5)
  expect(Math.abs(second - b), words ?? '').toBeLessThan(1e-5)
}

describe('a link to a map', () => {
  it('gives_each_map_the_datum_it_reads_whatever_the_home_was_marked_in', () => {
    for (const home of homes) {
      near(link('amap', home).searchParams.get('to'), [gcj02.longitude, gcj02.latitude])
      near(link('tencent', home).searchParams.get('tocoord'), [gcj02.latitude, gcj02.longitude])
      near(link('baidu', home).searchParams.get('location'), [bd09.latitude, bd09.longitude])
      near(link('apple', home).searchParams.get('daddr'), [wgs84.latitude, wgs84.longitude])
      near(link('phone', home).pathname, [wgs84.latitude, wgs84.longitude])
    }
  })
  it('is_the_published_address_of_each_map', () => {
    const hosts = (['amap', 'baidu', 'tencent', 'apple'] as const).map((app) => link(app).origin + link(app).pathname)
    expect(hosts).toEqual([
      'https://uri.amap.com/navigation',
      'https://api.map.baidu.com/marker',
      'https://apis.map.qq.com/uri/v1/routeplan',
      'https://maps.apple.com/',
    ])
    expect(Object.fromEntries(link('amap').searchParams)).toMatchObject({ coordinate: 'gaode', mode: 'walk', callnative: '1' })
    expect(Object.fromEntries(link('baidu').searchParams)).toMatchObject({ coord_type: 'bd09ll', output: 'html' })
    expect(Object.fromEntries(link('tencent').searchParams)).toMatchObject({ coord_type: '2', type: 'walk' })
    expect(link('phone').protocol).toBe('geo:')
  })
  it('names_no_address_where_the_place_is_known', () => {
    for (const { href } of mapLinks(homes[0] ?? null, address)) expect(decodeURIComponent(href)).not.toContain('红星巷')
  })
  it('asks_for_the_address_where_nobody_marked_the_home_and_is_none_without_one', () => {
    expect(link('amap', null).searchParams.get('keyword')).toBe(address)
    expect(link('baidu', null).searchParams.get('address')).toBe(address)
    expect(link('tencent', null).searchParams.get('keyword')).toBe(address)
    expect(link('apple', null).searchParams.get('q')).toBe(address)
    expect(link('phone', null).searchParams.get('q')).toBe(address)
    expect(mapLinks(null, ' ')).toEqual([])
  })
})
