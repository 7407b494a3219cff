import { client, send, take } from './client'
import { Offline, problemOf } from './problem'

/** How much of a file the server has. */
export interface Held {
  offset: number
  complete: boolean
}

/** The part did not begin where the server's copy ends; `offset` says where that is. */
export class WrongOffset extends Error {
  constructor(readonly offset: number) {
    super('wrong_offset')
  }
}

/** What a picture sealed to the server's key is called; it is sent under its plain bytes' name all the same. */
export const sealedType = 'application/vnd.nuanfang.sealed'

const slowestWholeMs = 180_000
const slowestPartMs = 90_000
const nothing: Held = { offset: 0, complete: false }

const url = (sha256: string) => `/api/v1/evidence/${sha256}`

function offsetOf(response: Response): number | null {
  const text = response.headers.get('upload-offset')
  const offset = Number(text)
  return text !== null && Number.isInteger(offset) && offset >= 0 ? offset : null
}

/** Raw bytes, never multipart: some browsers' workers send multipart bodies empty. */
export async function putEvidence(sha256: string, mediaType: string, bytes: ArrayBuffer): Promise<void> {
  const request = new Request(url(sha256), { method: 'PUT', headers: { 'content-type': mediaType }, body: bytes })
  const response = await send(request, slowestWholeMs)
  if (response.status !== 200 && response.status !== 201) throw await problemOf(response)
}

export async function heldEvidence(sha256: string): Promise<Held> {
  const response = await send(new Request(url(sha256), { method: 'HEAD' }))
  if (response.status === 404) return nothing
  if (!response.ok) throw await problemOf(response)
  const complete = response.headers.get('upload-complete') !== '?0'
  const offset = offsetOf(response)
  if (offset === null && !complete) return nothing
  return { offset: offset ?? 0, complete }
}

export interface Part {
  offset: number
  bytes: Uint8Array<ArrayBuffer>
  /** Nothing follows this part. */
  completes: boolean
}

/** Adds a part where the server's copy ends; a last part is answered only when the whole hashes to its name. */
export async function appendEvidence(sha256: string, { offset, bytes, completes }: Part): Promise<void> {
  const headers = {
    'content-type': 'application/partial-upload',
    'upload-offset': String(offset),
    'upload-complete': completes ? '?1' : '?0',
  }
  const response = await send(new Request(url(sha256), { method: 'PATCH', headers, body: bytes }), slowestPartMs)
  if (response.ok) return
  const right = response.status === 409 ? offsetOf(response) : null
  if (right !== null) throw new WrongOffset(right)
  throw await problemOf(response)
}

export async function missingEvidence(sha256: string[]): Promise<string[]> {
  const reply = await take(client.POST('/api/v1/evidence/missing', { body: { sha256 } }))
  if (!Array.isArray(reply?.missing)) throw new Offline()
  return reply.missing
}
