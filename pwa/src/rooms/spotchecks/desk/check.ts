import type { components } from '@/api/schema'
import type { Answers } from '@/api/types'
import type { Whole } from '@/api/whole'
import { type Page, ask, tell } from '@/desk/door'

type Server = components['schemas']
export type Check = Whole<Server['CheckView']>
export type CheckRow = Whole<Server['CheckRow']>
export type CheckState = Server['CheckState']
export type Verdict = Server['CheckVerdict']
export type Reason = Server['ReplacementReason']
export type Compared = Whole<Server['Compared']>

export const states = ['waiting', 'answered', 'judged', 'replaced'] as const satisfies readonly CheckState[]
export const verdicts = [
  'agrees',
  'minor',
  'misdelivered',
  'ineligible',
  'not_received',
  'unreachable',
] as const satisfies readonly Verdict[]
export const reasons = ['moved_away', 'deceased', 'household_dissolved'] as const satisfies readonly Reason[]
const discrepancies: ReadonlySet<Verdict> = new Set(['misdelivered', 'ineligible', 'not_received'])
export const isDiscrepancy = (verdict: Verdict): boolean => discrepancies.has(verdict)

export const fetchChecks = (sample: string, state: string, after: string | null, limit: number) =>
  ask<Page<CheckRow>>(`/samples/${sample}/checks`, { state, after, limit })
export const fetchCheck = (id: string) => ask<Check>(`/checks/${id}`)
export const sendAnswers = (id: string, answers: Answers) => tell<Check>('POST', `/checks/${id}/answers`, answers)
export const replaceCheck = (id: string, reason: Reason, words: string) =>
  tell<Check>('POST', `/checks/${id}/replacement`, { reason, words })
export interface VerdictGiven {
  version: number
  verdict: Verdict
  measures: string
  words: string
  reason: string
}
export const sendVerdict = (id: string, given: VerdictGiven) => tell<Check>('POST', `/checks/${id}/verdict`, given)

/** Which verdicts can be given: without answers only that nobody could be asked. */
export const possible = (check: Pick<Check, 'answers'>): readonly Verdict[] => (check.answers ? verdicts : ['unreachable'])
