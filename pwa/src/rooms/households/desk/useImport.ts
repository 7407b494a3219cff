import { computed, onBeforeUnmount, onMounted, ref, shallowRef } from 'vue'
import { hand } from '@/desk/door'
import { approve } from './household'
import { type MendRow, type Verdict, asFile, judged, mendRows } from './roster'

export type { Verdict } from './roster'
export type Step = 'choose' | 'judged' | 'imported' | 'approved'

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** What the server calls the file; browsers on Windows call a csv Excel's own. */
export function mediaTypeOf(name: string): string | null {
  if (/\.xlsx$/i.test(name)) return xlsx
  return /\.csv$/i.test(name) ? 'text/csv' : null
}

function send(what: Blob, mediaType: string, dry: boolean): Promise<Verdict> {
  return hand<Verdict>('/households/imports', dry ? { dry_run: true, mend: true } : {}, what, mediaType)
}

/**
 * A roster's way in: judged first, imported when a person has read the verdict, approved together. Rows that are refused are put
 * right here, judged again by themselves, and imported by themselves: what is in already is not brought in twice.
 */
export function useImport(twice: (row: number) => string) {
  const file = shallowRef<File | null>(null)
  const verdict = shallowRef<Verdict | null>(null)
  const rows = shallowRef<readonly MendRow[]>([])
  const step = ref<Step>('choose')
  const wrong = shallowRef<unknown>(null)
  const wrongKind = ref(false)
  const busy = ref(false)
  const approved = shallowRef<{ approved: number; unchanged: number; refused: number } | null>(null)
  const importIds = ref<string[]>([])
  const mendedIn = ref(0)

  const columns = computed(() => verdict.value?.mend?.columns ?? [])
  const touched = computed(() => rows.value.filter((row) => row.touched))
  const mended = computed(() => rows.value.filter((row) => row.state === 'mended' && !row.touched))
  const refused = computed(() => rows.value.filter((row) => row.state === 'refused'))
  /** Refused for what no cell mends: the file is kept elsewhere, or there are more rows than are told. */
  const beyond = computed(() => {
    const told = new Set(rows.value.map(({ row }) => row))
    return (verdict.value?.rejected ?? []).filter(({ row }) => !told.has(row))
  })
  const isUnfinished = computed(() => touched.value.length > 0 || mended.value.length > 0 || refused.value.length > 0)

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
  async function choose(chosen: File | null): Promise<void> {
    verdict.value = null
    approved.value = null
    wrong.value = null
    rows.value = []
    importIds.value = []
    mendedIn.value = 0
    step.value = 'choose'
    file.value = chosen
    const mediaType = chosen ? mediaTypeOf(chosen.name) : null
    wrongKind.value = chosen !== null && mediaType === null
    if (!chosen || !mediaType) return
    await attempt(async () => {
      verdict.value = await send(chosen, mediaType, true)
      rows.value = mendRows(verdict.value)
      step.value = 'judged'
    })
  }

  function put(row: number, column: number, cell: string): void {
    rows.value = rows.value.map((one) => {
      if (one.row !== row || one.cells[column] === cell) return one
      const cells = one.cells.map((before, at) => (at === column ? cell : before))
      return { ...one, cells, touched: true }
    })
  }
  /** A row as the file has it, for who lost the way. */
  function undo(row: number): void {
    rows.value = rows.value.map((one) =>
      one.row === row ? { ...one, cells: [...one.before], touched: one.state !== 'noted' } : one,
    )
  }
  /** Numbers that rows of this roster have: those of the file, and those put right since. */
  const takenBy = new Map<string, number>()
  async function judge(which: readonly MendRow[]): Promise<void> {
    if (which.length === 0) return
    const among = new Set(which.map(({ row }) => row))
    await attempt(async () => {
      const again = await send(new Blob([asFile(columns.value, which)]), 'text/csv', true)
      if (takenBy.size === 0) for (const { row, id_number } of verdict.value?.mend?.taken ?? []) takenBy.set(id_number, row)
      const next = judged(
        rows.value.filter(({ row }) => among.has(row)),
        again,
        takenBy,
        twice,
      )
      const byRow = new Map(next.map((row) => [row.row, row]))
      for (const [number, row] of takenBy) if (among.has(row) && byRow.get(row)?.taken === false) takenBy.delete(number)
      for (const { row, id_number } of again.mend?.taken ?? [])
        if (byRow.get(row)?.state === 'mended') takenBy.set(id_number, row)
      rows.value = rows.value.map((row) => byRow.get(row.row) ?? row)
    })
  }
  const judgeOne = (row: number) => judge(rows.value.filter((one) => one.row === row))
  const judgeAll = () => judge(touched.value)

  const isFileIn = computed(
    () => importIds.value.length > 0 || verdict.value?.accepted === 0 || Boolean(verdict.value?.already_imported),
  )
  const canBring = computed(
    () => step.value !== 'choose' && ((!isFileIn.value && (verdict.value?.accepted ?? 0) > 0) || mended.value.length > 0),
  )
  /** The file first, then what was put right: so that a row that corrects another finds it there. */
  const bring = () =>
    attempt(async () => {
      const [chosen, mediaType] = [file.value, mediaTypeOf(file.value?.name ?? '')]
      if (!isFileIn.value && chosen && mediaType) {
        const brought = await send(chosen, mediaType, false)
        verdict.value = { ...brought, mend: verdict.value?.mend ?? null }
        if (brought.import_id) importIds.value = [brought.import_id]
      }
      const ready = mended.value
      if (ready.length > 0) {
        const brought = await send(new Blob([asFile(columns.value, ready)]), 'text/csv', false)
        if (brought.import_id) importIds.value = [...importIds.value, brought.import_id]
        mendedIn.value += brought.accepted
        const kept = new Map(brought.rejected.map(({ row, detail }) => [row, detail]))
        const in_ = new Set(ready.map(({ row }) => row).filter((row) => !kept.has(row)))
        rows.value = rows.value
          .filter(({ row }) => !in_.has(row))
          .map((row) => (kept.has(row.row) ? { ...row, state: 'refused', details: [kept.get(row.row) ?? ''] } : row))
      }
      step.value = 'imported'
      approved.value = null
    })
  const approveAll = () =>
    attempt(async () => {
      const sum = { approved: 0, unchanged: 0, refused: 0 }
      for (const import_id of importIds.value) {
        const done = await approve({ import_id })
        sum.approved += done.approved
        sum.unchanged += done.unchanged
        sum.refused += done.refused.length
      }
      approved.value = sum
      step.value = 'approved'
    })

  const ask = (event: BeforeUnloadEvent): void => {
    if (isUnfinished.value) event.preventDefault()
  }
  onMounted(() => window.addEventListener('beforeunload', ask))
  onBeforeUnmount(() => window.removeEventListener('beforeunload', ask))
  return {
    file,
    verdict,
    columns,
    rows,
    touched,
    mended,
    refused,
    beyond,
    isUnfinished,
    step,
    wrong,
    wrongKind,
    busy,
    approved,
    importIds,
    mendedIn,
    isFileIn,
    choose,
    put,
    undo,
    judgeOne,
    judgeAll,
    bring,
    approveAll,
    canBring,
  }
}
