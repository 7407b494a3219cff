import type { MetaRow, Store, Stranded } from './store'

/** With it the order to walk in: it names households that may not come again. */
const pack = 'campaigns teams households entitlements goods funds custody slips visits needs walks checks'.split(' ')
const written = ['drafts', 'counts', 'askings']

/** How many visits and counts nobody on this phone can read now. */
export const countStranded = (store: Store): Promise<number> => store.stranded.count()

/**
 * Puts aside, still encrypted, what was being written under a vault whose key is gone, and forgets the pack, which comes
 * again with the next pull. The rows are taken as they lie on the disk, for nothing can open them; in one transaction
 * with the new vault's row, so that there is never one without the other.
 */
export async function strand(store: Store, vault: MetaRow): Promise<void> {
  if (!store.isOpen()) await store.open()
  const tx = (store.backendDB() as IDBDatabase).transaction([...pack, ...written, 'stranded', 'meta'], 'readwrite', {
    durability: 'strict',
  })
  const done = new Promise<void>((resolve, reject) => {
    tx.addEventListener('complete', () => resolve())
    tx.addEventListener('abort', () => reject(tx.error ?? new Error('aborted')))
  })
  for (const table of written) putAside(tx, table)
  for (const table of pack) tx.objectStore(table).clear()
  const meta = tx.objectStore('meta')
  for (const key of ['cursor', 'pulled_at', 'tally']) meta.delete(key)
  const rescue = meta.get('rescue')
  rescue.addEventListener('success', () => {
    const row = rescue.result as MetaRow | undefined
    if (!row) return
    // Its key may yet come back: the server may be given its own again.
    const past = meta.get('past_rescues')
    past.addEventListener('success', () => {
      const before = ((past.result as MetaRow | undefined)?.value ?? []) as unknown[]
      meta.put({ key: 'past_rescues', value: [...before, row.value] })
      meta.delete('rescue')
    })
  })
  meta.put(vault)
  await done
}

function putAside(tx: IDBTransaction, table: string): void {
  const cursor = tx.objectStore(table).openCursor()
  cursor.addEventListener('success', () => {
    const at = cursor.result
    if (!at) return
    const sealed = (at.value as { $?: Uint8Array }).$
    if (sealed) {
      const row: Stranded = { table, vault: sealed[1] ?? 0, row: at.value }
      tx.objectStore('stranded').add(row)
      at.delete()
    }
    at.continue()
  })
}
