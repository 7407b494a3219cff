import type { components } from '@/api/schema'
import type { Whole } from '@/api/whole'
import { type Page, ask, tell } from '@/desk/door'

type Server = components['schemas']
export type Sample = Whole<Server['Sample']>
export type SampleFile = Whole<Server['SampleView']>
export type Draws = Whole<Server['DrawsPublished']>
export type Result = Whole<Server['SampleResult']>
export type Tally = Whole<Server['CheckTally']>
export type Share = Whole<Server['Share']>
export type Kind = Server['SampleKind']

/** What chance draws from; the other kinds are chosen, or come of themselves. */
export const drawnKinds = ['assisted', 'not_reached'] as const satisfies readonly Kind[]

export const fetchDraws = (campaign: string) => ask<Draws>(`/public/campaigns/${campaign}/draws`)
export const fetchSamples = (campaign: string, after: string | null, limit: number) =>
  ask<Page<Sample>>('/samples', { campaign, after, limit })
export const fetchSample = (id: string) => ask<SampleFile>(`/samples/${id}`)
export const fetchResult = (id: string) => ask<Result>(`/samples/${id}/result`)
/** The id is made before the first try, so that a second one draws nothing new. */
export const drawSample = (id: string, campaign: string, kind: Kind) =>
  tell<Sample>('POST', '/samples', { id, campaign_id: campaign, kind })
export const revealSeed = (campaign: string, commitment: string) =>
  tell<Draws>('POST', `/campaigns/${campaign}/reveal-seed`, { commitment })

/** Millionths as a percentage with one place. */
export function share(ppm: number, language: string): string {
  return new Intl.NumberFormat(language, { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(
    ppm / 1_000_000,
  )
}

/** `0.07` as a percentage, exactly. */
export function rateWords(rate: string, language: string): string {
  return new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 4 }).format(Number(rate))
}

/** `T3/below_line`: the team's code, and the category. */
export function partsOf(stratum: string): { team: string; category: string } {
  const at = stratum.indexOf('/')
  return at < 0 ? { team: stratum, category: '' } : { team: stratum.slice(0, at), category: stratum.slice(at + 1) }
}
