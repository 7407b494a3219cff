import { Problem } from '@/api/problem'
import { askVaultKey } from '@/api/vault'
import { sealTo, toBase64 } from './envelope'
import type { Vault } from './key'
import { isForGood } from './patience'
import { type Store, readMeta, writeMeta } from './store'
import { vaultOf } from './vault'

/** The vault's key, sealed to the server: the way back when the PIN is forgotten. This phone cannot open it. */
export interface Rescue {
  key_id: string
  number: number
  mark: string
  /** Base64, as it goes on the wire. */
  sealed: string
}

interface Holder {
  store: Store
  device: string
  user: { id: string }
}

const rowKey = 'rescue'
export const readRescue = (store: Store): Promise<Rescue | null> => readMeta<Rescue>(store, rowKey)

/** After each pull: made anew for a new vault, or when the server has another key. */
export async function keepRescue({ store, device, user }: Holder): Promise<void> {
  const { vault } = store
  if (!vault) return
  const keys = (await store.campaigns.toArray()).flatMap((campaign) => campaign.seal_key ?? [])
  const [key] = keys
  const kept = await readRescue(store)
  const isCurrent = kept?.mark === vault.mark && keys.some(({ id }) => id === kept.key_id)
  if (!key || isCurrent) return
  const sealed = toBase64(await sealTo(key, vault.key, `vault\n${user.id}\n${device}`))
  await writeMeta(store, rowKey, { key_id: key.id, number: vault.number, mark: vault.mark, sealed } satisfies Rescue)
}

/** `later`: the server may be able to another time. `never`: there is nothing to open, or it does not open. */
export type WayBack = { is: 'vault'; vault: Vault } | { is: 'later'; words: string } | { is: 'never' }

/** Asks the server for the key. Without a line it fails, and nothing is decided. */
export async function wayBack({ store, device }: Omit<Holder, 'user'>): Promise<WayBack> {
  const rescue = await readRescue(store)
  if (!rescue) return { is: 'never' }
  try {
    const vault = await vaultOf(store, await askVaultKey(device, rescue.sealed))
    return vault ? { is: 'vault', vault } : { is: 'never' }
  } catch (cause) {
    if (!(cause instanceof Problem) || cause.status === 401) throw cause
    const isFinal = isForGood(cause) && cause.body.code !== 'seal_key_unknown'
    return isFinal ? { is: 'never' } : { is: 'later', words: cause.words }
  }
}
