import { describe, expect, it } from 'vitest'
import { mediaTypeOf } from './useImport'

describe('what a roster is sent as', () => {
  it('the_name_decides_for_browsers_disagree', () => {
    expect([mediaTypeOf('名册.XLSX')?.includes('spreadsheetml'), mediaTypeOf('a.csv')]).toEqual([true, 'text/csv'])
  })
  it('anything_else_is_refused_before_it_is_sent', () => {
    expect(['old.xls', 'list.pdf', 'xlsx', 'a.csv.zip'].map(mediaTypeOf)).toEqual([null, null, null, null])
  })
})
