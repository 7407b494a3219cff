import { type Scene, type Preview, ask, hasPlace } from './scene'

const written = (at: string) => new Date(at).toISOString()

/** T01: begun before the campaign's first moment or after its last. */
export function outsideTheCampaign({ started_at, season }: Scene): Preview[] {
  const [at, first, last] = [started_at, season.opens_at, season.deadline_at].map((moment) => Date.parse(moment)) as [
    number,
    number,
    number,
  ]
  if (first <= at && at <= last) return []
  const expected = { opens_at: written(season.opens_at), deadline_at: written(season.deadline_at) }
  return ask('T01', 'block', 'visit', expected, { visited_at: written(started_at) })
}

/** T04: a household was reached in less than the campaign's minimum; a knock, a call and a letter take no time. */
export function tooShort({ said, started_at, ended_at, season }: Scene): Preview[] {
  const least = season.policy.minimum_visit_s
  const lastedMs = Date.parse(ended_at) - Date.parse(started_at)
  const isShort = said.outcome === 'reached' && hasPlace(said.mode) && lastedMs < least * 1000
  return isShort ? ask('T04', 'info', 'visit', { lasted_s: least }, { lasted_s: Math.trunc(lastedMs / 1000) }) : []
}
