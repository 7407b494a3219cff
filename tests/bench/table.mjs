// The desk's table of households over a roster of so many, with the real program: node tests/bench/table.mjs [households]
// The roster comes in through the door it always does; server answers are timed from here, what a person waits for in Chromium.
import { launch } from '../../pwa/tests/e2e/browser.mjs'
import { startCity } from '../e2e/server.mjs'
import { caller, roster, say, seconds, timed } from './roster.mjs'

const count = Number(process.argv[2] ?? 100_000)
const goalMs = 200

const city = await startCity()
const call = await caller(city.url, 'centre')
const open = (await call('/campaigns')).items.find((one) => one.status === 'open')
const file = roster(count)
say('what', 'time', '')
say('---', '---', '---')
const bring = (query) => call(`/households/imports?${query}`, { method: 'POST', body: file, type: 'text/csv' })
const [dry, judged] = await timed(() => bring('dry_run=true&mend=true'))
say(`a roster of ${count} rows judged`, seconds(dry), `${judged.accepted} good`)
const [brought, made] = await timed(() => bring(''))
say('imported', seconds(brought), `${made.accepted} files`)
const [approving] = await timed(() => call('/households/approvals', { method: 'POST', body: { import_id: made.import_id } }))
say('approved together', seconds(approving), '')
const [freezing] = await timed(() => call(`/campaigns/${open.id}/entitlements`, { method: 'POST', body: {} }))
say('entitlements fixed', seconds(freezing), '')
const teams = (await call('/teams?limit=500')).items
const [named, all] = await timed(() => call('/households/matches', { method: 'POST', body: { without_team: true, ids: true } }))
say('all that match named', seconds(named), `${all.count} households`)
const [giving] = await timed(async () => {
  for (let from = 0; from < all.ids.length; from += 500) {
    const household_ids = all.ids.slice(from, from + 500)
    await call('/households/assignments', {
      method: 'POST',
      body: { household_ids, team_id: teams[(from / 500) % teams.length].id, by_itself: true },
    })
  }
})
say('given to teams in lots of 500', seconds(giving), '')

const [settling] = await timed(async () => {
  while ((await call(`/progress?campaign=${open.id}`)).households < count) await new Promise((done) => setTimeout(done, 1000))
})
say('until every standing is worked out', seconds(settling), '')

console.log('')
say('rows asked for', 'p50 ms', 'longest of 9 ms', '')
say('---', '---', '---', '---')
async function measured(words, path) {
  const took = []
  for (let n = 0; n < 9; n += 1) took.push((await timed(() => call(path)))[0])
  took.sort((a, b) => a - b)
  say(words, took[4].toFixed(0), took[8].toFixed(0), took[4] <= goalMs ? 'reached' : '**missed**')
}
const list = `/households?campaign=${open.id}`
const filters = [
  ['all', ''],
  ['one team', `&team=${teams[0].id}`],
  ['without a team', '&without_team=true'],
  ['one category', '&category=student'],
  ['approved', '&status=approved'],
  ['applied', '&status=applied'],
  ['not reached yet', '&standing=unreached,attempted'],
  ['disputed', '&standing=disputed'],
  ['nobody home', '&outcome=absent'],
  ['a part of a name', `&q=${encodeURIComponent('桂兰')}`],
  ['a part of no name', `&q=${encodeURIComponent('无此人')}`],
]
for (const [words, filter] of filters) {
  await measured(words, list + filter)
  for (const order of ['name', 'address', 'last_try', 'promised'])
    await measured(`${words}, by ${order}`, `${list}${filter}&order=${order}`)
}
for (const order of ['file', 'name', 'address', 'last_try', 'promised']) {
  await measured(`last page by ${order}`, `${list}&order=${order}&descending=true`)
  let after = ''
  for (let n = 0; n < 40; n += 1) after = (await call(`${list}&order=${order}&limit=500${after && `&after=${after}`}`)).next
  await measured(`after 20,000 rows by ${order}`, `${list}&order=${order}&after=${after}`)
}
for (const [words, filter] of filters) {
  const body = {
    campaign: open.id,
    ...Object.fromEntries(new URLSearchParams(filter)),
    ...(filter.includes('without') && { without_team: true }),
  }
  const took = []
  for (let n = 0; n < 5; n += 1) took.push((await timed(() => call('/households/matches', { method: 'POST', body })))[0])
  took.sort((a, b) => a - b)
  say(`counted: ${words}`, took[2].toFixed(0), took[4].toFixed(0), '')
}

const browser = await launch()
const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN' })
const page = await context.newPage()
await page.goto(`${city.url}/desk/campaigns/${open.id}/households`)
await page.getByLabel(/用户名/).fill('centre')
await page.getByLabel(/密码/).fill('nuanfang-demo')
await page.getByRole('button', { name: /^登录$/ }).click()
await page.locator('tbody tr').first().waitFor()
/** From the press of a key or the mouse until the rows that answer it are painted. */
const seen = await page.evaluate(async () => {
  const rows = () => document.querySelector('tbody')?.textContent ?? ''
  const painted = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
  const press = async (button) => {
    const before = rows()
    const began = performance.now()
    button.click()
    while (rows() === before && performance.now() - began < 10_000) await new Promise((done) => setTimeout(done, 4))
    await painted()
    return performance.now() - began
  }
  const sort = (n) => document.querySelectorAll('thead button.sort')[n]
  const took = {}
  for (const [n, words] of ['name', 'last_try', 'promised'].entries()) {
    took[`seen by ${words}`] = await press(sort(n))
    took[`seen by ${words}, the other way round`] = await press(sort(n))
  }
  const next = [...document.querySelectorAll('.pager button')].at(-1)
  took['seen: next page'] = await press(next)
  return took
})
for (const [words, ms] of Object.entries(seen)) say(words, ms.toFixed(0), '', ms <= goalMs ? 'reached' : '**missed**')
await browser.close()
await city.stop()
