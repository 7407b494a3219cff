import { Vault } from './key'
import { rewrite } from './rewrite'
import type { Way } from './secret'
import { type Store, readMeta } from './store'
import { strand } from './stranded'
import { type Cost, type Wrap, unwrapKey, usualCost, wrapKey } from './wrap'

export const mostTries = 5

/** What lies in the store of its vault: in the clear, for it is needed before anything is open. */
export interface VaultRow {
  /** Null once five wrong tries wiped it. */
  wrap: Wrap | null
  left: number
  number: number
  mark: string
}

const rowKey = 'vault'
export const vaultRow = (store: Store): Promise<VaultRow | null> => readMeta<VaultRow>(store, rowKey)

/** `none`: no PIN was ever set. `wiped`: only the way back by password is left. */
export type Standing = { is: 'none' } | { is: 'wiped' } | { is: 'open' } | { is: 'locked'; way: Way; left: number }

export async function standingOf(store: Store): Promise<Standing> {
  if (store.vault) return { is: 'open' }
  const row = await vaultRow(store)
  if (!row) return { is: 'none' }
  if (!row.wrap || row.left <= 0) return { is: 'wiped' }
  return { is: 'locked', way: row.wrap.way, left: row.left }
}

/** Another tab has made or changed the vault meanwhile. */
export class OtherVault extends Error {
  constructor() {
    super('other_vault')
  }
}

/** In one transaction, for another tab may be at it too. */
async function changeRow(store: Store, change: (row: VaultRow) => VaultRow): Promise<VaultRow | null> {
  return store.transaction('rw', store.meta, async () => {
    const row = await vaultRow(store)
    if (!row) return null
    const next = change(row)
    await store.meta.put({ key: rowKey, value: next })
    return next
  })
}

/**
 * One try. It is counted, and the count is on the disk, before the PIN is looked at: ending the app gives none for free.
 * After the last one the wrap is wiped; drafts, outbox and pictures are not touched.
 */
export async function unlock(store: Store, secret: string): Promise<Standing> {
  const vault = await tryKey(store, secret)
  if (vault) await opensWith(store, vault)
  return standingOf(store)
}

/** Whether this is the PIN; costs a try when it is not. */
export async function isSecret(store: Store, secret: string): Promise<boolean> {
  return (await tryKey(store, secret)) !== null
}

async function tryKey(store: Store, secret: string): Promise<Vault | null> {
  const row = await changeRow(store, (one) => ({ ...one, left: one.left - 1 }))
  if (!row?.wrap) return null
  if (row.left < 0) {
    await wipe(store)
    return null
  }
  let key: Uint8Array<ArrayBuffer> | null
  try {
    key = await unwrapKey(row.wrap, secret)
  } catch (cause) {
    // Nothing was tried: the phone had no memory for it.
    await changeRow(store, (one) => ({ ...one, left: one.left + 1 }))
    throw cause
  }
  if (!key) {
    if (row.left === 0) await wipe(store)
    return null
  }
  await changeRow(store, (one) => ({ ...one, left: mostTries }))
  return Vault.of(key, row.number)
}

async function wipe(store: Store): Promise<void> {
  await changeRow(store, (one) => ({ ...one, left: 0, wrap: null }))
  store.vault = null
}

interface Setting {
  /** The vault a key that came back opened. */
  vault?: Vault
  cost?: Cost
}

/** Wraps the open vault under a new PIN, or makes the first vault of this store. */
export async function setSecret(store: Store, secret: string, way: Way, { vault, cost }: Setting = {}): Promise<void> {
  const mine = vault ?? store.vault ?? (await Vault.make(1))
  const row = await rowFor(mine, secret, way, cost)
  await store.transaction('rw', store.meta, async () => {
    const now = await vaultRow(store)
    // Never over a vault that is not open here: what it has encrypted could not be read any more.
    if (now && now.mark !== mine.mark) throw new OtherVault()
    await store.meta.put({ key: rowKey, value: row })
  })
  await opensWith(store, mine)
}

/** Begins anew where the old key cannot be had: what it encrypted is kept aside, nothing is deleted that the server lacks. */
export async function startAnew(store: Store, secret: string, way: Way, cost?: Cost): Promise<void> {
  const before = await vaultRow(store)
  const mine = await Vault.make(((before?.number ?? 0) % 255) + 1)
  await strand(store, { key: rowKey, value: await rowFor(mine, secret, way, cost) })
  await opensWith(store, mine)
}

async function rowFor({ key, number, mark }: Vault, secret: string, way: Way, cost = usualCost): Promise<VaultRow> {
  return { wrap: await wrapKey(key, secret, way, cost), left: mostTries, number, mark }
}

/** The vault of a key that came back; null when it is another's. */
export async function vaultOf(store: Store, key: Uint8Array<ArrayBuffer>): Promise<Vault | null> {
  const row = await vaultRow(store)
  const vault = row && (await Vault.of(key, row.number))
  return vault?.mark === row?.mark ? vault : null
}

/** What an earlier version wrote is encrypted now; where there is no room for that, at the next opening. */
async function opensWith(store: Store, vault: Vault): Promise<void> {
  store.vault = vault
  await rewrite(store).catch(() => undefined)
}
