import { Dexie, type EntityTable, type Table } from 'dexie'
import type { Campaign, Custody, Entitlement, FieldTeam, Fund, Goods, Household, Slip, VisitSummary } from '@/api/types'
import type { Vault } from './key'
import { sealing } from './sealed'
import type { Asking, CheckRow, Count, Delivery, Draft, NeedRow, OutboxItem, Picture, PictureBytes, Walk } from './shapes'

export interface MetaRow {
  key: string
  value: unknown
}

/** What a vault that nobody can open any more left behind: kept as it is, for its key may come back. */
export interface Stranded {
  table: string
  vault: number
  row: unknown
}

/**
 * One database per person on the phone: a second user neither sees nor loses the first one's queue.
 * What is written goes through here alone; what is personal is encrypted on its way to the disk.
 */
export class Store extends Dexie {
  meta!: EntityTable<MetaRow, 'key'>
  campaigns!: EntityTable<Campaign, 'id'>
  teams!: EntityTable<FieldTeam, 'id'>
  households!: EntityTable<Household, 'id'>
  entitlements!: EntityTable<Entitlement, 'id'>
  goods!: EntityTable<Goods, 'id'>
  funds!: EntityTable<Fund, 'id'>
  custody!: Table<Custody, number>
  visits!: EntityTable<VisitSummary, 'id'>
  slips!: EntityTable<Slip, 'id'>
  needs!: EntityTable<NeedRow, 'id'>
  walks!: EntityTable<Walk, 'campaign_id'>
  checks!: EntityTable<CheckRow, 'id'>
  askings!: EntityTable<Asking, 'id'>
  drafts!: EntityTable<Draft, 'id'>
  counts!: EntityTable<Count, 'id'>
  outbox!: EntityTable<OutboxItem, 'id'>
  deliveries!: EntityTable<Delivery, 'id'>
  pictures!: EntityTable<Picture, 'sha256'>
  bytes!: EntityTable<PictureBytes, 'sha256'>
  stranded!: Table<Stranded, number>
  /** In memory only, while the person has it open. */
  vault: Vault | null = null

  constructor(name: string) {
    // Chrome acknowledges before the disk has it unless asked for strict.
    super(name, { chromeTransactionDurability: 'strict' })
    this.use(sealing(() => this.vault?.cipher ?? null))
    this.version(1).stores({
      meta: 'key',
      campaigns: 'id',
      teams: 'id',
      households: 'id',
      entitlements: 'id, household_id',
      goods: 'id',
      funds: 'id',
      custody: '++',
      visits: 'id, household_id',
      drafts: 'id, household_id',
      outbox: 'id, &sequence, household_id',
      deliveries: 'id, state, sequence',
      pictures: 'sha256, visit_id',
      bytes: 'sha256',
    })
    this.version(2)
      .stores({ slips: 'id, state', counts: 'id, &slip_id', outbox: 'id, &sequence, household_id, slip_id' })
      .upgrade(async (tx) => {
        await tx.table('outbox').toCollection().modify({ slip_id: null })
        await tx.table('custody').toCollection().modify({ unexplained: 0 })
      })
    // What was written before is plain, and is rewritten once there is a PIN: rewrite.ts.
    this.version(3).stores({ stranded: '++, table' })
    this.version(4).stores({ needs: 'id, household_id', walks: 'campaign_id' })
    this.version(5).stores({
      checks: 'id',
      askings: 'id, &check_id',
      outbox: 'id, &sequence, household_id, slip_id, check_id',
    })
  }
}

export function databaseName(userId: string, generation: number): string {
  return generation === 0 ? `nuanfang-${userId}` : `nuanfang-${userId}-${generation}`
}

/** WebKit closes connections under memory pressure: open again and do the same write once more. */
export async function steadily<T>(store: Store, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    const name = cause instanceof Error ? cause.name : ''
    if (name !== 'DatabaseClosedError' && name !== 'InvalidStateError') throw cause
    if (!store.isOpen()) await store.open()
    return work()
  }
}

export async function readMeta<T>(store: Store, key: string): Promise<T | null> {
  const row = await store.meta.get(key)
  return (row?.value as T | undefined) ?? null
}

export async function writeMeta(store: Store, key: string, value: unknown): Promise<void> {
  await store.meta.put({ key, value })
}
