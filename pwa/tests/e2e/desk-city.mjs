// The invented city as the desk sees it: campaigns, households, a visit with its findings. In the shapes of the HTTP contract.
import { city, id } from './city.mjs'
import { forecast, outlook } from './desk-board.mjs'

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
  teams: roles.includes('lead') ? [{ id: id(100), code: 'T01', name: teamNames[0], is_lead: true }] : [],
  team: null,
  language: 'zh-CN',
})

const limits = {
  notice_days: 7,
  photo_distance_m: 500,
  photo_slack_min: 30,
  travel_speed_kmh: 120,
  travel_slack_m: 500,
  copied_households: 3,
  likeness_distance: 4,
  chain_wait_h: 72,
}
const campaigns = [
  { ...campaign, policy: { ...campaign.policy, ...limits }, org_id: id(3), opened_at: at(-20), closed_at: null, version: 3 },
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
  cadre: n % 5 === 0 && n % 13 !== 12 ? { id: id(210 + (n % 4)), name: '何建国' } : null,
  tries: one.standings[0].visits,
  last_visit_id: one.standings[0].visits > 0 ? id(7000) : null,
  last_visit_at: one.standings[0].last_visit_at,
  last_cadre: one.standings[0].visits > 0 ? { id: id(200), name: '周敏' } : null,
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
    team_name: teams.find((team) => team.id === team_id)?.name ?? '',
    org_name: team_id ? '城东区总工会' : '',
    ...count(list),
    forecast: team_id ? outlook(count(list)) : null,
  })),
  by_category: group('category').map(([category, list]) => ({ category, ...count(list) })),
  by_day: Array.from({ length: 19 }, (_, n) => ({
    day: at(-19 + n).slice(0, 10),
    reached: n % 6 === 5 ? 0 : (n * 5) % 17,
    attempted: (n * 3) % 5,
  })).filter((day) => day.reached > 0),
  money: { promised_fen: 36_000_000, handed_fen: 13_350_000 },
  forecast: forecast(count(rows)),
}

const photos = ['DSCN0010', 'DSCN0012', 'portrait_6', 'landscape_3']
const sha = (n) => n.toString(16).padStart(64, 'a')
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
  found: null,
  amends: null,
  amend_reason: null,
  amended_by: [id(7002)],
  standing: 'disputed',
}
const file = (row) => ({
  ...pack.households.find((one) => one.id === row.id),
  version: 3,
  org_id: id(3),
  team_id: row.team_id,
  team_name: row.team_name,
  approved_at: at(-30),
  notices: [{ published_at: at(-40) }],
  objections: [
    {
      id: id(310),
      raised_at: at(-2),
      words: '据邻居反映,其子去年在外省买了房,请再核实家庭收入。',
      answered_at: null,
      upheld: null,
      answer: null,
    },
  ],
  bank_card_masked: '****8812',
  members: [
    { id: id(300), name: '何玉兰', relation: 'spouse', id_masked: '510104********1226' },
    { id: id(301), name: '王小明', relation: 'child', id_masked: null },
  ],
})
export { at, campaign, campaigns, file, orgs, pack, photos, progress, rows, sha, visit }
