import type { components } from '@/api/schema'
import type { Draws } from '@/api/public'
import type { Whole } from '@/api/whole'
import { type Page, ask, tell } from '@/desk/door'

type Server = components['schemas']
export type Sample = Whole<Server['Sample']>
export type SampleFile = Whole<Server['SampleView']>
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
/** One household is chosen, because of what was found about it. */
export const chooseHousehold = (id: string, campaign: string, household: string, words: string) =>
  tell<Sample>('POST', '/samples', { id, campaign_id: campaign, kind: 'targeted', households: [household], words })
export const revealSeed = (campaign: string, commitment: string) =>
  tell<Draws>('POST', `/campaigns/${campaign}/reveal-seed`, { commitment })
