// What the server answers the desk, for the pictures of its pages: an invented city in the shapes of the HTTP contract.
import { readFile } from 'node:fs/promises'
import { city, id } from './city.mjs'

const now = Date.now()
const at = (days, hours = 0) => new Date(now + days * 86_400_000 + hours * 3_600_000).toISOString()
const pack = city(400, now)
const [campaign] = pack.campaigns
const teamNames = [
  '城东第一走访组',
  '城东第二走访组',
  '红星街道走访组',
  '纺织新村与解放北路联合走访组(含原国营第七棉纺织厂离退休职工管理处)',
]
export const teams = teamNames.map((name, n) => ({
  id: id(100 + n),
  code: `T0${n + 1}`,
  name,
  org_id: id(3),
  org_name: '城东区总工会',
  version: 1,
  members: [
    { id: id(200 + n), name: '周敏', is_lead: true },
    { id: id(210 + n), name: '何建国', is_lead: false },
  ],
}))
const orgs = [
  { id: id(3), parent_id: null, code: 'CD', name: '城东区总工会', level: 'district', version: 1 },
  { id: id(4), parent_id: id(3), code: 'HX', name: '红星街道工会帮扶站', level: 'station', version: 1 },
]
export const person = (roles) => ({
  id: id(1),
  name: '陈志强',
  username: roles[0],
  roles,
  org: { id: id(3), name: '城东区总工会困难职工帮扶中心', level: 'district' },
  teams: [],
  team: null,
  language: 'zh-CN',
})

const campaigns = [
  { ...campaign, org_id: id(3), opened_at: at(-20), closed_at: null, version: 3 },
  {
    ...campaign,
    id: id(11),
    name: '2026 年金秋助学',
    theme: '金秋助学',
    status: 'draft',
    opens_at: at(200),
    deadline_at: at(240),
    opened_at: null,
    closed_at: null,
    version: 1,
  },
]
const rows = pack.households.map((one, n) => ({
  id: one.id,
  version: 1,
  head_name: one.head_name,
  head_id_masked: one.head_id_masked,
  address: one.address,
  team_id: n % 13 === 12 ? null : teams[n % 4].id,
  team_name: n % 13 === 12 ? null : teams[n % 4].name,
  category: one.category,
  status: n % 29 === 28 ? 'noticed' : 'approved',
  standing: one.standings[0].standing,
  last_outcome: one.standings[0].last_outcome,
  entitlement_cash_fen: n % 10 === 8 ? null : 100_000,
}))
const count = (list) => {
  const by_standing = { unreached: 0, attempted: 0, pending: 0, matched: 0, disputed: 0, settled: 0 }
  for (const row of list) by_standing[row.standing] += 1
  const reached = by_standing.pending + by_standing.matched + by_standing.disputed + by_standing.settled
  return { households: list.length, reached, by_standing }
}
const group = (key) =>
  [...new Set(rows.map((row) => row[key] ?? ''))].map((value) => [value, rows.filter((row) => (row[key] ?? '') === value)])
const progress = {
  campaign_id: campaign.id,
  name: campaign.name,
  deadline_at: campaign.deadline_at,
  ...count(rows),
  by_team: group('team_id').map(([team_id, list]) => ({
    team_id: team_id || null,
    team_name: teams.find((team) => team.id === team_id)?.name ?? null,
    org_name: team_id ? '城东区总工会' : null,
    ...count(list),
  })),
  by_category: group('category').map(([category, list]) => ({ category, ...count(list) })),
  by_day: Array.from({ length: 19 }, (_, n) => ({
    day: at(-19 + n).slice(0, 10),
    reached: n % 6 === 5 ? 0 : (n * 5) % 17,
    attempted: (n * 3) % 5,
  })).filter((day) => day.reached > 0),
  money: { promised_fen: 36_000_000, handed_fen: 13_350_000 },
}

