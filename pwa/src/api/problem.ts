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

export async function problemOf(response: Response): Promise<Problem> {
  const after = Number(response.headers.get('retry-after'))
  const retryAfterS = Number.isFinite(after) && after > 0 ? after : null
  const fallback = { code: `http_${response.status}`, title: `HTTP ${response.status}`, status: response.status }
  const body = (await response.json().catch(() => null)) as Partial<ProblemBody> | null
  return new Problem({ ...fallback, ...body, status: response.status }, retryAfterS)
}
