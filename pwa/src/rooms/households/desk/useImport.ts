import { computed, ref, shallowRef } from 'vue'
import { hand } from '@/desk/door'
import { approve } from './household'

export interface Verdict {
  rows: number
  accepted: number
  rejected: { row: number; column: string; code: string; detail: string }[]
  warnings: { row: number; code: string; detail: string }[]
  unchanged: number
  already_imported: boolean
  import_id: string | null
}
export type Step = 'choose' | 'judged' | 'imported' | 'approved'

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** What the server calls the file; browsers on Windows call a csv Excel's own. */
export function mediaTypeOf(name: string): string | null {
  if (/\.xlsx$/i.test(name)) return xlsx
  return /\.csv$/i.test(name) ? 'text/csv' : null
}

/** A roster's way in: judged first, brought in when a person has read the verdict, approved together. */
export function useImport() {
  const file = shallowRef<File | null>(null)
  const verdict = shallowRef<Verdict | null>(null)
  const step = ref<Step>('choose')
  const wrong = shallowRef<unknown>(null)
  const wrongKind = ref(false)
  const busy = ref(false)
  const approved = shallowRef<{ approved: number; unchanged: number; refused: unknown[] } | null>(null)

  async function attempt(work: () => Promise<void>): Promise<void> {
    busy.value = true
    wrong.value = null
    try {
      await work()
    } catch (cause) {
      wrong.value = cause
    }
    busy.value = false
  }
  async function send(dry: boolean): Promise<void> {
    const chosen = file.value
    const mediaType = chosen ? mediaTypeOf(chosen.name) : null
    if (!chosen || !mediaType) return
    verdict.value = await hand<Verdict>('/households/imports', { dry_run: dry ? true : null }, chosen, mediaType)
    step.value = dry ? 'judged' : 'imported'
  }
  async function choose(chosen: File | null): Promise<void> {
    verdict.value = null
    approved.value = null
    wrong.value = null
    step.value = 'choose'
    file.value = chosen
    wrongKind.value = chosen !== null && mediaTypeOf(chosen.name) === null
    if (chosen && !wrongKind.value) await attempt(() => send(true))
  }
  const bring = () => attempt(() => send(false))
  const approveAll = () =>
    attempt(async () => {
      const id = verdict.value?.import_id
      if (!id) return
      approved.value = await approve({ import_id: id })
      step.value = 'approved'
    })
  const canBring = computed(() => step.value === 'judged' && (verdict.value?.accepted ?? 0) > 0)
  return { file, verdict, step, wrong, wrongKind, busy, approved, choose, bring, approveAll, canBring }
}
