// A season ready to be walked, entered at the program's own doors as an office would, and kept so that each run begins with a copy of it.
import { existsSync, statSync } from 'node:fs'
import { cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { issueTo, moveIn, muster, spotOnRound } from './crew.mjs'
import { Dice } from './dice.mjs'
import { Person } from './http.mjs'
import { sha256 } from './phone.mjs'
import { program, run, serve } from './program.mjs'
import { workshop } from './workshop.mjs'

export const password = 'warm-hands-2027'
export const cashFen = 50_000
export const riceMilli = 1_000
const day = 86_400_000

const people = [
  ['centre', 'centre', 'east'],
  ['lead', 'lead', 'station'],
  ['cadre', 'cadre', 'station'],
]

function identityNumber(n) {
  const two = (value) => String(value).padStart(2, '0')
  const body = `510104${1940 + Math.floor(n / 9_000)}${two(1 + (Math.floor(n / 900) % 10))}${two(1 + (Math.floor(n / 999) % 28))}${String(n % 999).padStart(3, '0')}`
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
  const sum = weights.reduce((total, weight, at) => total + weight * Number(body[at]), 0)
  return body + '10X98765432'[sum % 11]
}

function roster(count) {
  const rows = Array.from(
    { length: count },
    (_, n) => `${n + 1},住户${n},${identityNumber(n)},城东区和平里${n}号,138${String(n).padStart(8, '0')},低保户,患病,1`,
  )
  return `序号,姓名,身份证号码,家庭住址,联系电话,困难类别,致困原因,家庭人口\n${rows.join('\n')}\n`
}

/** A spot of a home's own, on a few hectares. */
function spot(id) {
  const hash = sha256(id)
  const part = (from) => parseInt(hash.slice(from, from + 6), 16) / 0x1000000
  return { latitude: 30.66 + part(0) * 0.003, longitude: 104.08 + part(6) * 0.003 }
}

/** Enters everything; answers what visits need to know. */
async function enter(server, data, households, cadres) {
  const where = () => server.url
  const dice = new Dice(2027)
  const admin = await new Person(where).signIn('admin', password)
  const [root] = (await admin.done('GET', '/orgs')).items
  const ids = Object.fromEntries(
    ['east', 'station', 'team', 'campaign', 'fund', 'rice', 'receipt', ...people.map(([name]) => name)].map((name) => [
      name,
      dice.id(),
    ]),
  )
  await admin.done('POST', '/orgs', { id: ids.east, parent_id: root.id, code: 'east', name: '城东区总工会', level: 'district' })
  await admin.done('POST', '/orgs', {
    id: ids.station,
    parent_id: ids.east,
    code: 'east1',
    name: '东关街道帮扶站',
    level: 'station',
  })
  for (const [username, role, org] of people)
    await admin.done('POST', '/users', { id: ids[username], org_id: ids[org], username, name: username, roles: [role], password })
  const members = [
    { person_id: ids.lead, is_lead: true },
    { person_id: ids.cadre, is_lead: false },
  ]
  await admin.done('POST', '/teams', { id: ids.team, org_id: ids.station, code: 'E1', name: '东一组', members })
  const teams = cadres > 1 ? await muster(admin, dice, ids.station, cadres, password) : [ids.team]
  const centre = await new Person(where).signIn('centre', password)
  const [opensAt, deadlineAt, happenedAt] = [-20, 10, -10].map((days) => new Date(Date.now() + days * day).toISOString())
  await centre.done('POST', '/goods', { id: ids.rice, name: '大米', unit: '袋', unit_value_fen: 6_000 })
  await centre.done('POST', '/campaigns', {
    id: ids.campaign,
    name: '2027年元旦春节送温暖',
    theme: '两节',
    opens_at: opensAt,
    deadline_at: deadlineAt,
  })
  const goods = [{ item_id: ids.rice, quantity_milli: riceMilli }]
  await centre.done('PUT', `/campaigns/${ids.campaign}/standards`, [
    { category: 'below_line', cash_fen: cashFen, purpose: 'living', goods },
  ])
  await centre.done('POST', '/funds', {
    id: ids.fund,
    campaign_id: ids.campaign,
    name: '工会经费',
    source: 'union',
    earmark: 'any',
  })
  const imported = await centre.done('POST', '/households/imports', roster(households), { 'Content-Type': 'text/csv' })
  if (imported.accepted !== households) throw new Error(`the roster was not taken: ${JSON.stringify(imported).slice(0, 500)}`)
  await centre.done('POST', '/households/approvals', { import_id: imported.import_id })
  const homes = []
  for (let after = ''; after !== null;) {
    const page = await centre.done('GET', `/households?limit=500${after && `&after=${encodeURIComponent(after)}`}`)
    for (const { id, head_name: name } of page.items)
      homes.push({ id, name, cashFen, riceMilli, ...(cadres > 1 ? spotOnRound(homes.length, cadres) : spot(id)) })
    after = page.next ?? null
  }
  await moveIn(centre, homes, cadres, teams)
  await centre.done('POST', `/campaigns/${ids.campaign}/open`, {})
  const lines = [
    { kind: 'cash', fund_id: ids.fund, amount_fen: 1_000_000 * cashFen },
    { kind: 'goods', item_id: ids.rice, quantity_milli: 1_000_000 * riceMilli },
  ]
  const entry = { campaign_id: ids.campaign, lines, happened_at: happenedAt, words: '按计划' }
  await centre.done('POST', '/ledger/entries', { ...entry, id: ids.receipt, kind: 'receipt', fund_id: ids.fund })
  const issues = await issueTo(centre, dice, teams, entry)
  return { ...ids, homes, entries: [ids.receipt, ...issues] }
}

/** Makes a season on a data folder, and on another database where `more` names one. */
export async function makeSeason(data, households, more = [], cadres = 1) {
  const first = ['user', 'add', '--role', 'admin', '--password-stdin', 'admin', '--data', data, ...more]
  const added = await run(first, { input: `${password}\n` })
  if (added.code !== 0) throw new Error(added.said)
  const server = await serve(data, { more })
  try {
    const season = await enter(server, data, households, cadres)
    await writeFile(join(data, 'season.json'), JSON.stringify(season))
    return season
  } finally {
    await server.stop()
  }
}

/** A copy of a season that was made once by this very program. More cadres than one have a round of their own each. */
export async function freshSeason(data, households, cadres = 1) {
  const made = join(await workshop(), `season-${households}-${cadres}-${Math.round(statSync(program).mtimeMs)}`)
  const isStale = existsSync(made) && Date.now() - statSync(join(made, 'season.json')).mtimeMs > day
  if (isStale) await rm(made, { recursive: true, force: true })
  if (!existsSync(made)) {
    const making = `${made}.${process.pid}`
    await makeSeason(making, households, [], cadres)
    await rename(making, made).catch(async (cause) => {
      // Another row may have made the same in the meantime.
      if (cause.code !== 'ENOTEMPTY' && cause.code !== 'EEXIST') throw cause
      await rm(making, { recursive: true, force: true })
    })
  }
  await mkdir(data, { recursive: true })
  await cp(made, data, { recursive: true, preserveTimestamps: true })
  return JSON.parse(await readFile(join(data, 'season.json'), 'utf8'))
}
