// What others measure of a register of 131,072 people, on our side, with the real program: NUANFANG=target/release/nuanfang node tests/bench/persons.mjs
import { startCity } from '../e2e/server.mjs'
import { caller, roster, say, seconds, timed } from './roster.mjs'

const people = 131_072
/** As many as one file may hold. */
const most = 100_000
const updated = 32_768
const lot = 500

const city = await startCity()
const call = await caller(city.url, 'centre')
const files = [roster(most), roster(people - most, most)]
const bring = (file, query) => call(`/households/imports?${query}`, { method: 'POST', body: file, type: 'text/csv' })
say('what', 'goal', 'time', 'what came of it')
say('---', '---', '---', '---')
const [bringing, first] = await timed(() => bring(files[0], ''))
say('100,000 rows imported', '60 s', seconds(bringing), `${first.accepted} files`)
await call('/households/approvals', { method: 'POST', body: { import_id: first.import_id } })
const second = await bring(files[1], '')
await call('/households/approvals', { method: 'POST', body: { import_id: second.import_id } })

const [searching, found] = await timed(async () => {
  const known = []
  for (const file of files) known.push(await bring(file, 'dry_run=true'))
  return known.reduce((sum, { unchanged, rejected }) => sum + unchanged + rejected.length, 0)
})
say('131,072 people held against those on file, each by number', '5 s', seconds(searching), `${found} known`)

const open = (await call('/campaigns')).items.find((one) => one.status === 'open')
const teams = (await call('/teams?limit=500')).items
const categories = ['below_line', 'near_line', 'sudden', 'migrant', 'serious_illness', 'single_parent', 'student']
const ids = []
for (const category of categories.slice(0, 2))
  ids.push(...(await call('/households/matches', { method: 'POST', body: { without_team: true, category, ids: true } })).ids)
const give = async (from) => {
  const household_ids = ids.slice(from, Math.min(from + lot, updated))
  await call('/households/assignments', {
    method: 'POST',
    body: { household_ids, team_id: teams[(from / lot) % teams.length].id, by_itself: true },
  })
}
const [updating] = await timed(async () => {
  if (ids.length < updated) throw new Error(`only ${ids.length} files`)
  for (let from = 0; from < updated; from += lot) await give(from)
})
say('32,768 files changed, in lots of 500', '5 s', seconds(updating), '')

for (const format of ['csv', 'xlsx']) {
  const [writing, bytes] = await timed(async () => {
    let sum = 0
    // Of one table no file holds more than 100,000 rows.
    for (const category of categories)
      sum += (
        await call('/exports', { method: 'POST', body: { table: 'households', format, campaign: open.id, category }, raw: true })
      ).byteLength
    return sum
  })
  say(`131,072 files taken along as ${format}`, '20 s', seconds(writing), `${(bytes / 1e6).toFixed(1)} MB`)
}
await city.stop()
