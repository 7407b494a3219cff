import type { Home } from '@/api/types'
import { type Place, fromWgs84, toWgs84 } from '@/kit/position/datum'

export type MapApp = 'amap' | 'baidu' | 'tencent' | 'apple' | 'phone'
export interface MapLink {
  app: MapApp
  href: string
}

const six = (degrees: number) => degrees.toFixed(6)
const comma = (first: number, second: number) => `${six(first)},${six(second)}`
const asked = (address: string, words: Record<string, string>) => `${address}?${new URLSearchParams(words).toString()}`

/** What the maps call the end of the way: they need not learn whose home it is. */
const end = '终点'
const source = 'nuanfang'

/** To a place, for each map in the datum it reads: Amap and Tencent GCJ-02, Baidu BD-09, Apple and geo: WGS 84. */
function toPlace(place: Place): MapLink[] {
  const gcj = fromWgs84(place, 'gcj02')
  const bd = fromWgs84(place, 'bd09')
  const here = comma(place.latitude, place.longitude)
  const amap = {
    to: `${comma(gcj.longitude, gcj.latitude)},${end}`,
    mode: 'walk',
    coordinate: 'gaode',
    src: source,
    callnative: '1',
  }
  const baidu = {
    location: comma(bd.latitude, bd.longitude),
    title: end,
    content: end,
    coord_type: 'bd09ll',
    output: 'html',
    src: source,
  }
  const tencent = { type: 'walk', to: end, tocoord: comma(gcj.latitude, gcj.longitude), coord_type: '2', referer: source }
  return [
    { app: 'amap', href: asked('https://uri.amap.com/navigation', amap) },
    { app: 'baidu', href: asked('https://api.map.baidu.com/marker', baidu) },
    { app: 'tencent', href: asked('https://apis.map.qq.com/uri/v1/routeplan', tencent) },
    { app: 'apple', href: asked('https://maps.apple.com/', { daddr: here, dirflg: 'w' }) },
    { app: 'phone', href: `geo:${here}?q=${here}` },
  ]
}

/** Where nobody has marked the home, the map is asked for the address. */
function toAddress(address: string): MapLink[] {
  return [
    { app: 'amap', href: asked('https://uri.amap.com/search', { keyword: address, src: source, callnative: '1' }) },
    { app: 'baidu', href: asked('https://api.map.baidu.com/geocoder', { address, output: 'html', src: source }) },
    { app: 'tencent', href: asked('https://apis.map.qq.com/uri/v1/search', { keyword: address, referer: source }) },
    { app: 'apple', href: asked('https://maps.apple.com/', { q: address }) },
    { app: 'phone', href: `geo:0,0?q=${encodeURIComponent(address)}` },
  ]
}

/** None where neither the place nor the address is known. */
export function mapLinks(home: Home | null, address: string): MapLink[] {
  if (home) return toPlace(toWgs84(home, home.datum))
  return address.trim() ? toAddress(address.trim()) : []
}
