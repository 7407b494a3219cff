// An invented city for the browser tests: names, places and numbers are made up, and the same at every run.
const surnames = ['王', '李', '张', '刘', '陈', '杨', '黄', '赵', '周', '吴', '欧阳', '诸葛']
const given = ['秀英', '建国', '桂兰', '志强', '玉梅', '海燕', '德明', '春花', '国栋', '淑珍']
const streets = ['东门街', '建设路', '红星巷', '解放北路', '钢厂家属区', '纺织新村']
const categories = ['below_line', 'near_line', 'sudden', 'serious_illness', 'elderly_alone', 'migrant']

export const id = (n) => `0190a000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`
export const centre = { latitude: 30.6571, longitude: 104.0823 }

export const policy = {
  distance_limit_m: 200,
  accuracy_limit_m: 100,
  minimum_visit_s: 120,
  photos_required: { home: 1, ward: 1, workplace: 1, collective: 2, phone: 0, letter: 0 },
  ink_strokes_min: 1,
  ink_points_min: 12,
  ink_box_px_min: 40,
  evidence_wait_h: 72,
  late_days: 3,
  clock_skew_s: 300,
  version: 1,
}

export const team = { id: id(2), code: 'T01', name: '城东第一走访组', is_lead: false }
export const user = {
  id: id(1),
  name: '周敏',
  username: 'cadre1',
  roles: ['cadre'],
  org: { id: id(3), name: '城东区总工会', level: 'district' },
  teams: [team],
  team,
  language: 'zh-CN',
}

/** The same person as the team's lead: only a lead signs for what the team holds. */
export function leadOf(one) {
  const teams = one.teams.map((each) => ({ ...each, is_lead: true }))
  return { ...one, roles: ['cadre', 'lead'], teams, team: teams[0] }
}

/** The team's lead, who brings what a member's phone saved. */
export const lead1 = { ...leadOf(user), id: id(4), name: '李海', username: 'lead1' }

/** Slips as a lead finds them: one to sign, one signed, one that differs, one taken back. */
function slips(campaign, fund, goods, now) {
  const at = (hours) => new Date(now - hours * 3_600_000).toISOString()
  const slip = (n, more) => ({
    id: id(8000 + n),
    campaign_id: campaign.id,
    team_id: team.id,
    kind: 'issue',
    state: 'waiting',
    store_name: '城东区总工会帮扶中心',
    made_by_name: '何建平',
    happened_at: at(n * 5),
    words: '',
    lines: [
      { kind: 'cash', fund_id: fund.id, amount: 2_000_000, counted: null },
      { kind: 'goods', item_id: goods[0].id, amount: 20_000, counted: null },
      { kind: 'goods', item_id: goods[1].id, amount: 50_000, counted: null },
    ],
    acknowledged: null,
    may_sign: false,
    ...more,
  })
  const signed = { by_name: '周敏', at: at(1), words: '' }
  const line = (amount, counted) => [{ kind: 'goods', item_id: goods[0].id, amount, counted }]
  return [
    slip(1, { words: '第二批,和第一批一样。' }),
    slip(2, { kind: 'return', state: 'agreed', lines: line(3000, 3000), acknowledged: signed }),
    slip(3, { state: 'differs', lines: line(10_000, 9000), acknowledged: { ...signed, words: '少一袋米,已当场告诉库管。' } }),
    slip(4, { state: 'reversed', lines: line(10_000, null) }),
  ]
}

/** What the first household waits for. */
function needs(campaign, asker) {
  const need = (line, more) => ({
    visit_id: id(7900),
    line,
    campaign_id: campaign.id,
    household_id: asker.id,
    raised_at: '2026-01-10T09:30:00.000+08:00',
    by_name: '周敏',
    ...more,
  })
  return [
    need(0, { kind: 'schooling', words: '小明九月上大学,学费还差八千。', urgency: 'soon' }),
    need(1, { kind: 'medical', words: '透析的药断了三天。', urgency: 'now' }),
  ]
}

