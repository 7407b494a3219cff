import createClient from 'openapi-fetch'
import { noteAnswer } from '@/kit/clock'
import type { paths } from './schema'
import { Offline, Problem, problemOf, retryAfterOf } from './problem'
import { accessToken, renew } from './session'
import type { Whole } from './whole'

const slowestAnswerMs = 60_000

let language = 'zh-CN'
export function speak(tag: string): void {
  language = tag
}

/** One request, once: measures the clock, and takes an answer for ours only if it carries a request id. */
async function once(request: Request, timeoutMs: number): Promise<Response> {
  request.headers.set('accept-language', language)
  const token = accessToken()
  if (token) request.headers.set('authorization', `Bearer ${token}`)
  const sentAt = Date.now()
  let response: Response
  try {
    response = await fetch(request, { signal: AbortSignal.timeout(timeoutMs) })
  } catch {
    throw new Offline()
  }
  if (!response.headers.get('x-request-id')) throw new Offline()
  noteAnswer(response.headers.get('date'), sentAt, Date.now())
  return response
}

/** The request with a fresh token when the old one ran out; a session that has ended comes back as the 401 it is. */
export async function send(request: Request, timeoutMs = slowestAnswerMs): Promise<Response> {
  const isSession = new URL(request.url).pathname.startsWith('/api/v1/session')
  const again = request.clone()
  if (!isSession && !accessToken()) await renew()
  const response = await once(request, timeoutMs)
  if (response.status !== 401 || isSession) return response
  return (await renew()) ? once(again, timeoutMs) : response
}

export const client = createClient<paths>({
  baseUrl: typeof location === 'undefined' ? 'http://localhost' : location.origin,
  fetch: (request) => send(request),
})

interface Answer<T> {
  data?: T
  error?: unknown
  response: Response
}

/** The body of a good answer, or a thrown Problem. A good status with a body that is not ours counts as no answer. */
export async function take<T>(call: Promise<Answer<T>>): Promise<Whole<T>> {
  let answer: Answer<T>
  try {
    answer = await call
  } catch (cause) {
    if (cause instanceof SyntaxError) throw new Offline()
    throw cause
  }
  const { data, error, response } = answer
  if (response.ok && data !== undefined) return data as Whole<T>
  if (response.ok && response.status === 204) return undefined as Whole<T>
  if (error && typeof error === 'object' && 'code' in error) {
    const body = { title: '', ...(error as { code: string }), status: response.status }
    throw new Problem(body, retryAfterOf(response.headers))
  }
  throw await problemOf(response)
}
