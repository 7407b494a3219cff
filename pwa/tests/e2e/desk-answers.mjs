// What the server answers the desk, for the pictures of its pages: the city of desk-city.mjs in the shapes of the HTTP contract.
import { readFile } from 'node:fs/promises'
import { id } from './city.mjs'
import { at, campaign, campaigns, file, orgs, pack, person, photos, progress, rows, teams, visit } from './desk-city.mjs'
import { changes, needs } from './desk-board.mjs'
import { findings, settleMany } from './desk-findings.mjs'
import { balances, entries, flow, funds, goods, slips } from './desk-means.mjs'

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
  mend: {
    columns: [
      { name: '姓名', field: 'name' },
      { name: '身份证号码', field: 'id_number' },
      { name: '困难类别', field: 'category' },
      { name: '家庭住址', field: 'address' },
      { name: '联系电话', field: 'phone' },
      { name: '人均月收入(元)', field: 'income' },
      { name: '备注', field: 'remarks' },
    ],
    rows: [
      { row: 5, cells: ['何平', '510104620307452', '低保户', '东门街 9 号', '13800000000', '', ''], faults: ['id_number'] },
      { row: 7, cells: ['罗珍秀', '5.10104E+17', '低保户', '建设街112号', '14040260662', '680', '独居'], faults: ['id_number'] },
      { row: 12, cells: ['王秀英', '510104196203074523', '大病家庭', '东门街 1 号', '', '720.5', ''], faults: ['id_number'] },
      {
        row: 31,
        cells: [
          '阿卜杜热合曼·买买提',
          '510104198410130500',
          '特困',
          '人民中路 75 号 3 栋 2 单元 1804 室(由东侧小门进,门铃坏)',
          '12',
          '',
          '请打电话',
        ],
        faults: ['category'],
      },
    ],
    untold: 0,
    taken: [{ row: 9, id_number: '510104196203074523' }],
  },
  households: [{ row: 3, name: '王秀英', id_number: '510104196203074523', category: 'below_line', address: '东门街 1 号' }],
}
const views = [
  {
    id: id(900),
    table: 'households',
    name: '还没走到的',
    content: {
      filters: { standing: 'unreached,attempted' },
      columns: ['team', 'last_try', 'promised'],
      order: 'name',
      descending: false,
    },
    is_default: false,
  },
]
const line = (of) => ({ id: null, name: null, word: null, unit: null, needed: 0, there: 0, ...of })
const readiness = {
  campaign_id: id(11),
  can_open: true,
  checks: [
    { check: 'days', state: 'ready', count: 0, lines: [] },
    { check: 'standards', state: 'ready', count: 2, lines: [] },
    { check: 'categories', state: 'attention', count: 7, lines: [line({ word: 'student', needed: 7 })] },
    { check: 'files', state: 'ready', count: 204, lines: [] },
    {
      check: 'notices',
      state: 'attention',
      count: 12,
      lines: [line({ word: 'over', needed: 9 }), line({ word: 'applied', needed: 3 })],
    },
    { check: 'objections', state: 'ready', count: 0, lines: [] },
    { check: 'teams', state: 'attention', count: 3, lines: [] },
    {
      check: 'members',
      state: 'attention',
      count: 4,
      lines: [line({ id: id(100), name: '东关街道第一走访组', word: 'lead', needed: 41 })],
    },
    {
      check: 'cash',
      state: 'attention',
      count: 20_400_000,
      lines: [line({ word: 'medical', needed: 4_000_000, there: 2_500_000 })],
    },
    {
      check: 'goods',
      state: 'attention',
      count: 2,
      lines: [line({ name: '大米', unit: '袋', needed: 204_000, there: 180_000 })],
    },
    { check: 'seal_key', state: 'automatic', count: 0, lines: [] },
    { check: 'commitment', state: 'automatic', count: 0, lines: [] },
  ],
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
export async function answer(method, path, query, roles, sent) {
  if (path.endsWith('/search')) {
    // The same question as the list's own, asked in the body.
    const asked = new URLSearchParams(Object.entries(sent).filter(([, value]) => value !== null))
    return answer('GET', path.slice(0, -'/search'.length), asked, roles)
  }
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
  if (path.startsWith('/views'))
    return method === 'GET' ? [200, { items: views }] : [200, { ...sent, id: path.slice('/views/'.length) }]
  if (path === '/households/matches') return [200, { count: rows.length, ids: sent.ids ? rows.map((row) => row.id) : null }]
  if (path === '/households/steps')
    return [
      200,
      {
        taken: sent.household_ids.length - 2,
        unchanged: 0,
        refused: sent.household_ids.slice(0, 2).map((one) => ({ id: one, status: 'approved' })),
      },
    ]
  if (path.endsWith('/readiness')) return [200, readiness]
  if (method === 'POST' && path === '/households/approvals') return [200, { approved: 55, unchanged: 0, refused: [] }]
  if (method === 'POST' && path === '/ledger/entries')
    return [
      422,
      { code: 'not_enough_in_store', title: '库存不足', detail: '仓库里没有这么多款物,请先登记收入或减少数量。', status: 422 },
    ]
  if (path === '/campaigns') return [200, page(campaigns, query)]
  if (path === '/teams') return [200, page(teams, query)]
  if (path === '/orgs') return [200, page(orgs, query)]
  if (path === '/users') {
    const found = users.filter((one) => one.name.includes(query.get('q') ?? '') || one.username.includes(query.get('q') ?? ''))
    return [200, page(query.get('role') ? found.filter((one) => one.roles.includes(query.get('role'))) : found, query)]
  }
  if (path === '/goods') return [200, page(goods, query)]
  if (path === '/funds') return [200, { items: funds, next: null }]
  if (path === '/progress')
    return query.get('campaign') === campaign.id
      ? [200, progress]
      : [200, { ...progress, name: campaigns[1].name, campaign_id: id(11), households: 0 }]
  if (path === '/changes') return [200, changes(query, rows)]
  if (path === '/needs') return [200, page(only(needs(rows), ['state', 'state'], ['household', 'household_id']), query)]
  if (path === '/exports') return [200, Buffer.from('table')]
  if (path === '/findings/settlements') return [200, settleMany(sent)]
  if (path === '/findings') {
    const found = only(findings, ['status', 'status'], ['severity', 'severity'], ['code', 'code']).filter(
      (one) =>
        (!query.get('team') || one.team?.id === query.get('team')) &&
        (!query.get('household') || one.household?.id === query.get('household')) &&
        (!query.get('about') || one.about.kind === query.get('about')),
    )
    return [200, page(found, query)]
  }
  if (path === '/ledger/balances') return [200, balances(query)]
  if (path === '/ledger/flow')
    return [200, query.get('campaign') === campaign.id ? flow(query, roles) : { nodes: [], links: [], sums: [], at: at(0) }]
  if (path === '/ledger/flow.xlsx') return [200, Buffer.from('book')]
  if (path === '/ledger/slips') return [200, page(only(slips, ['state', 'state'], ['team_id', 'team']), query)]
  if (path === '/ledger/entries') return [200, page(only(entries, ['kind', 'kind']), query)]
  if (path === '/households') {
    const standings = query.get('standing')?.split(',')
    const found = only(rows, ['team_id', 'team'], ['category', 'category']).filter(
      (row) =>
        (!standings || standings.includes(row.standing)) &&
        (!query.get('household') || row.id === query.get('household')) &&
        row.head_name.includes(query.get('q') ?? ''),
    )
    return [200, page(found, query)]
  }
  if (path === '/visits') return [200, { items: [{ ...visit, head_name: rows[5].head_name, open_findings: 4 }], next: null }]
  if (path.endsWith('/standards')) return [200, standards]
  if (path.endsWith('/entitlements')) return [200, { items: only(pack.entitlements, ['household_id', 'household']), next: null }]
  if (path.endsWith('/history'))
    return [
      200,
      {
        items: [{ version: 2, field: 'address', old: '东门街 9 号', new: '建设路 6 号', made_by: null, made_at: at(-9) }],
        next: null,
      },
    ]
  if (path.startsWith('/visits/')) return [200, { ...visit, findings: findings.slice(0, 5) }]
  const row = rows.find((one) => path === `/households/${one.id}`)
  if (row) return [200, file(row)]
  return [404, { code: 'not_found', title: '没有找到', detail: '内容不存在,或不在您的范围内。', status: 404 }]
}
