import { describe, expect, it } from 'vitest'
import { type Verdict, asFile, judged, mendRows, refusedTable } from './roster'

const columns = [
  { name: '姓名', field: 'name' },
  { name: '身份证号码', field: 'id_number' },
]
const verdict = (of: Partial<Verdict>): Verdict => ({
  rows: 3,
  accepted: 1,
  rejected: [],
  warnings: [],
  unchanged: 0,
  already_imported: false,
  import_id: null,
  ...of,
})
const first = verdict({
  rejected: [{ row: 9, column: '身份证号码', code: 'id_length', detail: '位数不对' }],
  warnings: [{ row: 4, code: 'id_converted', detail: '已换成 18 位' }],
  mend: {
    columns,
    rows: [
      { row: 4, cells: ['王', '1'], faults: ['id_number'] },
      { row: 9, cells: ['李', '2'], faults: ['id_number'] },
    ],
    untold: 0,
    taken: [{ row: 4, id_number: 'A' }],
  },
})

describe('a roster put right on the desk', () => {
  it('shows_what_is_refused_before_what_is_taken_with_something_to_know', () => {
    expect(mendRows(first).map(({ row, state, details, taken }) => [row, state, details, taken])).toEqual([
      [9, 'refused', ['位数不对'], false],
      [4, 'noted', ['已换成 18 位'], true],
    ])
  })
  it('goes_back_on_the_lines_of_its_own_row_numbers', () => {
    const lines = asFile(columns, [
      { row: 9, cells: ['李,;"\t\n四', '2'] },
      { row: 4, cells: ['王', '1'] },
    ]).split('\n')
    expect([lines[3], lines[8], lines.length]).toEqual(['"王"\t"1"', '"李,;"" 四"\t"2"', 10])
    expect((lines[0]?.match(/\t/g) ?? []).length).toBeGreaterThan(2)
  })
  it('is_mended_where_the_server_takes_it_and_stays_where_it_does_not', () => {
    const rows = mendRows(first)
    const good = verdict({ mend: { columns, rows: [], untold: 0, taken: [{ row: 9, id_number: 'B' }] } })
    expect(judged(rows, good, new Map([['A', 4]]), String).map(({ state }) => state)).toEqual(['mended', 'noted'])
    const bad = verdict({ rejected: [{ row: 9, column: 'x', code: 'id_region', detail: '没有这个省' }] })
    expect(judged(rows, bad, new Map(), String)[0]).toMatchObject({ state: 'refused', details: ['没有这个省'], touched: false })
  })
  it('takes_no_number_that_another_row_of_the_roster_has', () => {
    const same = verdict({ mend: { columns, rows: [], untold: 0, taken: [{ row: 9, id_number: 'A' }] } })
    const [row] = judged(mendRows(first), same, new Map([['A', 4]]), (holder) => `见第 ${holder} 行`)
    expect(row).toMatchObject({ state: 'refused', faults: ['id_number'], details: ['见第 4 行'] })
  })
  it('is_taken_along_with_the_reasons_of_what_is_refused', () => {
    expect(refusedTable(columns, mendRows(first), '原因', '行')).toEqual([
      ['姓名', '身份证号码', '原因', '行'],
      ['李', '2', '位数不对', '9'],
    ])
  })
})
