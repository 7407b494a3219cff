import type { Place } from './datum'

const a = 6378137
const f = 1 / 298.257223563
const b = a * (1 - f)
const radians = (degrees: number) => (degrees * Math.PI) / 180

/** Metres along the WGS 84 ellipsoid (Vincenty's inverse). Nearly antipodal points, which no visit is, fall back to the sphere. */
export function distanceM(from: Place, to: Place): number {
  const L = radians(to.longitude - from.longitude)
  const u1 = Math.atan((1 - f) * Math.tan(radians(from.latitude)))
  const u2 = Math.atan((1 - f) * Math.tan(radians(to.latitude)))
  const [sin1, cos1, sin2, cos2] = [Math.sin(u1), Math.cos(u1), Math.sin(u2), Math.cos(u2)]
  let lambda = L
  for (let round = 0; round < 100; round += 1) {
    const sinLambda = Math.sin(lambda)
    const cosLambda = Math.cos(lambda)
    const sinSigma = Math.hypot(cos2 * sinLambda, cos1 * sin2 - sin1 * cos2 * cosLambda)
    if (sinSigma === 0) return 0
    const cosSigma = sin1 * sin2 + cos1 * cos2 * cosLambda
    const sigma = Math.atan2(sinSigma, cosSigma)
    const sinAlpha = (cos1 * cos2 * sinLambda) / sinSigma
    const cosSqAlpha = 1 - sinAlpha ** 2
    const cos2m = cosSqAlpha === 0 ? 0 : cosSigma - (2 * sin1 * sin2) / cosSqAlpha
    const c = (f / 16) * cosSqAlpha * (4 + f * (4 - 3 * cosSqAlpha))
    const before = lambda
    lambda = L + (1 - c) * f * sinAlpha * (sigma + c * sinSigma * (cos2m + c * cosSigma * (2 * cos2m ** 2 - 1)))
    if (Math.abs(lambda - before) < 1e-12) return along(cosSqAlpha, sigma, sinSigma, cosSigma, cos2m)
  }
  return onSphere(from, to)
}

function along(cosSqAlpha: number, sigma: number, sinSigma: number, cosSigma: number, cos2m: number): number {
  const uSq = (cosSqAlpha * (a ** 2 - b ** 2)) / b ** 2
  const A = 1 + (uSq / 16384) * (4096 + uSq * (-768 + uSq * (320 - 175 * uSq)))
  const B = (uSq / 1024) * (256 + uSq * (-128 + uSq * (74 - 47 * uSq)))
  const third = (B / 6) * cos2m * (4 * sinSigma ** 2 - 3) * (4 * cos2m ** 2 - 3)
  return b * A * (sigma - B * sinSigma * (cos2m + (B / 4) * (cosSigma * (2 * cos2m ** 2 - 1) - third)))
}

const half = (x: number) => Math.sin(x / 2) ** 2

function onSphere(from: Place, to: Place): number {
  const h =
    half(radians(to.latitude - from.latitude)) +
    Math.cos(radians(from.latitude)) * Math.cos(radians(to.latitude)) * half(radians(to.longitude - from.longitude))
  return 2 * 6371008.8 * Math.asin(Math.min(1, Math.sqrt(h)))
}
