import { send } from '@/api/client'
import { Offline, problemOf } from '@/api/problem'

export interface Page<T> {
  items: T[]
  next: string | null
}
export type Query = Record<string, string | number | boolean | null | undefined>

function address(path: string, query: Query): string {
  const asked = new URLSearchParams()
  for (const [key, value] of Object.entries(query)) {
    if (value !== null && value !== undefined && value !== '') asked.set(key, String(value))
  }
  const text = asked.toString()
  return `/api/v1${path}${text ? `?${text}` : ''}`
}

async function answerOf<T>(request: Request, timeoutMs?: number): Promise<T> {
  const response = await send(request, timeoutMs)
  if (!response.ok) throw await problemOf(response)
  if (response.status === 204) return undefined as T
  const body = (await response.json().catch(() => undefined)) as T | undefined
  if (body === undefined) throw new Offline()
  return body
}

/** A question to the server; filters left empty are not sent. */
export function ask<T>(path: string, query: Query = {}): Promise<T> {
  return answerOf<T>(new Request(address(path, query)))
}

/** Something for the server to do. `version` is the one that was read: a stale one changes nothing. */
export function tell<T>(method: 'POST' | 'PUT' | 'PATCH', path: string, body: unknown, version?: number): Promise<T> {
  const headers: Record<string, string> = { 'content-type': 'application/json' }
  if (version !== undefined) headers['if-match'] = `"${version}"`
  return answerOf<T>(new Request(address(path, {}), { method, headers, body: JSON.stringify(body) }))
}

/** Takes something away; what is gone already is gone. */
export async function drop(path: string): Promise<void> {
  const response = await send(new Request(address(path, {}), { method: 'DELETE' }))
  if (!response.ok && response.status !== 404) throw await problemOf(response)
}

/** A file as it is, byte for byte; large ones may take their time. */
export function hand<T>(path: string, query: Query, file: Blob, mediaType: string): Promise<T> {
  const request = new Request(address(path, query), { method: 'POST', headers: { 'content-type': mediaType }, body: file })
  return answerOf<T>(request, 300_000)
}

/** Bytes that need the bearer's token, which an <img> cannot carry. */
export async function fetchBlob(path: string, query: Query = {}): Promise<Blob> {
  const response = await send(new Request(address(path, query)))
  if (!response.ok) throw await problemOf(response)
  return response.blob()
}
