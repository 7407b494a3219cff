import type { Earlier, Said, Scene } from './scene'

export type Patch = { [key: string]: unknown }
const isObject = (value: unknown): value is Patch => typeof value === 'object' && value !== null && !Array.isArray(value)

/** JSON merge patch, RFC 7396. */
function merge(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch
  const merged: Patch = isObject(target) ? { ...target } : {}
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete merged[key]
    else merged[key] = merge(merged[key], value)
  }
  return merged
}

const nothingSaid = { position: null, recipient: null, aid: [], group: null, evidence: [], signature_ink: null, amends: null }
interface VectorVisit {
  id: string
  started_at: string
  ended_at: string
  said: Partial<Said>
}

/** A case of the shared vectors as the phone would meet it: the visit about to be sealed, and what is known around it. */
export function sceneOf(base: object, patch: Patch): Scene {
  const whole = merge(base, patch) as {
    season: Scene['season']
    file?: { home?: NonNullable<Scene['file']>['home']; names: string[] }
    entitlement?: Scene['entitlement']
    visit: VectorVisit
    others: Patch[]
  }
  const { season, file, entitlement, visit, others } = whole
  const earlier = others.map((other): Earlier => {
    const { id, said } = merge(visit, other) as VectorVisit
    return { id, amends: said.amends ?? null, aid: said.aid ?? [] }
  })
  return {
    said: { ...nothingSaid, ...visit.said } as Said,
    started_at: visit.started_at,
    ended_at: visit.ended_at,
    season,
    file: file ? { home: file.home ?? null, names: file.names } : null,
    entitlement: entitlement ?? null,
    earlier,
  }
}
