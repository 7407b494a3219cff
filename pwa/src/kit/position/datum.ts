import type { Datum } from '@/api/types'

/** Chinese maps and phones shift coordinates; everything is compared in WGS 84. Published formulas, as the server uses them. */
export interface Place {
  latitude: number
  longitude: number
}

const semiMajor = 6378245
const eccentricitySquared = 0.006693421622965943
const bdTurn = (Math.PI * 3000) / 180

function isOutsideChina({ latitude, longitude }: Place): boolean {
  return longitude < 72.004 || longitude > 137.8347 || latitude < 0.8293 || latitude > 55.8271
}

function wave(x: number): number {
  return ((20 * Math.sin(6 * x * Math.PI) + 20 * Math.sin(2 * x * Math.PI)) * 2) / 3
}

function shift({ latitude, longitude }: Place): Place {
  const x = longitude - 105
  const y = latitude - 35
  const root = Math.sqrt(Math.abs(x))
  let north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + wave(x)
  north += ((20 * Math.sin(y * Math.PI) + 40 * Math.sin((y / 3) * Math.PI)) * 2) / 3
  north += ((160 * Math.sin((y / 12) * Math.PI) + 320 * Math.sin((y * Math.PI) / 30)) * 2) / 3
  let east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + wave(x)
  east += ((20 * Math.sin(x * Math.PI) + 40 * Math.sin((x / 3) * Math.PI)) * 2) / 3
  east += ((150 * Math.sin((x / 12) * Math.PI) + 300 * Math.sin((x / 30) * Math.PI)) * 2) / 3
  const phi = (latitude / 180) * Math.PI
  const magic = 1 - eccentricitySquared * Math.sin(phi) ** 2
  const root2 = Math.sqrt(magic)
  return {
    latitude: (north * 180) / (((semiMajor * (1 - eccentricitySquared)) / (magic * root2)) * Math.PI),
    longitude: (east * 180) / ((semiMajor / root2) * Math.cos(phi) * Math.PI),
  }
}

export function wgs84ToGcj02(place: Place): Place {
  if (isOutsideChina(place)) return place
  const by = shift(place)
  return { latitude: place.latitude + by.latitude, longitude: place.longitude + by.longitude }
}

/** The forward formula has no inverse in closed form; a few corrections bring it within a millimetre. */
export function gcj02ToWgs84(place: Place): Place {
  if (isOutsideChina(place)) return place
  let guess = place
  for (let round = 0; round < 5; round += 1) {
    const there = wgs84ToGcj02(guess)
    guess = {
      latitude: guess.latitude + place.latitude - there.latitude,
      longitude: guess.longitude + place.longitude - there.longitude,
    }
  }
  return guess
}

export function gcj02ToBd09({ latitude, longitude }: Place): Place {
  const radius = Math.hypot(longitude, latitude) + 0.00002 * Math.sin(latitude * bdTurn)
  const angle = Math.atan2(latitude, longitude) + 0.000003 * Math.cos(longitude * bdTurn)
  return { latitude: radius * Math.sin(angle) + 0.006, longitude: radius * Math.cos(angle) + 0.0065 }
}

export function bd09ToGcj02(place: Place): Place {
  const latitude = place.latitude - 0.006
  const longitude = place.longitude - 0.0065
  const radius = Math.hypot(longitude, latitude) - 0.00002 * Math.sin(latitude * bdTurn)
  const angle = Math.atan2(latitude, longitude) - 0.000003 * Math.cos(longitude * bdTurn)
  return { latitude: radius * Math.sin(angle), longitude: radius * Math.cos(angle) }
}

export function toWgs84(place: Place, datum: Datum): Place {
  if (datum === 'wgs84') return place
  return gcj02ToWgs84(datum === 'gcj02' ? place : bd09ToGcj02(place))
}

/** For handing a place to a map that speaks another datum. */
export function fromWgs84(place: Place, datum: Datum): Place {
  if (datum === 'wgs84') return place
  const there = wgs84ToGcj02(place)
  return datum === 'gcj02' ? there : gcj02ToBd09(there)
}
