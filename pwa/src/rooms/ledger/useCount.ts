import { ref, shallowRef } from 'vue'
import type { Slip } from '@/api/types'
import { DraftSaver } from '@/local/drafts'
import { current } from '@/local/opened'
import type { Count } from '@/local/shapes'
import { newCount } from './acknowledge'

export type Saved = 'saved' | 'saving' | 'failed'

/** The count of one slip: begun when the page opens, kept at every change, so that a killed app loses nothing. */
export function useCount() {
  const { store } = current()
  const saver = new DraftSaver(store, store.counts)
  const count = shallowRef<Count | null>(null)
  /** Nothing is said of saving before something was changed. */
  const saved = ref<Saved | null>(null)
  let saves = 0

  async function load(slip: Slip): Promise<void> {
    const begun = await store.counts.where('slip_id').equals(slip.id).first()
    if (begun) saved.value = 'saved'
    count.value = begun ?? newCount(slip, new Date().toISOString())
  }

  /** Shown at once, on the disk a moment later. */
  async function change(patch: Partial<Count>): Promise<void> {
    if (!count.value) return
    count.value = { ...count.value, ...patch, updated_at: new Date().toISOString() }
    saves += 1
    const mine = saves
    saved.value = 'saving'
    try {
      await saver.save(count.value)
      if (mine === saves) saved.value = 'saved'
    } catch {
      saved.value = 'failed'
    }
  }

  return { count, saved, load, change, settled: () => saver.settled() }
}
