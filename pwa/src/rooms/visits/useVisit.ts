import { computed, ref, shallowRef } from 'vue'
import type { Position } from '@/api/types'
import { clockOffsetMs } from '@/kit/clock'
import { inkOf } from '@/kit/ink/strokes'
import { isBetter } from '@/kit/position/better'
import { DraftSaver, type WholeDraft, asWhole } from '@/local/drafts'
import { current } from '@/local/opened'
import { picturesOf } from '@/local/pictures'
import type { Draft, Picture } from '@/local/shapes'
import { type Around, readAround } from './around'
import { bodyNow } from './body'
import { type Preview, preview } from './preview'

export type Saved = 'saved' | 'saving' | 'failed'

/** As the server corrects what a phone says of time. */
const corrected = (at: string) => new Date(Date.parse(at) + clockOffsetMs()).toISOString()

/** One open visit: what is written, what is known around it, and the saving of every change. */
export function useVisit(id: string) {
  const { store } = current()
  const saver = new DraftSaver<Draft>(store, store.drafts)
  const draft = shallowRef<WholeDraft | null>(null)
  const known = shallowRef<Around | null>(null)
  const pictures = shallowRef<Picture[]>([])
  const missing = ref(false)
  const saved = ref<Saved>('saved')
  /** The system ended the app while the camera was open; it is not opened again by itself, or a crash could repeat forever. */
  const interrupted = ref(false)
  let saves = 0

  async function load(): Promise<void> {
    const found = await store.drafts.get(id)
    const facts = found ? await readAround(found) : 'unknown'
    if (!found || facts === 'unknown') {
      missing.value = true
      return
    }
    pictures.value = await picturesOf(store, id)
    known.value = facts
    draft.value = asWhole(found)
    interrupted.value = found.camera_open
    if (found.camera_open) await change({ camera_open: false })
  }

  /** Shown at once, on the disk a moment later; the line under the title says which. */
  async function change(patch: Partial<Draft>): Promise<void> {
    if (!draft.value) return
    draft.value = { ...draft.value, ...patch, updated_at: new Date().toISOString() }
    saves += 1
    const mine = saves
    saved.value = 'saving'
    try {
      await saver.save(draft.value)
      if (mine === saves) saved.value = 'saved'
    } catch {
      saved.value = 'failed'
    }
  }

  function takeFix(position: Position): void {
    if (!draft.value) return
    const isUnderWay = draft.value.outcome !== null || pictures.value.length > 0
    if (isBetter(draft.value.position, position, isUnderWay)) void change({ position })
  }

  async function refreshPictures(): Promise<void> {
    pictures.value = await picturesOf(store, id)
  }

  const photos = computed(() => pictures.value.filter((picture) => picture.evidence.kind !== 'signature'))
  /** Photographed papers belong to the file; they do not count as photos of the visit. Those of a corrected visit do. */
  const photoCount = computed(() => {
    const evidence = [...pictures.value.map((picture) => picture.evidence), ...(draft.value?.amending?.photos ?? [])]
    return evidence.filter((one) => one.kind === 'photo').length
  })
  const ink = computed(() => (draft.value ? inkOf(draft.value.strokes) : null))

  function asksAt(endedAt: string): Preview[] {
    if (!draft.value?.outcome || !known.value) return []
    const { household, campaign, entitlement, earlier } = known.value
    const said = bodyNow(draft.value, pictures.value, endedAt)
    const names = household && [household.head_name, ...household.members.map((member) => member.name)]
    return preview({
      said,
      started_at: corrected(said.started_at),
      ended_at: corrected(said.ended_at),
      season: campaign,
      file: household && names && { home: household.home, names },
      entitlement,
      earlier: earlier.filter((visit) => visit.id !== id),
    })
  }

  const settled = () => saver.settled()
  return {
    draft,
    known,
    pictures,
    photos,
    photoCount,
    ink,
    missing,
    saved,
    interrupted,
    load,
    change,
    takeFix,
    refreshPictures,
    asksAt,
    settled,
  }
}

export type Visit = ReturnType<typeof useVisit>
