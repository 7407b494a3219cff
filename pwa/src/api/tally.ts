import { send } from './client'
import { Offline, problemOf } from './problem'

/** Written by hand until schema.d.ts knows `GET /field/tally`; to be replaced by the generated types. */
export interface Tally {
  server_time: string
  accepted_through: number
  highest: number
  gaps: { first: number; last: number }[]
  /** Newest first, the last 2,000 at most. */
  items: TallyItem[]
  visits: number
  pictures_named: number
  pictures_held: number
  /** The first 1,000 at most. */
  missing: string[]
}

export interface TallyItem {
  id: string
  sequence: number
  kind: string
  state: 'stored' | 'set_aside'
  pictures_named: number
  pictures_held: number
}

/** What the server holds from this phone; null from a server that cannot tell yet. */
export async function askTally(device: string): Promise<Tally | null> {
  const response = await send(new Request(`/api/v1/field/tally?device=${encodeURIComponent(device)}`))
  if (response.status === 404 || response.status === 405) return null
  if (!response.ok) throw await problemOf(response)
  const tally = (await response.json().catch(() => null)) as Tally | null
  if (!Array.isArray(tally?.items) || !Array.isArray(tally.missing) || !Array.isArray(tally.gaps)) throw new Offline()
  return tally
}
