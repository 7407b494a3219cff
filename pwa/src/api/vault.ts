import { send } from './client'
import { Offline, problemOf } from './problem'

/** The key of this phone's vault, opened by the server for the person who is signed in. */
export async function askVaultKey(device: string, sealed: string): Promise<Uint8Array<ArrayBuffer>> {
  const headers = { 'content-type': 'application/json' }
  const body = JSON.stringify({ device, sealed })
  const response = await send(new Request('/api/v1/field/vault', { method: 'POST', headers, body }))
  if (!response.ok) throw await problemOf(response)
  const answer = (await response.json().catch(() => null)) as { key?: unknown } | null
  if (typeof answer?.key !== 'string') throw new Offline()
  return Uint8Array.from(atob(answer.key), (char) => char.charCodeAt(0))
}
