import { ask, drop, tell } from '@/desk/door'
import { newId } from '@/kit/id'

export interface ViewContent {
  filters: Record<string, string>
  columns: string[]
  order: string | null
  descending: boolean
}
export interface SavedView {
  id: string
  table: 'households'
  name: string
  content: ViewContent
  is_default: boolean
}
export const mostViews = 50

export const fetchViews = async () => (await ask<{ items: SavedView[] }>('/views', { table: 'households' })).items
export const saveView = ({ id, ...view }: SavedView) => tell<SavedView>('PUT', `/views/${id}`, view)
export const dropView = (id: string) => drop(`/views/${id}`)
export const freshView = (name: string, content: ViewContent): SavedView => ({
  id: newId(),
  table: 'households',
  name,
  content,
  is_default: false,
})

/** Whether two views show the same: filters left empty say nothing. */
export function sameContent(one: ViewContent, other: ViewContent): boolean {
  const plain = (of: ViewContent) =>
    JSON.stringify([
      Object.entries(of.filters)
        .filter(([, value]) => value)
        .sort(([a], [b]) => a.localeCompare(b)),
      of.columns,
      of.order ?? '',
      of.descending,
    ])
  return plain(one) === plain(other)
}
