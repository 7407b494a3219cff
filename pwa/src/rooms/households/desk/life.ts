import { tell } from '@/desk/door'
import { newId } from '@/kit/id'
import type { FileStatus, HouseholdFile } from './household'

export type Step = 'review' | 'publish' | 'object' | 'answer' | 'waive' | 'relieve' | 'restore'
/** Those that are taken in so many words. */
export const isSaid = (step: Step | 'approve') => step !== 'review' && step !== 'publish' && step !== 'approve'
export interface StepForm {
  words: string
  /** Which objection is answered, and whether what it says is true. */
  objectionId: string
  upheld: boolean | null
}

/** The steps that lead on from where a file stands; an objection is answered wherever one is open. */
export function stepsFrom(status: FileStatus, openObjections: number): (Step | 'approve')[] {
  const steps: (Step | 'approve')[] = []
  if (status === 'applied') steps.push('review')
  if (status === 'applied' || status === 'reviewed') steps.push('publish')
  if (status === 'applied' || status === 'reviewed' || status === 'noticed') steps.push('approve')
  if (status === 'noticed' || status === 'approved' || status === 'verifying') steps.push('object')
  if (openObjections > 0) steps.push('answer')
  if (status === 'applied' || status === 'reviewed') steps.push('waive')
  if (status === 'approved') steps.push('relieve')
  if (status === 'waived' || status === 'relieved') steps.push('restore')
  return steps
}

/** Days that a notice still runs; nought when it is over. */
export function noticeLeft(publishedAt: string, noticeDays: number, nowMs: number): number {
  return Math.max(0, Math.ceil((Date.parse(publishedAt) + noticeDays * 86_400_000 - nowMs) / 86_400_000))
}

export function stepFault(step: Step | 'approve', form: StepForm): 'words' | 'objection' | 'upheld' | null {
  if (!isSaid(step)) return null
  if (step === 'answer' && !form.objectionId) return 'objection'
  if (step === 'answer' && form.upheld === null) return 'upheld'
  return [...form.words.trim()].length < 2 ? 'words' : null
}

/** Takes one file a step on. `id` was made when the form opened: a second press makes no second objection. */
export function takeStep(file: HouseholdFile, step: Step, form: StepForm, id = newId()): Promise<HouseholdFile> {
  const body =
    step === 'object'
      ? { step, id, words: form.words.trim() }
      : step === 'answer'
        ? { step, objection_id: form.objectionId, upheld: form.upheld, words: form.words.trim() }
        : isSaid(step)
          ? { step, words: form.words.trim() }
          : { step }
  return tell<HouseholdFile>('POST', `/households/${file.id}/steps`, body, file.version)
}
