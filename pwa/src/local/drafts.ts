import type { EntityTable } from 'dexie'
import type { Draft } from './shapes'
import { type Store, steadily } from './store'

/** Saves of one draft follow each other; the last one holds what the person last did. */
export class DraftSaver<Row extends { id: string }> {
  private tail: Promise<void> = Promise.resolve()
  constructor(
    private readonly store: Store,
    private readonly table: EntityTable<Row, 'id'>,
  ) {}

  save(draft: Row): Promise<void> {
    const copy = structuredClone(draft)
    const next = this.tail.catch(() => undefined).then(() => this.write(copy))
    this.tail = next
    return next
  }

  /** Resolves when everything asked for so far is on the disk; rejects when the last write failed. */
  settled(): Promise<void> {
    return this.tail
  }

  private async write(draft: Row): Promise<void> {
    await steadily(this.store, () => this.table.put(draft as never))
  }
}

/** A draft with every field there is, whatever version of the app began it. */
export type WholeDraft = Required<Draft>

export function asWhole(draft: Draft): WholeDraft {
  return {
    found: null,
    roster: null,
    signing: null,
    far_aid: false,
    needs: [],
    six_knows: {},
    materials: {},
    amending: null,
    ...draft,
  }
}

/** The household's visit being written; one that corrects an earlier visit is another matter. */
export function draftFor(store: Store, householdId: string, campaignId: string): Promise<Draft | undefined> {
  return store.drafts
    .where('household_id')
    .equals(householdId)
    .filter((draft) => draft.campaign_id === campaignId && !draft.amending)
    .first()
}

/** Where the camera was open when the system ended the app, at a visit or a check: that is where the person wants to be. */
export async function interruptedAt(store: Store): Promise<string | null> {
  const [drafts, askings] = await Promise.all([
    store.drafts.filter((draft) => draft.camera_open).toArray(),
    store.askings.filter((asking) => asking.camera_open).toArray(),
  ])
  const open = [
    ...drafts.map(({ id, updated_at }) => ({ path: `/visits/${id}`, updated_at })),
    ...askings.map(({ check_id, updated_at }) => ({ path: `/checks/${check_id}`, updated_at })),
  ]
  return open.sort((a, b) => b.updated_at.localeCompare(a.updated_at))[0]?.path ?? null
}
