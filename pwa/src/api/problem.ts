import type { ProblemBody } from './types'

/** What the server said no to, with its stable code. */
export class Problem extends Error {
  constructor(
    readonly body: ProblemBody,
    readonly retryAfterS: number | null = null,
  ) {
    super(body.code)
  }
  get status(): number {
    return this.body.status
  }
  /** Words in the language the request asked for. */
  get words(): string {
    return this.body.detail || this.body.title
  }
}

/** No answer, or an answer that is not our server's: a captive portal also says 200. */
export class Offline extends Error {
  constructor() {
    super('offline')
  }
}

/** Seconds, or a date by the server's own clock. */
export function retryAfterOf(headers: Headers): number | null {
  const text = headers.get('retry-after')
  if (!text) return null
  const seconds = Number(text)
  if (Number.isFinite(seconds)) return seconds > 0 ? seconds : null
  const from = Date.parse(headers.get('date') ?? '') || Date.now()
  const until = Date.parse(text)
  return until > from ? Math.ceil((until - from) / 1000) : null
}

export async function problemOf(response: Response): Promise<Problem> {
  const fallback = { code: `http_${response.status}`, title: `HTTP ${response.status}`, status: response.status }
  const body = (await response.json().catch(() => null)) as Partial<ProblemBody> | null
  return new Problem({ ...fallback, ...body, status: response.status }, retryAfterOf(response.headers))
}
