import { client, send, take } from './client'
import { Offline, problemOf } from './problem'
import type { Pull, PushReply, SaidVisit, SessionReply } from './types'

export function signIn(username: string, password: string): Promise<SessionReply> {
  return take(client.POST('/api/v1/session', { body: { username, password } }))
}

export async function signOut(): Promise<void> {
  await take(client.DELETE('/api/v1/session'))
}

export async function pull(since: string | null): Promise<Pull> {
  const reply = await take(client.GET('/api/v1/field/pull', since ? { params: { query: { since } } } : {}))
  if (typeof reply?.cursor !== 'string' || !Array.isArray(reply.households)) throw new Offline()
  return reply
}

/** Somebody waits for it before they can begin, and can begin without it. */
const patienceMs = 8_000

export async function said(id: string): Promise<SaidVisit> {
  const call = client.GET('/api/v1/field/visits/{id}', {
    params: { path: { id } },
    fetch: (request) => send(request, patienceMs),
  })
  const reply = await take(call)
  if (typeof reply?.started_at !== 'string' || !Array.isArray(reply.aid)) throw new Offline()
  return reply as SaidVisit
}

/** `text` is sent as it stands: the server hashes each body's own bytes, so it must not be parsed and written anew. */
export async function push(text: string): Promise<PushReply> {
  const request = new Request('/api/v1/field/push', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: text,
  })
  const response = await send(request)
  if (!response.ok) throw await problemOf(response)
  const reply = (await response.json().catch(() => null)) as PushReply | null
  if (!Array.isArray(reply?.results)) throw new Offline()
  return reply
}
