// What a pull tells of the visits that have arrived, as the office sees them once their pictures are there.
const isWhole = (state, { body }) => body.evidence.every(({ sha256 }) => state.evidence.has(sha256))

function standingOf(state, visits) {
  const reached = visits.filter(({ body }) => body.outcome === 'reached')
  // Two who each handed over what was promised once.
  if (reached.length > 1) return 'disputed'
  if (reached.length === 0) return 'attempted'
  return isWhole(state, reached[0]) ? 'matched' : 'pending'
}

export function heard(state, pack, cadre) {
  const arrived = [...state.items].filter(([, item]) => item.kind === 'visit').map(([id, item]) => ({ id, ...item }))
  const byHousehold = new Map(arrived.map(({ body }) => [body.household_id, []]))
  for (const visit of arrived) byHousehold.get(visit.body.household_id).push(visit)
  const households = pack.households
    .filter(({ id }) => byHousehold.has(id))
    .map((household) => {
      const visits = byHousehold.get(household.id)
      const { outcome, ended_at } = visits.at(-1).body
      const [said] = household.standings
      const now = { standing: standingOf(state, visits), last_outcome: outcome, last_visit_at: ended_at, visits: visits.length }
      return { ...household, standings: [{ ...said, ...now }] }
    })
  const standings = new Map(households.map(({ id, standings: [{ standing }] }) => [id, standing]))
  const visits = arrived.map(({ id, body }) => {
    const { household_id, campaign_id, outcome, mode, started_at, ended_at, aid, amends } = body
    const said = { household_id, campaign_id, outcome, mode, started_at, ended_at, aid, amends, amended_by: null }
    const known = { cadre_id: cadre.id, cadre_name: cadre.name, standing: standings.get(household_id) }
    return { id, ...said, ...known, missing_evidence: [], findings: [] }
  })
  return { households, visits }
}
