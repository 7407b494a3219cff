import { computed, ref } from 'vue'
import { useI18n } from '@/kit/i18n'
import type { AidLine, Found, Mode, NeedSaid, Outcome, Recipient, SixKnows } from '@/api/types'
import { useNow } from '@/kit/now'
import type { Amending } from '@/local/shapes'
import { useSession } from '@/rooms/accounts/useSession'
import { likelyFund } from './begin'
import { endOf } from './body'
import { givesAid, hasPlace } from './modes'
import { type NextStep, nextStep } from './next'
import { photosRequired } from './preview'
import { faultsOf, nextToSign, totalOf } from './roster/roster'
import { rosterNow } from './signed'
import type { Visit } from './useVisit'

/** What the page of a visit shows and writes: its fields, which sections there are, and the next step. */
export function useVisitPage(visit: Visit) {
  const { draft, known, photos, photoCount } = visit
  const { t } = useI18n()
  const session = useSession()
  const now = useNow()

  const household = computed(() => known.value?.household ?? null)
  const isGroup = computed(() => Boolean(draft.value?.roster))
  const gives = computed(() => Boolean(draft.value && givesAid(draft.value)))
  const isReached = computed(() => draft.value?.outcome === 'reached')
  const isFar = computed(() => Boolean(draft.value && !hasPlace(draft.value.mode)))
  const title = computed(() => {
    if (household.value) return household.value.head_name
    const name = draft.value?.found?.name.trim()
    return name || t(!draft.value ? 'visits.one' : isGroup.value ? 'visits.groupTitle' : 'visits.foundTitle')
  })
  /** Whom the phone knows by name. */
  const people = computed(() => {
    const head = household.value?.head_name ?? draft.value?.found?.name.trim()
    return head ? [{ name: head, relation: 'self' }, ...(household.value?.members ?? [])] : []
  })

  const mode = computed<Mode>({ get: () => draft.value?.mode ?? 'home', set: (value) => void visit.change({ mode: value }) })
  const outcome = computed<Outcome | null>({
    get: () => draft.value?.outcome ?? null,
    set: (value) => void visit.change({ outcome: value, ...usualRecipient(value) }),
  })
  /** Most often it is the head who receives; the pad asks them by name, and another is one tap away. */
  function usualRecipient(value: Outcome | null): { recipient?: Recipient } {
    const head = people.value[0]
    if (value !== 'reached' || draft.value?.recipient || !head || isGroup.value) return {}
    return { recipient: { name: head.name, relation: 'self' } }
  }
  const found = computed<Found>({
    get: () => draft.value?.found ?? { name: '', address: '', words: '' },
    set(value) {
      const recipient = draft.value?.recipient
      const isHead = recipient?.relation === 'self' && recipient.name === draft.value?.found?.name.trim()
      void visit.change({ found: value, ...(isHead ? { recipient: { ...recipient, name: value.name.trim() } } : {}) })
    },
  })
  const amending = computed<Amending | null>({
    get: () => draft.value?.amending ?? null,
    set: (value) => void visit.change({ amending: value }),
  })
  const aid = computed<AidLine[]>({ get: () => draft.value?.aid ?? [], set: (value) => void visit.change({ aid: value }) })
  const far = computed({ get: () => draft.value?.far_aid ?? false, set: (far_aid) => void visit.change({ far_aid }) })
  const recipient = computed<Recipient | null>({
    get: () => draft.value?.recipient ?? null,
    set: (value) => void visit.change({ recipient: value }),
  })
  const needs = computed<NeedSaid[]>({ get: () => draft.value?.needs ?? [], set: (value) => void visit.change({ needs: value }) })
  const knows = computed<SixKnows>({
    get: () => draft.value?.six_knows ?? {},
    set: (six_knows) => void visit.change({ six_knows }),
  })
  const notes = computed({ get: () => draft.value?.notes ?? '', set: (value) => void visit.change({ notes: value }) })

  const fund = computed(() => (known.value ? likelyFund(known.value, session.user?.teams.map((team) => team.id) ?? []) : null))
  const needed = computed(() => {
    const { outcome: came, mode: how } = draft.value ?? {}
    return came && how && known.value ? photosRequired(known.value.campaign.policy, how, came) : 0
  })
  const showsPhotos = computed(() => !isFar.value || needed.value > 0 || photos.value.length > 0)
  const materials = computed(() => (isReached.value && !isFar.value ? (household.value?.missing_materials ?? []) : []))
  const taken = computed(() => {
    const here = new Set(photos.value.map((picture) => picture.sha256))
    const all = Object.entries(draft.value?.materials ?? {})
    return new Set(all.flatMap(([code, sha256]) => (here.has(sha256) ? [code] : [])))
  })
  const rosterFen = computed(() => (draft.value?.roster ? totalOf(draft.value.roster) : null))
  const faults = computed(() => (gives.value ? faultsOf(draft.value?.roster ?? []) : []))
  const blankNeeds = computed(() => needs.value.filter((need) => !need.words.trim()).length)

  const asks = computed(() => (now.value && draft.value ? visit.asksAt(endOf(draft.value, new Date())) : []))
  const hasReviewed = ref(false)
  const step = computed<NextStep>(() =>
    draft.value
      ? nextStep({
          draft: draft.value,
          photos: photoCount.value,
          photosNeeded: needed.value,
          hasReviewed: hasReviewed.value,
          asks: asks.value.length + faults.value.length + blankNeeds.value,
        })
      : 'outcome',
  )
  const signsNext = computed(
    () => (draft.value?.roster ? nextToSign(rosterNow(draft.value) ?? [])?.name.trim() : '') || t('visits.theRecipient'),
  )

  const fields = { mode, outcome, found, amending, aid, far, recipient, needs, knows, notes }
  const facts = { household, isGroup, gives, isReached, isFar, title, people, fund, needed, showsPhotos, materials, taken }
  return { ...fields, ...facts, rosterFen, faults, blankNeeds, asks, hasReviewed, step, signsNext }
}
