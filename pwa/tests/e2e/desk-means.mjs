// Means of the invented city, in the shapes of the HTTP contract: funds, goods, where all of it went, entries, slips. Every line adds up.
import { id } from './city.mjs'
import { at, campaign, orgs, pack, rows, teams } from './desk-city.mjs'

const fund2 = { ...pack.funds[0], id: id(32), name: '爱心企业捐助(城东区纺织行业协会专户)', source: 'donation', earmark: 'any' }
export const funds = [pack.funds[0], fund2]
export const goods = [...pack.goods, { id: id(23), name: '棉被', unit: '床', unit_value_fen: 18_000 }]
const things = [
  ...funds.map((fund) => ({ kind: 'cash', key: 'fund_id', id: fund.id, name: fund.name, unit: 'fen', perUnit: 1 })),
  ...goods.map((item) => ({
    kind: 'goods',
    key: 'item_id',
    id: item.id,
    name: item.name,
    unit: item.unit,
    perUnit: item.unit_value_fen / 1000,
  })),
]
const [store, substore] = [`store:${orgs[0].id}`, `store:${orgs[1].id}`]
const manyTeams = Array.from({ length: 40 }, (_, n) =>
  n < teams.length
    ? { id: teams[n].id, name: teams[n].name }
    : { id: id(600 + n), name: `${['红星', '解放', '建设', '纺织', '钢厂'][n % 5]}街道第${n + 1}走访组` },
)
const node = (key, account_kind, account_id, name) => ({ key, account_kind, account_id, name })

function entryKind(from, to) {
  if (from.startsWith('source:')) return 'receipt'
  if (from.startsWith('store:')) return to.startsWith('team:') ? 'issue' : 'return'
  return to === 'loss' ? 'loss' : to.startsWith('store:') ? 'return' : 'handover'
}
/** What each team got, handed over and brought back, of one fund or item; the first overdrew a little. */
function ways(thing, n, taking) {
  const scale = thing.kind === 'cash' ? 100_000 : 1000
  const links = []
  const add = (from, to, amount) =>
    amount > 0 &&
    links.push({
      from,
      to,
      kind: entryKind(from, to),
      [thing.key]: thing.id,
      amount,
      value_fen: Math.round(amount * thing.perUnit),
    })
  taking.forEach((team, t) => {
    const got = scale * Math.max(1, Math.round((60 + n * 7) / (t + 2)))
    const handed = Math.round((got * (t === 0 && thing.id === id(22) ? 1.1 : 0.55 + (t % 5) * 0.08)) / 500) * 500
    add(t % 4 === 3 ? substore : store, `team:${team.id}`, got)
    add(`team:${team.id}`, 'household', handed - (t % 6 === 2 ? scale : 0))
    if (t % 6 === 2) add(`team:${team.id}`, t % 12 === 2 ? 'enterprise' : 'person', scale)
    if (t % 7 === 1) add(`team:${team.id}`, store, Math.round((got - handed) / 2000) * 1000)
    if (t === 4 && thing.kind === 'goods') add(`team:${team.id}`, 'loss', 500)
  })
  const out = (from) => links.filter((link) => link.from === from).reduce((sum, link) => sum + link.amount, 0)
  const source = `source:${thing.kind === 'cash' ? thing.id : fund2.id}`
  add(source, store, Math.ceil((out(store) * 1.35) / scale) * scale)
  add(source, substore, Math.ceil((out(substore) * 1.1) / scale) * scale)
  if (n === 0) add(store, 'returned', 200_000)
  return links
}

function sumOf(thing, links) {
  const own = links.filter((link) => link[thing.key] === thing.id)
  const net = (test) =>
    own.reduce((sum, link) => sum + (test(link.to) ? link.amount : 0) - (test(link.from) ? link.amount : 0), 0)
  const kept = [...new Set(own.flatMap((link) => [link.from, link.to]))]
    .filter((key) => key.startsWith('team:'))
    .map((key) => net((one) => one === key))
  const received = -net((key) => key.startsWith('source:'))
  return {
    kind: thing.kind,
    [thing.key]: thing.id,
    name: thing.name,
    unit: thing.unit,
    received,
    in_store: net((key) => key.startsWith('store:')),
    with_teams: kept.reduce((sum, amount) => sum + Math.max(0, amount), 0),
    handed_over: net((key) => ['household', 'enterprise', 'person'].includes(key)),
    lost: net((key) => key === 'loss'),
    returned_to_source: net((key) => key === 'returned'),
    unexplained: kept.reduce((sum, amount) => sum + Math.max(0, -amount), 0),
    agrees: true,
    value_fen: Math.round(received * thing.perUnit),
  }
}

