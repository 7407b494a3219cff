import { Offline, problemOf } from './problem'
import type { components } from './schema'
import type { Whole } from './whole'

type Server = components['schemas']
/** What everybody may know of a campaign's draws. */
export type Draws = Whole<Server['DrawsPublished']>

const slowestMs = 60_000

/** Without a session, whoever asks: nothing of who is signed in goes along. */
async function askOpenly<T>(path: string, language: string): Promise<T> {
  let response: Response
  try {
    const headers = { 'accept-language': language }
    response = await fetch(path, { headers, credentials: 'omit', signal: AbortSignal.timeout(slowestMs) })
  } catch {
    throw new Offline()
  }
  if (!response.ok) throw await problemOf(response)
  const body = (await response.json().catch(() => undefined)) as T | undefined
  if (body === undefined) throw new Offline()
  return body
}

export const drawsPath = (campaign: string) => `/api/v1/public/campaigns/${encodeURIComponent(campaign)}/draws`
export const framePath = (campaign: string, draw: string) => `${drawsPath(campaign)}/${encodeURIComponent(draw)}/frame`
export const askDraws = (campaign: string, language: string) => askOpenly<Draws>(drawsPath(campaign), language)
export const askFrame = <T>(campaign: string, draw: string, language: string) => askOpenly<T>(framePath(campaign, draw), language)
