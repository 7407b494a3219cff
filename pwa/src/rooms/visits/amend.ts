import type { AidLine, Mode, Outcome, SaidVisit } from '@/api/types'
import { clockOffsetMs } from '@/kit/clock'
import { newId } from '@/kit/id'
import { knownOf } from '@/local/known'
import type { Amending, Draft } from '@/local/shapes'
import type { Store } from '@/local/store'
import { draftOf } from './begin'
import { askSaid, filledWith } from './said'

/** A visit as far as it can be corrected from this phone. */
export interface Amendable {
  id: string
  campaign_id: string
  household_id: string | null
  label: string
  mode: Mode
  outcome: Outcome
  started_at: string
  ended_at: string
  aid: AidLine[]
  amends: string | null
}

/** The last of a chain of corrections: it alone is corrected further. A ring, which no phone makes, ends where it began. */
export function newestOf(id: string, visits: readonly { id: string; amends: string | null }[]): string {
  const seen = new Set<string>()
  let at = id
  for (;;) {
    seen.add(at)
    const later = visits.find((visit) => visit.amends === at && !seen.has(visit.id))
    if (!later) return at
    at = later.id
  }
}

/** By this phone's clock: the server will correct it once more. */
const uncorrected = (at: string) => new Date(Date.parse(at) - clockOffsetMs()).toISOString()

/** Own visits the phone still knows: made here, or told by the server. */
export async function amendables(store: Store, userId: string): Promise<Amendable[]> {
  const [items, visits, deliveries] = await Promise.all([
    store.outbox.toArray(),
    store.visits.toArray(),
    store.deliveries.toArray(),
  ])
  const refused = new Set(deliveries.flatMap((one) => (one.state === 'needs_me' ? [one.id] : [])))
  const here = items.flatMap((item): Amendable[] => {
    const known = refused.has(item.id) ? null : knownOf(item)
    if (!known) return []
    const { id, campaign_id, household_id, label } = item
    const { outcome, ended_at, aid, amends, mode = household_id ? 'home' : 'collective', started_at = item.made_at } = known
    return [{ id, campaign_id, household_id, label, mode, outcome, started_at, ended_at, aid, amends }]
  })
  const names = new Set(here.map((one) => one.id))
  const told = visits.flatMap((visit): Amendable[] => {
    if (visit.cadre_id !== userId || names.has(visit.id)) return []
    const { id, campaign_id, household_id, mode, outcome, aid = [], amends = null } = visit
    const [started_at, ended_at] = [uncorrected(visit.started_at), uncorrected(visit.ended_at)]
    return [{ id, campaign_id, household_id, label: '', mode, outcome, started_at, ended_at, aid, amends }]
  })
  return [...here, ...told]
}

/** Opens the correction of the newest in a visit's chain: the one begun before, where there is one. Null where the phone knows too little. */
export async function beginAmendment(store: Store, userId: string, visitId: string): Promise<string | null> {
  const own = await amendables(store, userId)
  const newest = own.find((one) => one.id === newestOf(visitId, own))
  if (!newest) return null
  const begun = await store.drafts.filter((one) => one.amending?.id === newest.id).first()
  if (begun) return begun.id
  const photos = (await store.pictures.where('visit_id').equals(newest.id).toArray())
    .map((picture) => picture.evidence)
    .filter((one) => one?.kind !== 'signature')
  const draft = amendingDraft(newId(), newest, photos, new Date().toISOString(), await askSaid(newest.id))
  return store.transaction('rw', store.drafts, async () => {
    // A second press, while the first still waited for the server.
    const meanwhile = await store.drafts.filter((one) => one.amending?.id === newest.id).first()
    if (!meanwhile) await store.drafts.add(draft)
    return meanwhile?.id ?? draft.id
  })
}

export function amendingDraft(
  id: string,
  visit: Amendable,
  photos: NonNullable<Draft['amending']>['photos'],
  now: string,
  said: SaidVisit | null = null,
): Draft {
  const { campaign_id, household_id, mode, outcome, aid, started_at, ended_at } = visit
  const isOutside = household_id === null
  const begun = { id, campaign_id, household_id, started_at }
  if (said) {
    const { photos: named, signed, ...filled } = filledWith(said)
    return draftOf({ ...begun, ...filled, amending: { id: visit.id, reason: '', ended_at, photos: named, signed } }, now)
  }
  return draftOf(
    {
      ...begun,
      mode,
      outcome,
      aid,
      found: isOutside ? { name: visit.label, address: '', words: '' } : null,
      roster: isOutside && mode === 'collective' ? [] : null,
      far_aid: aid.length > 0,
      amending: { id: visit.id, reason: '', ended_at, photos },
    },
    now,
  )
}

/** For a correction begun without a line: what was filled in then, in place of what has been filled in since. Null where it cannot be had. */
export async function fetchAgain(amending: Amending): Promise<Partial<Draft> | null> {
  const said = await askSaid(amending.id)
  if (!said) return null
  const { photos, signed, ...filled } = filledWith(said)
  return { ...filled, strokes: [], stroke_box: null, signing: null, amending: { ...amending, photos, signed } }
}
