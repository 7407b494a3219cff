/** A roster's rows on their way in: judged, mended on the desk, judged again. Everything here is pure. */
export interface Verdict {
  rows: number
  accepted: number
  rejected: { row: number; column: string; code: string; detail: string }[]
  warnings: { row: number; code: string; detail: string }[]
  unchanged: number
  already_imported: boolean
  import_id: string | null
  mend?: Mend | null
}
export interface Mend {
  columns: { name: string; field: string }[]
  rows: { row: number; cells: string[]; faults: string[] }[]
  /** So many more rows than are told. */
  untold: number
  taken: { row: number; id_number: string }[]
}
/** Where a row stands: refused; taken with something to know; put right and waiting to be imported; imported. */
export type RowState = 'refused' | 'noted' | 'mended' | 'done'
export interface MendRow {
  row: number
  cells: string[]
  /** As the file has them. */
  before: string[]
  faults: string[]
  details: string[]
  state: RowState
  /** Changed since it was last judged. */
  touched: boolean
  /** Whether the file's own import takes it: then its number and name stand, and the rest corrects the file. */
  taken: boolean
}

/** The rows to be put right, with what is said of each; a file kept elsewhere cannot be mended in a cell and has none. */
export function mendRows(verdict: Verdict): MendRow[] {
  const details = new Map<number, string[]>()
  const refused = new Set(verdict.rejected.map(({ row }) => row))
  for (const { row, detail } of [...verdict.rejected, ...verdict.warnings])
    details.set(row, [...(details.get(row) ?? []), detail])
  const told = (verdict.mend?.rows ?? []).map(({ row, cells, faults }): MendRow => ({
    row,
    cells: [...cells],
    before: [...cells],
    faults: [...faults],
    details: details.get(row) ?? [],
    state: refused.has(row) ? 'refused' : 'noted',
    touched: false,
    taken: !refused.has(row),
  }))
  return told.sort((a, b) => Number(a.taken) - Number(b.taken) || a.row - b.row)
}

const plain = (cell: string) => cell.replace(/[\t\r\n]+/g, ' ')
const marks = (text: string) => (text.match(/[,;]/g) ?? []).length
const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`

/**
 * Rows as a file the server judges like any other: under their columns' names, each on the line of its own number, so that what
 * is said of a row names the row the person knows. Between cells stand tabs, more of them in the head than anything else could be.
 */
export function asFile(columns: readonly { name: string }[], rows: readonly Pick<MendRow, 'row' | 'cells'>[]): string {
  const sorted = [...rows].sort((a, b) => a.row - b.row)
  const lines = new Map(sorted.map(({ row, cells }) => [row, cells.map((cell) => quoted(plain(cell))).join('\t')]))
  const head = columns.map(({ name }) => quoted(plain(name))).join('\t')
  const among = [head, ...[...lines].filter(([row]) => row <= 30).map(([, line]) => line)]
  const more = among.reduce((sum, line) => sum + marks(line), 1)
  let text = head + '\t'.repeat(Math.min(more, 4000))
  let at = 1
  for (const [row, line] of lines) {
    text += '\n'.repeat(row - at) + line
    at = row
  }
  return `${text}\n`
}

/** The rows after they were judged again; a number that another row has is no one's to take a second time. */
export function judged(
  rows: readonly MendRow[],
  verdict: Verdict,
  takenBy: ReadonlyMap<string, number>,
  twice: (row: number) => string,
): MendRow[] {
  const said = mendRows(verdict)
  const byRow = new Map(said.map((one) => [one.row, one]))
  const refusedRows = new Map(verdict.rejected.map((one) => [one.row, one.detail]))
  const numbers = new Map((verdict.mend?.taken ?? []).map(({ row, id_number }) => [row, id_number]))
  return rows.map((row) => {
    const [refused, number] = [refusedRows.get(row.row), numbers.get(row.row)]
    const holder = number === undefined ? undefined : takenBy.get(number)
    if (refused === undefined && number === undefined) return row
    if (refused !== undefined)
      return { ...row, touched: false, state: 'refused', faults: byRow.get(row.row)?.faults ?? [], details: [refused] }
    if (holder !== undefined && holder !== row.row)
      return { ...row, touched: false, state: 'refused', faults: ['id_number'], details: [twice(holder)] }
    const details = verdict.warnings.filter((one) => one.row === row.row).map((one) => one.detail)
    return { ...row, touched: false, state: 'mended', faults: byRow.get(row.row)?.faults ?? [], details }
  })
}

/** What is refused as a table to take along: the cells, and why at the end. */
export function refusedTable(
  columns: readonly { name: string }[],
  rows: readonly MendRow[],
  why: string,
  rowWord: string,
): string[][] {
  const refused = rows.filter(({ state }) => state === 'refused')
  return [
    [...columns.map(({ name }) => name), why, rowWord],
    ...refused.map(({ cells, details, row }) => [...cells, details.join(' '), String(row)]),
  ]
}