function household(n, campaignId) {
  const name = n === 3 ? '阿依古丽·买买提艾力·吐尔逊江' : surnames[n % 12] + given[(n * 7) % 10]
  const address =
    n === 5
      ? '城东区纺织新村街道红星社区第三居民小组原国营第七棉纺织厂家属区十四栋二单元六楼十二号(电梯口右手边)'
      : `${streets[n % 6]} ${n + 1} 号 ${(n % 7) + 1} 栋 ${(n % 6) + 1}0${(n % 4) + 1}`
  const standing = [
    'unreached',
    'unreached',
    'unreached',
    'attempted',
    'unreached',
    'matched',
    'unreached',
    'pending',
    'disputed',
  ][n % 9]
  return {
    id: id(1000 + n),
    version: 1,
    team_id: team.id,
    head_name: name,
    head_id_masked: '510104********123X',
    phone: `1380000${String(1000 + n).slice(-4)}`,
    address,
    workplace: n % 4 === 0 ? '' : '城东机械厂',
    category: categories[n % 6],
    cause: ['illness', 'job_loss', 'accident', 'schooling'][n % 4],
    people: (n % 4) + 1,
    income_fen: n % 5 === 0 ? null : 61200 + n * 100,
    flags: { migrant: n % 6 === 5, laid_off: n % 3 === 0, retired: n % 7 === 0 },
    home:
      n % 10 === 9
        ? null
        : {
            latitude: centre.latitude + ((n * 37) % 97) * 1e-4,
            longitude: centre.longitude + ((n * 53) % 89) * 1e-4,
            datum: 'wgs84',
          },
    status: 'approved',
    members: [
      { name: `${name.slice(0, 1)}小明`, relation: 'child' },
      { name: '何玉兰', relation: 'spouse' },
    ].slice(0, n % 3),
    missing_materials: n % 4 === 1 ? ['phone', 'bank_card'] : [],
    remarks: n % 8 === 2 ? '听力不好,敲门要重一些;有狗。' : '',
    standings: [
      {
        campaign_id: campaignId,
        standing,
        last_outcome: standing === 'unreached' ? null : standing === 'attempted' ? 'absent' : 'reached',
        last_visit_at: standing === 'unreached' ? null : '2026-01-10T09:30:00.000+08:00',
        visits: standing === 'unreached' ? 0 : 1,
      },
    ],
  }
}

export function city(count, now) {
  const campaign = {
    id: id(10),
    name: '2026 年元旦春节送温暖',
    theme: '两节送温暖',
    org_id: user.org.id,
    status: 'open',
    opens_at: new Date(now - 20 * 86_400_000).toISOString(),
    deadline_at: new Date(now + 9.5 * 86_400_000).toISOString(),
    policy,
    seal_key: null,
    totals: { households: count, reached: 0, unreached: count, attempted: 0, pending: 0, matched: 0, disputed: 0, settled: 0 },
  }
  const households = Array.from({ length: count }, (_, n) => household(n, campaign.id))
  const goods = [
    { id: id(21), name: '大米', unit: '袋', unit_value_fen: 8000 },
    { id: id(22), name: '食用油', unit: '升', unit_value_fen: 1500 },
  ]
  const fund = { id: id(31), campaign_id: campaign.id, name: '省级财政帮扶资金', source: 'government', earmark: 'living' }
  return {
    campaigns: [campaign],
    teams: [
      {
        ...team,
        org_id: user.org.id,
        members: [
          { id: user.id, name: user.name, is_lead: false },
          { id: id(4), name: '李海', is_lead: true },
        ],
      },
    ],
    households,
    entitlements: households
      .filter((_, n) => n % 10 !== 8)
      .map((one, n) => ({
        id: id(5000 + n),
        campaign_id: campaign.id,
        household_id: one.id,
        cash_fen: 100_000,
        purpose: 'living',
        goods: [
          { item_id: goods[0].id, quantity_milli: 1000 },
          { item_id: goods[1].id, quantity_milli: 2500 },
        ],
      })),
    goods,
    funds: [fund],
    custody: [
      { team_id: team.id, campaign_id: campaign.id, kind: 'cash', fund_id: fund.id, amount: 2_000_000, unexplained: 0 },
      { team_id: team.id, campaign_id: campaign.id, kind: 'goods', item_id: goods[0].id, amount: 20_000, unexplained: 0 },
      { team_id: team.id, campaign_id: campaign.id, kind: 'goods', item_id: goods[1].id, amount: 0, unexplained: 1500 },
    ],
    slips: slips(campaign, fund, goods, now),
    visits: households
      .filter((one) => one.standings[0].visits > 0)
      .map((one, n) => ({
        id: id(7000 + n),
        household_id: one.id,
        campaign_id: campaign.id,
        outcome: one.standings[0].last_outcome,
        mode: 'home',
        started_at: '2026-01-10T09:20:00.000+08:00',
        ended_at: '2026-01-10T09:30:00.000+08:00',
        cadre_id: user.id,
        cadre_name: '周敏',
        aid: [],
        amends: null,
        amended_by: null,
        standing: one.standings[0].standing,
        missing_evidence: [],
        findings:
          one.standings[0].standing === 'disputed'
            ? [
                {
                  id: id(9000 + n),
                  code: 'P03',
                  severity: 'review',
                  subject: 'position',
                  says: '走访位置离家 640 米,超过 200 米。',
                  expected: 200,
                  actual: 640,
                  evidence: [],
                  status: 'open',
                },
              ]
            : [],
      })),
    checks: [],
    needs: needs(campaign, households[0]),
  }
}
