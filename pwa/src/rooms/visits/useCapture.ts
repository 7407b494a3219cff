import { ref } from 'vue'
import { useI18n } from 'vue-i18n'
import type { Evidence, Position } from '@/api/types'
import { dayAndTime } from '@/kit/format'
import { NotAPicture, type Taken, TooLarge, takeFile, takeFrame } from '@/kit/picture/take'
import { current } from '@/local/opened'
import { keepPicture } from '@/local/pictures'
import { roomNow } from '@/local/room'
import type { Visit } from './useVisit'

export type Subject = 'door' | 'handover' | 'home' | 'material' | 'other'
export const subjects: readonly Subject[] = ['handover', 'door', 'home', 'material', 'other']

/** The alias on the picture names no one fully: pictures travel further than files do. */
export function alias(name: string): string {
  const [first = '', ...rest] = name
  return first + '*'.repeat(Math.min(2, rest.length))
}

/** Taking pictures for a visit: time and position at the shutter, stamp, hash, kept and read back. */
export function useCapture(visit: Visit, cadre: () => string, fix: () => Position | null) {
  const { t, locale } = useI18n()
  const busy = ref(false)
  const wrong = ref('')

  function stampLines(takenAt: Date): string[] {
    const household = visit.known.value?.household
    const date = takenAt.toLocaleDateString('sv-SE')
    const time = takenAt.toLocaleTimeString('sv-SE')
    return [
      `${date} ${time}  ${t('visits.stampBy', { name: cadre() })}`,
      `${alias(household?.head_name ?? '')}  ${household?.address ?? ''}`,
    ]
  }

  async function keep(taken: Taken, subject: Subject): Promise<void> {
    const { store } = current()
    const there = await store.pictures.get(taken.sha256)
    if (there && there.visit_id !== visit.draft.value?.id) {
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
    await keepPicture(store, visit.draft.value?.id ?? '', evidence, taken.bytes)
    await visit.refreshPictures()
  }

  async function take(make: () => Promise<Taken>, subject: Subject): Promise<void> {
    busy.value = true
    wrong.value = ''
    try {
      if ((await roomNow()) !== 'full') await keep(await make(), subject)
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

  const shoot = (video: HTMLVideoElement, at: Date, subject: Subject) => take(() => takeFrame(video, at, stampLines), subject)
  const choose = (file: File, subject: Subject) => take(() => takeFile(file, new Date(), stampLines), subject)
  return { busy, wrong, shoot, choose }
}
