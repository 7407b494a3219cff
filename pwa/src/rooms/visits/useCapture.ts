import { useI18n } from '@/kit/i18n'
import type { Position } from '@/api/types'
import { type Target, usePictures } from './usePictures'
import type { Visit } from './useVisit'

export type Subject = 'door' | 'handover' | 'home' | 'material' | 'other'
export const subjects: readonly Subject[] = ['handover', 'door', 'home', 'material', 'other']

/** The alias on the picture names no one fully: pictures travel further than files do. */
export function alias(name: string): string {
  const [first = '', ...rest] = name
  return first + '*'.repeat(Math.min(2, rest.length))
}

/** What a picture is of; of a paper, which one. */
export interface Aim {
  subject: Subject
  material: string | null
}

/** Taking pictures for a visit. */
export function useCapture(visit: Visit, cadre: () => string, fix: () => Position | null) {
  const { t } = useI18n()
  const target: Target = {
    id: () => visit.draft.value?.id ?? '',
    by: () => t('visits.stampBy', { name: cadre() }),
    whose() {
      const household = visit.known.value?.household
      return alias(household?.head_name ?? (visit.draft.value?.roster ? '' : (visit.draft.value?.found?.name.trim() ?? '')))
    },
    where() {
      const found = visit.draft.value?.found
      const outside = [visit.draft.value?.roster ? found?.name : '', found?.address]
      return visit.known.value?.household?.address ?? outside.filter(Boolean).join(' ')
    },
    async kept(sha256, { material }) {
      if (material) await visit.change({ materials: { ...visit.draft.value?.materials, [material]: sha256 } })
      await visit.refreshPictures()
    },
  }
  return usePictures(target, fix)
}
