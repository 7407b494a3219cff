/** What a browser must give so that visits can be recorded: kept, encrypted, with picture and place, without a line. */
export interface Surroundings {
  isSecure: boolean
  hasStore: boolean
  hasCrypto: boolean
  hasPosition: boolean
  hasCamera: boolean
  hasWorker: boolean
  /** What the person, or the phone, has refused. */
  denied: readonly ('position' | 'camera')[]
}

export type Lack = 'secure' | 'store' | 'crypto' | 'position' | 'position_denied' | 'camera' | 'camera_denied' | 'offline'

/** An address that is not secure takes encryption, camera, position and worker away with it: that is said once. */
export function lacksOf(given: Surroundings): Lack[] {
  const lacks: Lack[] = given.hasStore ? [] : ['store']
  if (!given.isSecure) return ['secure', ...lacks]
  if (!given.hasCrypto) lacks.push('crypto')
  for (const [part, has] of [
    ['position', given.hasPosition],
    ['camera', given.hasCamera],
  ] as const) {
    if (!has) lacks.push(part)
    else if (given.denied.includes(part)) lacks.push(`${part}_denied`)
  }
  if (!given.hasWorker) lacks.push('offline')
  return lacks
}

/** Without these nothing can be kept safely; all others only make it poorer. */
export function stopsVisits(lacks: readonly Lack[]): boolean {
  return lacks.some((lack) => lack === 'secure' || lack === 'store' || lack === 'crypto')
}

function seen(): Surroundings {
  return {
    isSecure: window.isSecureContext,
    hasStore: Boolean(globalThis.indexedDB),
    hasCrypto: Boolean(globalThis.crypto?.subtle),
    hasPosition: 'geolocation' in navigator,
    hasCamera: Boolean(navigator.mediaDevices?.getUserMedia),
    hasWorker: 'serviceWorker' in navigator,
    denied: [],
  }
}

/** What can be known at once, before anybody is asked. */
export const lacksNow = (): Lack[] => lacksOf(seen())

async function isDenied(name: string): Promise<boolean> {
  const answer = await navigator.permissions?.query({ name: name as PermissionName }).catch(() => null)
  return answer?.state === 'denied'
}

/** With what has been refused; browsers that do not tell count as willing. */
export async function lacksWithDenied(): Promise<Lack[]> {
  const [position, camera] = await Promise.all([isDenied('geolocation'), isDenied('camera')])
  const denied = [position ? (['position'] as const) : [], camera ? (['camera'] as const) : []].flat()
  lately = lacksOf({ ...seen(), denied })
  return lately
}

let lately: Lack[] | null = null
/** As it was last found, so that a page need not jump when it is found again. */
export const lacksLately = (): Lack[] => lately ?? lacksNow()
