import { ask } from '@/desk/door'

export const changeKinds = ['visit', 'disputed', 'findings', 'settled', 'moved', 'custody', 'need'] as const
export type ChangeKind = (typeof changeKinds)[number] | 'standing'

export interface Happening {
  at: string
  kind: ChangeKind
  household_id: string | null
  head_name: string | null
  visit_id: string | null
  team_id: string | null
  team_name: string | null
  detail: string | null
  by_name: string | null
}
export interface Changes {
  cursor: string
  more: boolean
  skipped: boolean
  counts: Record<string, number>
  items: Happening[]
}
/** What happened since somebody last looked, as far as it was read. */
export interface Since {
  counts: Record<string, number>
  items: Happening[]
  skipped: boolean
}

export const fetchChanges = (campaign: string, since: string | null) => ask<Changes>('/changes', { campaign, since })
export const nothing: Since = { counts: {}, items: [], skipped: false }
const mostItems = 50

/** More of the log on top of what was read before; the newest first, and no more of it than anybody reads. */
export function joined(before: Since, more: Changes): Since {
  const counts = { ...before.counts }
  for (const [kind, count] of Object.entries(more.counts)) counts[kind] = (counts[kind] ?? 0) + count
  const items = [...more.items, ...before.items].sort((a, b) => b.at.localeCompare(a.at)).slice(0, mostItems)
  return { counts, items, skipped: before.skipped || more.skipped }
}

export const isEmpty = (changes: Pick<Changes, 'counts' | 'skipped'>) =>
  !changes.skipped && Object.keys(changes.counts).length === 0

/** The kinds there are, in the order they are told; that a household stands elsewhere is no news by itself. */
export const told = (since: Since): { kind: (typeof changeKinds)[number]; count: number }[] =>
  changeKinds.flatMap((kind) => {
    const count = since.counts[kind] ?? 0
    return count > 0 ? [{ kind, count }] : []
  })
