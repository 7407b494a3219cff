import { send } from '@/api/client'
import { problemOf } from '@/api/problem'
import type { Answers } from '@/api/types'
import { sha256Hex } from '@/kit/hash'

export const mediaTypes = ['image/jpeg', 'image/png', 'image/webp']

/** Sends a picture under its hash, and says which. */
export async function putPicture(file: File): Promise<string> {
  const bytes = await file.arrayBuffer()
  const sha256 = await sha256Hex(bytes)
  const request = new Request(`/api/v1/evidence/${sha256}`, {
    method: 'PUT',
    headers: { 'content-type': file.type },
    body: bytes,
  })
  const response = await send(request, 300_000)
  if (!response.ok) throw await problemOf(response)
  return sha256
}

/** Where this device is; none where it does not say. */
export function here(): Promise<Answers['position']> {
  return new Promise((found) => {
    navigator.geolocation.getCurrentPosition(
      ({ coords, timestamp }) =>
        found({
          latitude: coords.latitude,
          longitude: coords.longitude,
          accuracy_m: coords.accuracy,
          taken_at: new Date(timestamp).toISOString(),
          datum: 'wgs84',
          source: 'gps',
        }),
      () => found(null),
      { enableHighAccuracy: true, timeout: 20_000 },
    )
  })
}
