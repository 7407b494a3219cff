import type { Table } from 'dexie'
import { type Store, readMeta, writeMeta } from './store'

const key = 'rewritten'
/** Raised when something more is to be encrypted than before. */
const current = 3
const rowsAtOnce = 100
const picturesAtOnce = 4

export async function isRewritten(store: Store): Promise<boolean> {
  return (await readMeta<number>(store, key)) === current
}

/**
 * Encrypts what an earlier version of the app wrote in the clear, piece by piece; each piece is whole or not at all.
 * Ended in the middle it begins again at the next opening: what is already encrypted is only written once more.
 */
export async function rewrite(store: Store): Promise<void> {
  if (await isRewritten(store)) return
  const { campaigns, teams, households, entitlements, goods, funds, custody, visits, slips } = store
  const { drafts, counts, outbox, pictures, meta } = store
  const tables: Table[] = [drafts, counts, households, entitlements, visits, slips, campaigns, teams, goods, funds]
  for (const table of [...tables, custody, outbox, pictures]) await rewriteTable(table)
  await rewriteBytes(store)
  await store.transaction('rw', meta, async () => {
    const told = await meta.get('tally')
    if (told) await meta.put(told)
    await writeMeta(store, key, current)
  })
}

async function inPieces(table: Table, size: number, work: (keys: never[]) => Promise<void>): Promise<void> {
  const keys = (await table.toCollection().primaryKeys()) as never[]
  for (let at = 0; at < keys.length; at += size) await work(keys.slice(at, at + size))
}

async function rewriteTable(table: Table): Promise<void> {
  const chooses = table.schema.primKey.auto
  await inPieces(table, rowsAtOnce, (keys) =>
    table.db.transaction('rw', table, async () => {
      const rows = (await table.bulkGet(keys)) as unknown[]
      const there = keys.map((one, at) => ({ one, row: rows[at] })).filter(({ row }) => row !== undefined)
      for (const { one, row } of there) await (chooses ? table.put(row, one) : table.put(row))
    }),
  )
}

/** A draft's pictures are encrypted; a finished visit's stay such that the worker can send them. */
async function rewriteBytes(store: Store): Promise<void> {
  const { bytes, pictures, outbox } = store
  await inPieces(bytes, picturesAtOnce, (keys) =>
    store.transaction('rw', [bytes, pictures, outbox], async () => {
      const rows = (await bytes.bulkGet(keys)).flatMap((row) => row ?? [])
      for (const row of rows) {
        const picture = await pictures.get(row.sha256)
        const isFinished = picture !== undefined && (await outbox.get(picture.visit_id)) !== undefined
        await bytes.put(isFinished ? { ...row, open: true } : row)
      }
    }),
  )
}
