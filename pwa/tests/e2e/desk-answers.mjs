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
export async function answer(method, path, query, roles, sent) {
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
  if (path === '/changes') return [200, changes(query, rows)]
  if (path === '/needs') return [200, page(only(needs(rows), ['state', 'state']), query)]
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
      (row) => (!standings || standings.includes(row.standing)) && row.head_name.includes(query.get('q') ?? ''),
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
