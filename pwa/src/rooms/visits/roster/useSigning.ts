import { ref } from 'vue'
import { inkOf, isBlank } from '@/kit/ink/strokes'
import { pulse } from '@/kit/haptics'
import type { Policy } from '@/api/types'
import { current } from '@/local/opened'
import type { RosterLine } from '@/local/shapes'
import type { Visit } from '../useVisit'
import { dropUnused, keepDrawn, withSignature } from './signing'

/** One after the other signs on the same pad. What is being drawn is in the draft; what is ended is a picture of the visit's. */
export function useSigning(visit: Visit, policy: () => Policy) {
  const { draft } = visit
  const signing = ref<RosterLine | null>(null)
  const wrong = ref(false)
  let keeping: Promise<void> | null = null

  async function keepNow(): Promise<void> {
    if (!draft.value) return
    const { store } = current()
    wrong.value = false
    try {
      const kept = await keepDrawn(store, draft.value)
      const roster = draft.value.roster ?? []
      const before = roster.find((line) => line.id === kept?.line)?.signature ?? null
      const isStill = draft.value.signing === kept?.line
      const ended = isStill ? { strokes: [], stroke_box: null, signing: null } : {}
      await visit.change({ roster: withSignature(roster, kept), ...ended })
      if (before !== kept?.sha256) await dropUnused(store, draft.value.roster ?? [], before)
    } catch {
      wrong.value = true
    }
    await visit.refreshPictures()
  }
  function keep(): Promise<void> {
    keeping ??= keepNow().finally(() => {
      keeping = null
    })
    return keeping
  }

  /** What was drawn for another and not ended becomes theirs first. */
  async function sign(line: RosterLine): Promise<void> {
    await keeping
    if (draft.value?.signing !== line.id) {
      if (draft.value && draft.value.strokes.length > 0) await keep()
      await visit.change({ signing: line.id, strokes: [], stroke_box: null })
    }
    signing.value = line
  }
  const isTooSmall = (line: RosterLine) =>
    draft.value?.signing === line.id && draft.value.strokes.length > 0 && isBlank(inkOf(draft.value.strokes), policy())

  /** A mark that is no name stays on the pad's paper, to be drawn over. */
  async function end(): Promise<void> {
    const line = signing.value
    signing.value = null
    if (!line || !draft.value || isTooSmall(line)) return
    pulse('tick')
    if (draft.value.strokes.length > 0) await keep()
    else await visit.change({ signing: null })
  }
  return { signing, wrong, sign, end, isTooSmall }
}
