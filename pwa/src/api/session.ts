import type { Me, SessionReply } from './types'
import { Offline } from './problem'

/** The access token lives in memory only; the refresh cookie, which script cannot read, brings the next one. */
let token: { text: string; expiresAt: number } | null = null
let renewing: Promise<boolean> | null = null
let onEnded: (() => void) | null = null
let onBegun: ((user: Me) => void) | null = null

const earlyMs = 30_000

export function accessToken(): string | null {
  return token && token.expiresAt - earlyMs > Date.now() ? token.text : null
}

export function begin(reply: SessionReply): void {
  token = { text: reply.access_token, expiresAt: Date.now() + reply.expires_in * 1000 }
  onBegun?.(reply.user)
}

export function forget(): void {
  token = null
}

/** Who must know that the session ended (only sending stops) or began again. */
export function watchSession(begun: (user: Me) => void, ended: () => void): void {
  onBegun = begun
  onEnded = ended
}

/** Asks for a new access token; many callers at once share one request, for each use turns the cookie over. */
export function renew(): Promise<boolean> {
  renewing ??= oneTabAtATime(refresh).finally(() => {
    renewing = null
  })
  return renewing
}

/** Two tabs turning the same cookie over at once could look like theft to the server. */
async function oneTabAtATime(work: () => Promise<boolean>): Promise<boolean> {
  return navigator.locks ? navigator.locks.request('nuanfang-refresh', work) : work()
}

async function refresh(): Promise<boolean> {
  let response: Response
  try {
    response = await fetch('/api/v1/session/refresh', { method: 'POST', signal: AbortSignal.timeout(30_000) })
  } catch {
    throw new Offline()
  }
  if (!response.headers.get('x-request-id')) throw new Offline()
  if (response.ok) {
    begin((await response.json()) as SessionReply)
    return true
  }
  if (response.status === 401) {
    token = null
    onEnded?.()
  }
  return false
}