/** The whole flow; on an early day only the first teams had been out, and a lead sees own teams and no sums. */
export function flow(query, roles) {
  const taking = query.get('at') ? manyTeams.slice(0, 4) : roles.includes('lead') ? manyTeams.slice(0, 2) : manyTeams
  const all = things.flatMap((thing, n) => ways(thing, n, taking))
  const isOwn = roles.includes('lead')
  const links = isOwn ? all.filter((link) => [link.from, link.to].some((key) => key.startsWith('team:'))) : all
  const nodes = [
    ...funds.map((fund) => node(`source:${fund.id}`, 'source', fund.id, fund.name)),
    node(store, 'store', orgs[0].id, orgs[0].name),
    node(substore, 'store', orgs[1].id, orgs[1].name),
    ...manyTeams.map((team) => node(`team:${team.id}`, 'team', team.id, team.name)),
    ...['household', 'enterprise', 'person', 'returned', 'loss'].map((kind) => node(kind, kind, null, null)),
  ].filter(({ key }) => links.some((link) => link.from === key || link.to === key))
  return { nodes, links, sums: isOwn ? [] : things.map((thing) => sumOf(thing, all)), at: query.get('at') ?? at(0) }
}

export function balances(query) {
  const { nodes, links, sums } = flow(query, ['centre'])
  const amountAt = (key, thing) =>
    links
      .filter((link) => link[thing.key] === thing.id)
      .reduce((sum, link) => sum + (link.to === key ? link.amount : 0) - (link.from === key ? link.amount : 0), 0)
  const accounts = nodes.map(({ key, account_kind, account_id, name }) => ({
    account_kind,
    account_id,
    name,
    lines: things.map((thing) => {
      const amount = amountAt(key, thing)
      return { kind: thing.kind, [thing.key]: thing.id, amount, value_fen: Math.round(amount * thing.perUnit) }
    }),
  }))
  // One line that is off, so that the page can be seen saying so.
  return {
    accounts,
    sums: sums.map((sum, n) => (n === 4 ? { ...sum, handed_over: sum.handed_over - 1000, agrees: false } : sum)),
  }
}

const posting = (account_kind, account_id, amount) => ({ account_kind, account_id, kind: 'cash', fund_id: funds[0].id, amount })
export const entries = [
  {
    kind: 'handover',
    words: '',
    postings: [posting('team', teams[0].id, -100_000), posting('household', rows[5].id, 100_000)],
    visit_id: id(7000),
  },
  { kind: 'issue', words: '第一批', postings: [posting('store', id(3), -5_000_000), posting('team', teams[0].id, 5_000_000)] },
  {
    kind: 'reversal',
    words: '数目录错',
    postings: [posting('store', id(3), -100), posting('source', funds[0].id, 100)],
    reverses: id(8003),
  },
  {
    kind: 'receipt',
    words: '财政拨款到账',
    postings: [posting('source', funds[0].id, -40_000_000), posting('store', id(3), 40_000_000)],
  },
].map((entry, n) => ({
  id: id(8000 + n),
  campaign_id: campaign.id,
  visit_id: null,
  reverses: null,
  reversed_by: null,
  happened_at: at(-n),
  made_by: id(1),
  made_at: at(-n),
  ...entry,
}))

const line = (thing, amount, counted) => ({ kind: thing.kind, [thing.key]: thing.id, amount, counted })
const slip = (n, kind, state, team, lines, more = {}) => ({
  id: id(8500 + n),
  campaign_id: campaign.id,
  team_id: team.id,
  team_name: team.name,
  org_id: id(3),
  kind,
  state,
  store_name: orgs[0].name,
  made_by_name: '陈志强',
  happened_at: at(-n, -2),
  words: kind === 'issue' ? '第一批领用' : '未发完退回',
  lines,
  acknowledged: null,
  signature_sha256: null,
  may_sign: false,
  ...more,
})
const signed = (words = '') => ({
  acknowledged: { by_name: '周敏', at: at(-1, -1), words },
  signature_sha256: 'd'.repeat(64),
})
export const slips = [
  slip(0, 'issue', 'waiting', teams[1], [line(things[0], 3_000_000, null), line(things[2], 20_000, null)]),
  slip(
    1,
    'return',
    'differs',
    teams[0],
    [line(things[0], 500_000, 500_000), line(things[2], 12_000, 11_000), line(things[3], 7500, 8000)],
    signed('大米少一袋,搬运时破了;油多半升,是上次的余量。'),
  ),
  slip(2, 'issue', 'agreed', teams[3], [line(things[1], 5_000_000, 5_000_000), line(things[4], 40_000, 40_000)], signed()),
  slip(3, 'issue', 'reversed', teams[2], [line(things[0], 100_000, null)], { words: '数目录错' }),
]
