// Where the invented city is heading, what changed there, what was asked for at its doors. In the shapes of the HTTP contract.
import { id } from './city.mjs'

const now = Date.now()
const at = (days, hours = 0) => new Date(now + days * 86_400_000 + hours * 3_600_000).toISOString()

/** A forecast over so many households, of whom so many are reached. */
export function outlook({ households, reached }, daysLeft = 10) {
  const expected = Math.min(households, Math.round(reached + (reached / 19) * daysLeft))
  return {
    basis: 'enough',
    days_known: 19,
    days_needed: 7,
    days_left: daysLeft,
    pace_milli: Math.round((reached / 19) * 1000),
    needed_milli: Math.ceil(((households - reached) * 1000) / daysLeft),
    expected_reached: expected,
    low_reached: Math.round(reached + (expected - reached) * 0.7),
    high_reached: Math.min(households, Math.round(reached + (expected - reached) * 1.3)),
    expected_missing: households - expected,
    cadres: 8,
    cadre_days_left: 8 * daysLeft,
    cadre_days_needed: Math.ceil(((households - reached) * 8 * 19) / Math.max(1, reached)),
  }
}

export function forecast(counts, daysLeft = 10) {
  const ends = outlook(counts, daysLeft)
  const part = (of, n) => Math.round(counts.reached + ((of - counts.reached) * (n + 1)) / daysLeft)
  const days_ahead = Array.from({ length: daysLeft }, (_, n) => ({
    day: at(n).slice(0, 10),
    expected: part(ends.expected_reached, n),
    low: part(ends.low_reached, n),
    high: part(ends.high_reached, n),
  }))
  return { ...ends, days_ahead }
}

/** The log as the board hears it: where to begin, then one lot of news, then nothing. */
export function changes(query, rows) {
  const nothing = { cursor: 'b', more: false, skipped: false, counts: {}, items: [] }
  if (query.get('since') !== 'a') return nothing
  const item = (n, kind, detail, hours) => ({
    at: at(0, -hours),
    kind,
    household_id: rows[n].id,
    head_name: rows[n].head_name,
    visit_id: kind === 'visit' ? id(7000) : null,
    team_id: rows[n].team_id,
    team_name: rows[n].team_name,
    detail,
    by_name: kind === 'disputed' ? null : '周敏',
  })
  return {
    ...nothing,
    counts: { visit: 12, disputed: 2, settled: 1, moved: 3, need: 1, standing: 9 },
    items: [
      item(5, 'visit', 'reached', 0.2),
      item(5, 'disputed', null, 0.2),
      item(8, 'visit', 'absent', 1),
      item(11, 'settled', 'P03', 2),
      item(14, 'need', 'answered', 3),
    ],
  }
}

const steps = [
  {
    id: id(8101),
    step: 'answer',
    words: '已联系区医保中心,材料交了。',
    by: id(1),
    by_name: '陈志强',
    at: at(-3),
  },
]
export const needs = (rows) =>
  [
    ['medical', '想换一副助听器,原来的坏了半年,听不清电话。', 'now', 'open', []],
    ['schooling', '孩子九月上大学,问助学金怎么申请。', 'soon', 'answered', steps],
    [
      'housing',
      '屋顶漏雨,想在过年前修好。',
      'later',
      'resolved',
      [{ ...steps[0], id: id(8102), step: 'resolve', words: '已修好,回访过。' }],
    ],
    ['goods', '想要两床被子。', 'soon', 'withdrawn', []],
  ].map(([kind, words, urgency, state, history], n) => ({
    id: `${id(7000 + n)}.0`,
    campaign_id: id(10),
    visit_id: id(7000 + n),
    household_id: rows[n + 4].id,
    head_name: rows[n + 4].head_name,
    team_id: rows[n + 4].team_id,
    team_name: rows[n + 4].team_name,
    kind,
    words,
    urgency,
    raised_at: at(-9 + n),
    by_name: '何建国',
    state,
    history,
    before: n === 1 ? [{ visit_id: id(7001), kind, words: '孩子上大学,问补助。', by_name: '何建国' }] : [],
    withdrawal: state === 'withdrawn' ? { visit_id: id(7000), by_name: '何建国', at: at(-2) } : null,
    may_step: state !== 'withdrawn',
  }))
