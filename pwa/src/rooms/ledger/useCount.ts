import { ref, shallowRef } from 'vue'
import type { Slip } from '@/api/types'
import { DraftSaver } from '@/local/drafts'
import { current } from '@/local/opened'
import { dropDraft } from '@/local/pictures'
import type { Count } from '@/local/shapes'
import { newCount } from './acknowledge'

export type Saved = 'saved' | 'saving' | 'failed'

/** The count of one slip: begun when the page opens, kept at every change, so that a killed app loses nothing. */
export function useCount() {
  const { store } = current()
  const saver = new DraftSaver(store, store.counts)
  const count = shallowRef<Count | null>(null)
  const saved = ref<Saved>('saved')
  let saves = 0

  async function load(slip: Slip): Promise<void> {
    count.value = (await store.counts.where('slip_id').equals(slip.id).first()) ?? newCount(slip, new Date().toISOString())
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

  /** A count of a slip that somebody else has signed, or the store has taken back, is of no more use. */
  async function drop(): Promise<void> {
    if (count.value) await dropDraft(store, count.value.id)
    count.value = null
  }

  return { count, saved, load, change, drop, settled: () => saver.settled() }
}
