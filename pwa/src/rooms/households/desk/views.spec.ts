import { describe, expect, it } from 'vitest'
import { type ViewContent, sameContent } from './views'

const content = (of: Partial<ViewContent>): ViewContent => ({
  filters: {},
  columns: ['team'],
  order: null,
  descending: false,
  ...of,
})

describe('a saved view', () => {
  it('shows_the_same_whatever_order_its_filters_are_kept_in', () => {
    const one = content({ filters: { team: 'x', standing: 'unreached', q: '' } })
    expect(sameContent(one, content({ filters: { standing: 'unreached', team: 'x' } }))).toBe(true)
  })
  it('differs_by_columns_order_and_direction', () => {
    const other = [content({ columns: ['team', 'status'] }), content({ order: 'name' }), content({ descending: true })]
    expect(other.map((one) => sameContent(one, content({})))).toEqual([false, false, false])
  })
})
