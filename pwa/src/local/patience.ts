import { Offline, Problem } from '@/api/problem'
import type { ProblemBody } from '@/api/types'

/** However often it failed, it is tried again after this long at the latest. */
const ceilingMs = 600_000
/** However long the server asks to wait. */
export const longestWaitMs = 3_600_000
const leastMs = 500

/** Doubles from two seconds to ten minutes; of that a random part, so that a village of phones does not knock at once. */
export function backoffMs(attempts: number, chance: number): number {
  const whole = Math.min(ceilingMs, 1_000 * 2 ** Math.min(attempts, 12))
  return Math.max(leastMs, Math.round(whole * chance))
}

/** What the server asks for is kept, and a little more, so that those it asked at once do not all come back at once. */
export function waitMs(attempts: number, cause: unknown, chance: number): number {
  const asked = cause instanceof Problem ? (cause.retryAfterS ?? 0) * 1000 * (1 + chance / 10) : 0
  return Math.min(longestWaitMs, Math.max(Math.round(asked), backoffMs(attempts, chance)))
}

/**
 * Whether a time noted for the next try has come. The phone's clock may have been wrong when it was noted, by years:
 * nothing is ever asked to wait longer than the longest wait, so a time beyond that is none.
 */
export function isDue(nextAttemptMs: number, nowMs: number): boolean {
  return nextAttemptMs <= nowMs || nextAttemptMs > nowMs + longestWaitMs
}

const lineStatuses = new Set([401, 408, 429, 502, 503, 504])

/** Whether it would go no better with anything else sent now. The rest is the matter of the one thing that was sent. */
export function isAboutTheLine(cause: unknown): boolean {
  return cause instanceof Offline || (cause instanceof Problem && lineStatuses.has(cause.status))
}

/** The server lacks the key an envelope was made for; it comes back when the server's keys do. Nobody need do anything here. */
export function isPutOff(problem: ProblemBody | null | undefined): problem is ProblemBody {
  return problem?.code === 'seal_key_unknown'
}

/** What the server says of the thing itself, so that sending it again would say the same. */
export function isForGood(cause: unknown): cause is Problem {
  return isItsOwn(cause) && !isPutOff(cause.body)
}

/** About the one thing that was sent, for good or for now: it says nothing of the next. */
export function isItsOwn(cause: unknown): cause is Problem {
  return cause instanceof Problem && [400, 413, 415, 422].includes(cause.status)
}
