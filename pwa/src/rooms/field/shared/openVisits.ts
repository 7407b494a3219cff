import { current } from '@/local/opened'

export interface OpenVisit {
  id: string
  name: string
  at: string
}

/** Visits begun and not finished, the one last written first. */
export async function readOpenVisits(): Promise<OpenVisit[]> {
  const { store } = current()
  const drafts = await store.drafts.toArray()
  const households = await store.households.bulkGet(drafts.flatMap((draft) => draft.household_id ?? []))
  const names = new Map(households.flatMap((one) => (one ? [[one.id, one.head_name] as const] : [])))
  return drafts
    .sort((a, b) => b.updated_at.localeCompare(a.updated_at))
    .map(({ id, household_id, found, updated_at }) => ({
      id,
      at: updated_at,
      name: (household_id ? names.get(household_id) : found?.name.trim()) ?? '',
    }))
}
