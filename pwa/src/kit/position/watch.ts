import { onScopeDispose, ref, shallowRef } from 'vue'
import type { Position } from '@/api/types'

export type Trouble = 'denied' | 'unavailable' | 'unsupported'

/** GPS on a phone gives a fix in metres; what is rougher came from cell towers or Wi-Fi. */
function toPosition(fix: GeolocationPosition): Position {
  const { latitude, longitude, accuracy } = fix.coords
  return {
    latitude,
    longitude,
    accuracy_m: Math.round(accuracy * 10) / 10,
    taken_at: new Date(fix.timestamp).toISOString(),
    datum: 'wgs84',
    source: accuracy <= 100 ? 'gps' : 'network',
  }
}

/** A fix taken at once and improving for as long as the page is open. It informs, and never stands in the way. */
export function usePosition(onFix?: (position: Position) => void) {
  const position = shallowRef<Position | null>(null)
  const trouble = ref<Trouble | null>(null)
  let watching: number | null = null

  function stop(): void {
    if (watching !== null) navigator.geolocation.clearWatch(watching)
    watching = null
  }

  function start(): void {
    if (!('geolocation' in navigator)) {
      trouble.value = 'unsupported'
      return
    }
    stop()
    trouble.value = null
    watching = navigator.geolocation.watchPosition(
      (fix) => {
        trouble.value = null
        position.value = toPosition(fix)
        onFix?.(position.value)
      },
      (failure) => {
        if (failure.code === failure.PERMISSION_DENIED) trouble.value = 'denied'
        else if (!position.value) trouble.value = 'unavailable'
      },
      { enableHighAccuracy: true, maximumAge: 5_000, timeout: 30_000 },
    )
  }

  onScopeDispose(stop)
  return { position, trouble, start, stop }
}

/** Whether a fix may be taken without asking: a list may sort by distance, but must not open with a question. */
export async function mayLocate(): Promise<boolean> {
  try {
    return (await navigator.permissions.query({ name: 'geolocation' })).state === 'granted'
  } catch {
    return false
  }
}
