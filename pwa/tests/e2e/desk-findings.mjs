// Findings of the invented city in the shapes of the HTTP contract: about visits, a team, a slip; open, settled, and open again.
import { id } from './city.mjs'
import { at, campaign, rows, sha, teams } from './desk-city.mjs'

const finding = (n, code, severity, says, expected, actual, more = {}) => ({
  id: id(9000 + n),
  campaign_id: campaign.id,
  about: { kind: 'visit', id: id(7000 + n) },
  visit: { id: id(7000), started_at: at(-2, -n), cadre_id: id(200), cadre_name: '周敏' },
  household: { id: rows[n % 9].id, head_name: rows[n % 9].head_name },
  team: { id: teams[n % 4].id, name: teams[n % 4].name },
  code,
  severity,
  subject: 'visit',
  says,
  expected,
  actual,
  evidence: [],
  status: 'open',
  found_at: at(-2, n),
  settled: null,
  history: [],
  ...more,
})
const custody = { visit: null, household: null, subject: 'team' }
const settling = (how, days, words, name = '督查员 林芳') => ({ how, by: id(2), by_name: name, at: at(days), words })
const far = (n, m) =>
  finding(n, 'P03', 'review', `走访位置离家 ${m} 米,超过 200 米。`, { distance_m: 200 }, { distance_m: m, accuracy_m: 12 })

export const findings = [
  far(0, 640),
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
      settled: { by: id(2), by_name: '督查员 林芳', at: at(-1), words: '两组合并走访,已与两位组长核实。' },
      history: [settling('explained', -1, '两组合并走访,已与两位组长核实。')],
    },
  ),
  far(5, 412),
  far(6, 1890),
  finding(
    7,
    'C01',
    'block',
    '活动已于昨天截止,走访组仍持有大米 3袋。请退回、补记发放,或说明去向。',
    { deadline_at: at(-1) },
    { is: 'goods', item_id: id(21), quantity_milli: 3000, unit: '袋' },
    { ...custody, about: { kind: 'team', id: teams[3].id } },
  ),
  finding(
    8,
    'C02',
    'review',
    '双方清点不一致:大米仓库记 12袋,走访组点 11袋。请双方复点;记错的请冲正重记。',
    { is: 'goods', item_id: id(21), quantity_milli: 12_000, unit: '袋' },
    { is: 'goods', item_id: id(21), quantity_milli: 11_000, unit: '袋' },
    {
      ...custody,
      about: { kind: 'slip', id: id(8501) },
      team: { id: teams[0].id, name: teams[0].name },
      history: [settling('explained', -3, '第一次清点时天黑,约好次日再点。', '组长 周敏')],
    },
  ),
  finding(
    9,
    'P05',
    'review',
    '距同一干部上一次走访 12840 米,中间只隔 300 秒,需快于每小时 120 公里才能赶到。请核对两次走访的位置和时间。',
    { kmh: 120 },
    { distance_m: 12_840, between_s: 300, visit_id: id(7001) },
  ),
  finding(
    10,
    'F02',
    'block',
    '公示期未满。请帮扶中心核对公示,或说明为何提前慰问。',
    { over_at: at(1) },
    { is: 'notice', published_at: at(-6), visited_at: at(-2) },
  ),
  finding(
    11,
    'T07',
    'review',
    '这部手机的第 17 至 17 号记录一直没有送达,只收到其后的第 18 号。请打开那部手机完成发送;若已丢失,请说明。',
    { number: 17 },
    { is: 'gap', number: 18, from_number: 17, to_number: 17 },
    { visit: { id: id(7000), started_at: at(-2), cadre_id: id(1), cadre_name: '陈志强' } },
  ),
]

/** Many at once: the first that is picked cannot be settled, all others are. */
export function settleMany({ ids, how, words }) {
  const [first, ...rest] = findings.filter((one) => ids.includes(one.id))
  return {
    settled: rest.map((one) => ({ ...one, status: how, history: [...one.history, settling(how, 0, words)] })),
    refused: [
      {
        id: first.id,
        problem: { code: 'finding_not_open', title: '疑点已处理', detail: '别人刚刚处理了这一条,请刷新后再看。', status: 409 },
      },
    ],
  }
}
