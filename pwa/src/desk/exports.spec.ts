import { describe, expect, it } from 'vitest'
import { exportBody } from './exports'

describe('an export', () => {
  it('asks_for_what_is_filtered_and_nothing_that_is_empty', () => {
    expect(exportBody('households', 'csv', 'c', { standing: 'unreached', team: '', q: undefined, category: null })).toEqual({
      table: 'households',
      format: 'csv',
      campaign: 'c',
      standing: 'unreached',
    })
  })
  it('names_no_campaign_where_the_table_is_none_s', () => {
    expect(exportBody('people', 'xlsx', null, { role: 'lead' })).toEqual({ table: 'people', format: 'xlsx', role: 'lead' })
  })
})
