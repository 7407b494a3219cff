import type { EntityTable } from 'dexie'
import { breath } from '@/kit/breath'

/** The first rows are the slow ones: until then the browser has never run what opens them. */
const first = 8
const most = 512

/** All rows of a table by id, opened a few at a time: between them a slow phone may paint and hear the thumb. */
export async function inSlices<T extends { id: string }>(table: EntityTable<T, 'id'>): Promise<T[]> {
  const all: T[] = []
  for (let size = first; ; size = Math.min(size * 2, most)) {
    const last = all.at(-1)
    const rest = last ? table.where(':id').above(last.id) : table.orderBy(':id')
    const some = await rest.limit(size).toArray()
    all.push(...some)
    if (some.length < size) return all
    // Wrapped, so that the store's own zone outlives the wait.
    await Promise.resolve(breath())
  }
}
