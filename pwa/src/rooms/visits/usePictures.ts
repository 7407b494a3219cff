import { ref } from 'vue'
import { useI18n } from '@/kit/i18n'
import type { Evidence, Position } from '@/api/types'
import { dayAndTime } from '@/kit/format'
import { NotAPicture, type Taken, TooLarge, takeFile, takeFrame } from '@/kit/picture/take'
import { current } from '@/local/opened'
import { keepPicture } from '@/local/pictures'
import { roomNow } from '@/local/room'
import type { Aim } from './useCapture'

/** What pictures are taken for. */
export interface Target {
  /** The item they will belong to. */
  id: () => string
  /** Who takes them, as the stamp says it. */
  by: () => string
  /** Whose door it is, by an alias, and where. */
  whose: () => string
  where: () => string
  /** Called when one is kept. */
  kept: (sha256: string, aim: Aim) => Promise<void>
}

/** Taking pictures: time and position at the shutter, stamp, hash, kept and read back. */
export function usePictures(target: Target, fix: () => Position | null) {
  const { t, te, locale } = useI18n()
  const busy = ref(false)
  const wrong = ref('')

  /** Whose door or which place it is, and of a paper which one: who looks at the picture later has no other way to know. */
  function stampLines(takenAt: Date, material: string | null): string[] {
    const paper = material && te(`households.material.${material}`) ? t(`households.material.${material}`) : ''
    const date = takenAt.toLocaleDateString('sv-SE')
    const time = takenAt.toLocaleTimeString('sv-SE')
    return [`${date} ${time}  ${target.by()}`, [paper, target.whose(), target.where()].filter(Boolean).join('  ')].filter(Boolean)
  }

  async function keep(taken: Taken, aim: Aim): Promise<void> {
    const { subject } = aim
    const { store } = current()
    const there = await store.pictures.get(taken.sha256)
    if (there && there.visit_id !== target.id()) {
      wrong.value = t('visits.photoUsed', {
        at: dayAndTime(there.evidence?.taken_at ?? new Date(there.taken_ms).toISOString(), locale.value),
      })
      return
    }
    const at = taken.taken_at.toISOString()
    const shutterFix = taken.source === 'camera' ? fix() : null
    const filePlace: Position | null = taken.place && {
      ...taken.place,
      accuracy_m: 0,
      taken_at: at,
      datum: 'wgs84',
      source: 'gps',
    }
    const position = shutterFix ?? filePlace
    const evidence: Evidence = {
      sha256: taken.sha256,
      kind: subject === 'material' ? 'document' : 'photo',
      subject,
      source: taken.source,
      media_type: 'image/jpeg',
      bytes: taken.bytes.byteLength,
      taken_at: at,
      original_sha256: taken.original_sha256,
      ...(position ? { position } : {}),
    }
    await keepPicture(store, target.id(), evidence, taken.bytes)
    await target.kept(taken.sha256, aim)
  }

  async function take(make: () => Promise<Taken>, aim: Aim): Promise<void> {
    busy.value = true
    wrong.value = ''
    try {
      if ((await roomNow()) !== 'full') await keep(await make(), aim)
      else wrong.value = t('visits.phoneFull')
    } catch (cause) {
      wrong.value = wordsFor(cause)
    } finally {
      busy.value = false
    }
  }

  function wordsFor(cause: unknown): string {
    if (cause instanceof NotAPicture) return t('visits.notAPicture')
    if (cause instanceof TooLarge) return t('visits.photoTooLarge')
    if (cause instanceof Error && /quota/i.test(cause.name)) return t('visits.phoneFull')
    return t('visits.photoNotKept')
  }

  const linesFor = (aim: Aim) => (at: Date) => stampLines(at, aim.material)
  const shoot = (video: HTMLVideoElement, at: Date, aim: Aim) => take(() => takeFrame(video, at, linesFor(aim)), aim)
  /** Where it is known from where a file comes, its own time does not decide it. */
  const choose = (file: File, aim: Aim, source?: Taken['source']) =>
    take(async () => {
      const taken = await takeFile(file, new Date(), linesFor(aim))
      return source ? { ...taken, source } : taken
    }, aim)
  return { busy, wrong, shoot, choose }
}