const photos = ['DSCN0010', 'DSCN0012', 'portrait_6', 'landscape_3']
const sha = (n) => n.toString(16).padStart(64, 'a')
const finding = (n, code, severity, says, expected, actual, more = {}) => ({
  id: id(9000 + n),
  visit_id: id(7000),
  campaign_id: campaign.id,
  household_id: rows[8].id,
  head_name: rows[n % 9].head_name,
  team_id: teams[n % 4].id,
  team_name: teams[n % 4].name,
  code,
  severity,
  subject: 'visit',
  says,
  expected,
  actual,
  evidence: [],
  status: 'open',
  found_at: at(-2, n),
  settled_by: null,
  settled_at: null,
  settled_words: null,
  ...more,
})
const findings = [
  finding(0, 'P03', 'review', '走访位置离家 640 米,超过 200 米。', { distance_m: 200 }, { distance_m: 640, accuracy_m: 12 }),
  finding(1, 'A01', 'block', '慰问金 1,200 元,比应发的 1,000 元多。', { cash_fen: 100_000 }, { cash_fen: 120_000 }),
  finding(
    2,
    'E03',
    'block',
    '同一张照片也出现在另一次走访里。',
    {},
    { visit_id: id(7001) },
    { subject: `evidence:${sha(1)}`, evidence: [sha(1)] },
  ),
  finding(3, 'T04', 'info', '走访只有 95 秒,少于 120 秒。', { lasted_s: 120 }, { lasted_s: 95 }),
  finding(
    4,
    'F05',
    'info',
    '这户属于别的走访组。',
    { team_id: teams[0].id },
    { team_id: teams[3].id },
    {
      status: 'explained',
      settled_at: at(-1),
      settled_words: '两组合并走访,已与两位组长核实。',
    },
  ),
]
const visit = {
  id: id(7000),
  campaign_id: campaign.id,
  household_id: rows[5].id,
  household: {
    head_name: rows[5].head_name,
    address: rows[5].address,
    home: { latitude: 30.6571, longitude: 104.0823, datum: 'wgs84' },
  },
  mode: 'home',
  outcome: 'reached',
  started_at: at(-2, -1),
  ended_at: at(-2, -0.9),
  received_at: at(-2, 1),
  position: { latitude: 30.6628, longitude: 104.0829, accuracy_m: 60, taken_at: at(-2, -1), datum: 'wgs84', source: 'gps' },
  distance_m: 640,
  recipient: { name: '何玉兰', relation: 'spouse', proxy_reason: '' },
  aid: [
    { kind: 'cash', fund_id: id(31), amount_fen: 120_000 },
    { kind: 'goods', item_id: id(21), quantity_milli: 1000 },
  ],
  evidence: [
    ...photos.map((_, n) => ({
      sha256: sha(n),
      kind: n === 3 ? 'signature' : 'photo',
      subject: ['door', 'handover', 'home', 'other'][n],
      source: ['camera', 'camera', 'gallery', 'ink'][n],
      taken_at: at(-2, -0.95),
      arrived: true,
      media_type: 'image/jpeg',
    })),
    {
      sha256: sha(9),
      kind: 'photo',
      subject: 'material',
      source: 'camera',
      taken_at: at(-2, -0.95),
      arrived: false,
      media_type: 'image/jpeg',
    },
  ],
  signature_ink: { strokes: 6, points: 212, box_px: [300, 120] },
  notes: '老人在楼下晒太阳,在小区门口见的面。',
  cadre: { id: id(200), name: '周敏' },
  team: { id: teams[0].id, name: teams[0].name },
  amends: null,
  standing: 'disputed',
  findings,
}
const file = (row) => ({
  ...pack.households.find((one) => one.id === row.id),
  org_id: id(3),
  team_id: row.team_id,
  team_name: row.team_name,
  approved_at: at(-30),
  bank_card_masked: '****8812',
  members: [
    { id: id(300), name: '何玉兰', relation: 'spouse', id_masked: '510104********1226' },
    { id: id(301), name: '王小明', relation: 'child', id_masked: null },
  ],
})
const fund2 = { ...pack.funds[0], id: id(32), name: '爱心企业捐助(城东区纺织行业协会专户)', source: 'donation', earmark: 'any' }
const funds = [pack.funds[0], fund2]
const sum = (kind, key, name, unit, received, in_store, with_teams, handed_over, lost, off = 0) => ({
  kind,
  [kind === 'cash' ? 'fund_id' : 'item_id']: key,
  name,
  unit,
  received,
  in_store,
  with_teams,
  handed_over,
  lost,
  returned_to_source: 0,
  unexplained: off,
  agrees: received + off === in_store + with_teams + handed_over + lost,
})
const balances = {
  accounts: [
    {
      account_kind: 'source',
      account_id: funds[0].id,
      name: funds[0].name,
      lines: [{ kind: 'cash', fund_id: funds[0].id, amount: -40_000_000 }],
    },
    {
      account_kind: 'store',
      account_id: id(3),
      name: '城东区总工会',
      lines: [
        { kind: 'cash', fund_id: funds[0].id, amount: 20_000_000 },
        { kind: 'goods', item_id: id(21), amount: 100_000 },
      ],
    },
    ...teams.map((team, n) => ({
      account_kind: 'team',
      account_id: team.id,
      name: team.name,
      lines: [
        { kind: 'cash', fund_id: funds[0].id, amount: 1_000_000 + n * 650_000 },
        { kind: 'goods', item_id: id(21), amount: 25_500 },
      ],
    })),
  ],
  sums: [
    sum('cash', funds[0].id, funds[0].name, 'fen', 40_000_000, 20_000_000, 6_650_000, 13_350_000, 0),
    sum('cash', funds[1].id, funds[1].name, 'fen', 5_000_000, 5_000_000, 0, 0, 0),
    sum('goods', id(21), '大米', '袋', 400_000, 100_000, 102_000, 196_000, 2_000),
    sum('goods', id(22), '食用油', '升', 500_000, 250_000, 120_000, 132_500, 0, 2_500),
    sum('goods', id(23), '棉被', '床', 50_000, 20_000, 0, 29_000, 0),
  ],
}
const goods = [...pack.goods, { id: id(23), name: '棉被', unit: '床', unit_value_fen: 18_000 }]
const posting = (account_kind, account_id, amount) => ({ account_kind, account_id, kind: 'cash', fund_id: funds[0].id, amount })
const entries = [
  {
    kind: 'handover',
    words: '',
    postings: [posting('team', teams[0].id, -100_000), posting('household', rows[5].id, 100_000)],
    visit_id: id(7000),
  },
  {
    kind: 'issue',
    words: '第一批',
    postings: [posting('store', id(3), -5_000_000), posting('team', teams[0].id, 5_000_000)],
    visit_id: null,
  },
  {
    kind: 'reversal',
    words: '数目录错',
    postings: [posting('store', id(3), -100), posting('source', funds[0].id, 100)],
    visit_id: null,
    reverses: id(8003),
  },
  {
    kind: 'receipt',
    words: '财政拨款到账',
    postings: [posting('source', funds[0].id, -40_000_000), posting('store', id(3), 40_000_000)],
    visit_id: null,
  },
].map((entry, n) => ({
  id: id(8000 + n),
  campaign_id: campaign.id,
  reverses: null,
  reversed_by: null,
  happened_at: at(-n),
  made_by: id(1),
  made_at: at(-n),
  ...entry,
}))
const standards = [
  {
    category: 'below_line',
    cash_fen: 100_000,
    purpose: 'living',
    goods: [
      { item_id: id(21), quantity_milli: 1000 },
      { item_id: id(22), quantity_milli: 2500 },
    ],
  },
  { category: 'serious_illness', cash_fen: 200_000, purpose: 'medical', goods: [] },
]
const imported = {
  file: 'faulty-60.xlsx',
  rows: 60,
  accepted: 55,
  rejected: [
    {
      row: 7,
      column: '身份证号码',
      code: 'id_lost_digits',
      detail: '表格把号码当数字存,后几位已丢失;请把该列设为文本格式,再照身份证重填。',
    },
    {
      row: 12,
      column: '身份证号码',
      code: 'id_duplicate',
      detail: '同一身份证号码在前面已出现,每人只建一档,请删去重复的一行。(见第 9 行)',
    },
    { row: 31, column: '困难类别', code: 'unknown_category', detail: '不是已知的困难类别,请改为建档标准类别之一。' },
  ],
  warnings: [
    { row: 0, code: 'sheet_not_read', detail: '文件里还有另一张名册工作表没有读,请另存为单独的文件再导入。' },
    { row: 5, code: 'id_converted', detail: '15 位旧身份证号码已换成 18 位,请在下次走访时核对。' },
  ],
  unchanged: 0,
  already_imported: false,
  import_id: null,
  households: [{ row: 3, name: '王秀英', id_number: '510104196203074523', category: 'below_line', address: '东门街 1 号' }],
}
const users = Array.from({ length: 30 }, (_, n) => ({
  id: id(400 + n),
  username: `cadre${n + 1}`,
  name: pack.households[n].head_name,
  org_id: id(3),
  org_name: '城东区总工会',
  roles: n % 5 === 0 ? ['lead', 'cadre'] : ['cadre'],
  language: 'zh-CN',
  disabled: n === 4,
  version: 1,
}))
const page = (items, query) => {
  const [limit, from] = [Number(query.get('limit') ?? 50), Number(query.get('after') ?? 0)]
  const next = from + limit < items.length ? String(from + limit) : null
  return { items: items.slice(from, from + limit), next }
}

