// A thousand cadres: each with a round of their own, ten to a team, the rounds a kilometre apart.

const inATeam = 10

export const cadreName = (n) => `cadre${n}`

const teamOf = (cadre) => Math.floor(cadre / inATeam)

/** Home `n` is on the round of cadre `n % cadres`. Homes of a round stand some twelve metres apart. */
export function spotOnRound(n, cadres) {
  const [round, turn] = [n % cadres, Math.floor(n / cadres)]
  return {
    latitude: 30.4 + Math.floor(round / 32) * 0.009 + Math.floor(turn / 8) * 0.000_12,
    longitude: 103.9 + (round % 32) * 0.01 + (turn % 8) * 0.000_13,
  }
}

/** Enters the people and their teams; answers the teams. */
export async function muster(admin, dice, station, cadres, password) {
  const people = Array.from({ length: cadres }, () => dice.id())
  for (const [n, id] of people.entries())
    await admin.done('POST', '/users', { id, org_id: station, username: cadreName(n), name: '干部', roles: ['cadre'], password })
  const teams = []
  for (let at = 0; at < cadres; at += inATeam) {
    const id = dice.id()
    const members = people.slice(at, at + inATeam).map((person) => ({ person_id: person, is_lead: false }))
    const team = { id, org_id: station, code: `C${teams.length}`, name: `走访${teams.length}组`, members }
    await admin.done('POST', '/teams', team)
    teams.push(id)
  }
  return teams
}

/** Each team gets the homes of its cadres' rounds. */
export async function moveIn(centre, homes, cadres, teams) {
  for (const [team, id] of teams.entries()) {
    const own = homes.filter((_, n) => teamOf(n % cadres) === team).map((home) => home.id)
    for (let at = 0; at < own.length; at += 200)
      await centre.done('POST', '/households/assignments', { household_ids: own.slice(at, at + 200), team_id: id })
  }
}

/** Hands each team its part of what was received; answers the entries. */
export async function issueTo(centre, dice, teams, entry) {
  const lines = entry.lines.map((line) => {
    const amount = 'amount_fen' in line ? 'amount_fen' : 'quantity_milli'
    return { ...line, [amount]: line[amount] / teams.length }
  })
  const ids = teams.map(() => dice.id())
  for (const [n, id] of ids.entries())
    await centre.done('POST', '/ledger/entries', { ...entry, id, kind: 'issue', team_id: teams[n], lines })
  return ids
}
