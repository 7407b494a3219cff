import { Vault } from './key'
import type { Store } from './store'

/** A store as a page has it once its PIN was given. */
export async function unlocked<S extends Store>(store: S): Promise<S> {
  if (!store.isOpen()) await store.open()
  store.vault = await Vault.make(1)
  return store
}

/** Cheap enough to be tried a hundred times. */
export const cheap = { memory_kib: 64, passes: 1 }