/** The answer to one request: a status and a body, or bytes. */
export async function answer(method, path, query, roles) {
  const only = (items, ...names) =>
    items.filter((one) => names.every(([key, name]) => !query.get(name) || one[key] === query.get(name)))
  if (path.startsWith('/session'))
    return [method === 'DELETE' ? 204 : 200, { access_token: 'token', expires_in: 900, user: person(roles) }]
  if (path.startsWith('/evidence/')) {
    const n = Number.parseInt(path.slice(-2), 16) % photos.length || 0
    return [200, await readFile(new URL(`../../../tests/data/photos/${photos[n]}.jpg`, import.meta.url))]
  }
  if (method === 'POST' && path === '/households/imports')
    return [200, query.get('dry_run') ? imported : { ...imported, households: undefined, import_id: id(60) }]
  if (method === 'POST' && path === '/households/approvals') return [200, { approved: 55, unchanged: 0, refused: [] }]
  if (method === 'POST' && path === '/ledger/entries')
    return [
      422,
      { code: 'not_enough_in_store', title: '库存不足', detail: '仓库里没有这么多款物,请先登记收入或减少数量。', status: 422 },
    ]
  if (path === '/campaigns') return [200, page(campaigns, query)]
  if (path === '/teams') return [200, page(teams, query)]
  if (path === '/orgs') return [200, page(orgs, query)]
  if (path === '/users') return [200, page(users, query)]
  if (path === '/goods') return [200, page(goods, query)]
  if (path === '/funds') return [200, { items: funds, next: null }]
  if (path === '/progress')
    return query.get('campaign') === campaign.id
      ? [200, progress]
      : [200, { ...progress, name: campaigns[1].name, campaign_id: id(11), households: 0 }]
  if (path === '/findings')
    return [200, page(only(findings, ['status', 'status'], ['severity', 'severity'], ['code', 'code']), query)]
  if (path === '/ledger/balances') return [200, balances]
  if (path === '/ledger/entries') return [200, page(entries, query)]
  if (path === '/households') {
    const found = only(rows, ['standing', 'standing'], ['team_id', 'team'], ['category', 'category']).filter((row) =>
      row.head_name.includes(query.get('q') ?? ''),
    )
    return [200, page(found, query)]
  }
  if (path === '/visits') return [200, { items: [{ ...visit, cadre_name: '周敏' }], next: null }]
  if (path.endsWith('/standards')) return [200, standards]
  if (path.endsWith('/entitlements')) return [200, { items: pack.entitlements, next: null }]
  if (path.endsWith('/history'))
    return [
      200,
      {
        items: [{ version: 2, field: 'address', old: '东门街 9 号', new: '建设路 6 号', made_by: null, made_at: at(-9) }],
        next: null,
      },
    ]
  if (path.startsWith('/visits/')) return [200, visit]
  const row = rows.find((one) => path === `/households/${one.id}`)
  if (row) return [200, file(row)]
  return [404, { code: 'not_found', title: '没有找到', detail: '内容不存在,或不在您的范围内。', status: 404 }]
}
export { campaign, rows }
