import { computed, ref, shallowRef } from 'vue'
import type { CheckGoods, Position } from '@/api/types'
import { newId } from '@/kit/id'
import { isBetter } from '@/kit/position/better'
import { DraftSaver } from '@/local/drafts'
import { current } from '@/local/opened'
import { picturesOf } from '@/local/pictures'
import type { Asking, CheckRow, Picture, Typed } from '@/local/shapes'
import { nothingTyped } from './answers'
import { type Asked, readCheck } from './readChecks'

export type Saved = 'saved' | 'saving' | 'failed'

function newAsking(row: CheckRow): Asking {
  const updated_at = new Date().toISOString()
  return {
    id: newId(),
    check_id: row.id,
    campaign_id: row.campaign_id,
    typed: nothingTyped(),
    position: null,
    camera_open: false,
    updated_at,
  }
}

/** The asking of one household: begun with the first word, kept at every change, so that a killed app loses nothing. */
export function useAsking(checkId: string) {
  const { store } = current()
  const saver = new DraftSaver(store, store.askings)
  const asking = shallowRef<Asking | null>(null)
  const row = shallowRef<CheckRow | null>(null)
  const asked = shallowRef<Asked | null>(null)
  const goods = shallowRef<CheckGoods[]>([])
  const pictures = shallowRef<Picture[]>([])
  const loaded = ref(false)
  /** Nothing is said of saving before something was written. */
  const saved = ref<Saved | null>(null)
  const interrupted = ref(false)
  let saves = 0

  async function load(): Promise<void> {
    const known = await readCheck(checkId)
    row.value = known.row
    asked.value = known.asked
    goods.value = known.goods
    if (!known.asked) asking.value = known.asking ?? (known.row && newAsking(known.row))
    if (known.asking) {
      saved.value = 'saved'
      pictures.value = await picturesOf(store, known.asking.id)
      interrupted.value = known.asking.camera_open
      if (known.asking.camera_open) await change({ camera_open: false })
    }
    loaded.value = true
  }

  /** Shown at once, on the disk a moment later. */
  async function change(patch: Partial<Asking>): Promise<void> {
    if (!asking.value) return
    asking.value = { ...asking.value, ...patch, updated_at: new Date().toISOString() }
    saves += 1
    const mine = saves
    saved.value = 'saving'
    try {
      await saver.save(asking.value)
      if (mine === saves) saved.value = 'saved'
    } catch {
      saved.value = 'failed'
    }
  }
  function type(patch: Partial<Typed>): void {
    if (asking.value) void change({ typed: { ...asking.value.typed, ...patch } })
  }
  /** A fix is taken for a second visit alone; while nothing is written, none is kept either. */
  function takeFix(position: Position): void {
    const { typed, position: before } = asking.value ?? {}
    if (typed?.how === 'visit' && isBetter(before ?? null, position, typed.came !== '')) void change({ position })
  }
  async function refreshPictures(): Promise<void> {
    pictures.value = asking.value ? await picturesOf(store, asking.value.id) : []
  }

  const isVisit = computed(() => asking.value?.typed.how === 'visit')
  const settled = () => saver.settled()
  return {
    asking,
    row,
    asked,
    goods,
    pictures,
    loaded,
    saved,
    interrupted,
    isVisit,
    load,
    change,
    type,
    takeFix,
    refreshPictures,
    settled,
  }
}

export type AskingHere = ReturnType<typeof useAsking>
