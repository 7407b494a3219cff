/** The columns of the table beside the head of the household, in the order in which they stand unless somebody orders otherwise. */
export const columns = [
  'standing',
  'team',
  'cadre',
  'last_try',
  'category',
  'promised',
  'status',
  'address',
  'id_number',
] as const
export type Column = (typeof columns)[number]
export const usualColumns: readonly Column[] = ['standing', 'team', 'last_try', 'category', 'promised']

/** What a column is ordered by; the server knows these orders. */
export const orders = { name: 'name', last_try: 'last_try', promised: 'promised', address: 'address' } as const

/** Columns as they were kept, without what this version does not know; the usual ones where nothing is left. */
export function knownColumns(kept: readonly string[] | undefined): Column[] {
  const known = columns.filter((one) => kept?.includes(one))
  if (known.length === 0) return [...usualColumns]
  return [...new Set(kept)].filter((one): one is Column => known.includes(one as Column))
}

/** The same list with one of it moved a place up or down. */
export function moved<T>(list: readonly T[], at: number, by: -1 | 1): T[] {
  const next = [...list]
  const [one] = next.splice(at, 1)
  if (one === undefined) return [...list]
  next.splice(Math.max(0, at + by), 0, one)
  return next
}
