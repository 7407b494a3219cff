/** How much of the phone's space is left for this app; a number the browser guesses, and gives late. */
export interface Estimate {
  quota?: number
  usage?: number
}

/** `tight`: say so and send. `full`: take no more pictures, so that what is written still finds its place. */
export type Room = 'enough' | 'tight' | 'full'

/** Half of the room may be somebody else's by tomorrow; and a full phone makes some browsers drop everything. */
const leastFreeBytes = 20 * 1024 * 1024
const tightShare = 0.8

export function roomOf({ quota = 0, usage = 0 }: Estimate): Room {
  if (quota === 0) return 'enough'
  if (quota - usage <= leastFreeBytes) return 'full'
  return usage >= tightShare * quota ? 'tight' : 'enough'
}

export async function roomNow(): Promise<Room> {
  return roomOf((await navigator.storage?.estimate?.().catch(() => null)) ?? {})
}
