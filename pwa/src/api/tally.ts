import type { components } from './schema'
import { send } from './client'
import { Offline, problemOf } from './problem'

export type Tally = components['schemas']['Tally']

/** What the server holds from this phone; null from a server that cannot tell yet. */
export async function askTally(device: string): Promise<Tally | null> {
  const response = await send(new Request(`/api/v1/field/tally?device=${encodeURIComponent(device)}`))
  if (response.status === 404 || response.status === 405) return null
  if (!response.ok) throw await problemOf(response)
  const tally = (await response.json().catch(() => null)) as Tally | null
  if (!Array.isArray(tally?.items) || !Array.isArray(tally.missing) || !Array.isArray(tally.gaps)) throw new Offline()
  return tally
}
