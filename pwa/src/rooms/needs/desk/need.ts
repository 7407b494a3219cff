import { type Page, type Query, ask, tell } from '@/desk/door'

export const states = ['open', 'answered', 'resolved', 'withdrawn'] as const
export type NeedState = (typeof states)[number]
export type NeedStep = 'answer' | 'resolve' | 'reopen'

export interface StepTaken {
  id: string
  step: NeedStep
  words: string
  by_name: string
  at: string
}
/** How a need was put before a correction put it otherwise. */
export interface NeedBefore {
  visit_id: string
  kind: string
  words: string
  by_name: string
}
/** What was asked for at a door, and what became of it. */
export interface DeskNeed {
  id: string
  visit_id: string
  household_id: string | null
  head_name: string | null
  team_name: string | null
  /** Phones newer than this desk know more kinds and urgencies. */
  kind: string
  words: string
  urgency: string
  raised_at: string
  by_name: string
  state: NeedState
  history: StepTaken[]
  before: NeedBefore[]
  /** The correction that took it out; the visit says why. */
  withdrawal: { visit_id: string; by_name: string; at: string } | null
  may_step: boolean
}

/** What can be done from where a need stands; the server decides. */
export function stepsFrom(state: NeedState): readonly NeedStep[] {
  if (state === 'withdrawn') return []
  if (state === 'resolved') return ['reopen']
  return state === 'answered' ? ['answer', 'resolve', 'reopen'] : ['answer', 'resolve']
}

export const fetchNeeds = (query: Query) => ask<Page<DeskNeed>>('/needs', query)
export const takeStep = (need: string, id: string, step: NeedStep, words: string) =>
  tell<DeskNeed>('POST', `/needs/${need}/steps`, { id, step, words })
