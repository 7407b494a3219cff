// Spot checks at the fake door: whom a supervisor is to ask, and what becomes of the answers.
import { id } from './city.mjs'

export const supervisor1 = {
  id: id(6),
  name: '孙督查',
  username: 'supervisor1',
  roles: ['supervisor'],
  org: { id: id(3), name: '城东区总工会', level: 'district' },
  teams: [],
  team: null,
  language: 'zh-CN',
}

/** Who they are and how to find them, of the first households of the city; nothing of what a cadre wrote. */
export function checksOf(pack) {
  const campaign_id = pack.campaigns[0].id
  const check = (one, n) => ({
    id: id(9000 + n),
    campaign_id,
    household_id: one.id,
    head_name: one.head_name,
    address: one.address,
    phone: n === 2 ? null : one.phone,
    home: n === 1 ? null : one.home,
  })
  return pack.households.slice(0, 12).map(check)
}

/** The public data of a campaign with two draws, one of which everybody may have the frame of. */
export function drawsOf(pack) {
  const [{ id: campaign_id, name }] = pack.campaigns
  const draw = (n, more) => ({
    id: id(9500 + n),
    kind: 'assisted',
    k: n,
    draw_seed: 'c3'.repeat(32),
    root: 'd4'.repeat(32),
    rate: '0.07',
    min_per_stratum: 1,
    households: 123,
    size: 9,
    seats: 66,
    drawn_at: '2026-01-12T09:00:00+08:00',
    frame_is_public: true,
    strata: ['T01/below_line', 'T01/near_line', 'T02/elderly_alone'].map((stratum) => ({ stratum, households: 41, seats: 22 })),
    ...more,
  })
  return {
    campaign_id,
    name,
    commitment: 'a1'.repeat(32),
    committed_at: '2026-01-02T08:00:00+08:00',
    campaign_seed: null,
    revealed_at: null,
    draws: [
      draw(1, {}),
      draw(1, { id: id(9502), kind: 'not_reached', households: 20, size: 2, seats: 2, frame_is_public: false }),
    ],
  }
}

/** What a supervisor who visits with no team is handed. */
export function pulledBy(pack, state) {
  const [campaign] = pack.campaigns
  const none = { households: [], entitlements: [], visits: [], needs: [], custody: [], slips: [], teams: [], funds: [] }
  const check_goods = pack.goods
    .slice(0, 2)
    .map(({ id: item_id, name, unit }) => ({ campaign_id: campaign.id, item_id, name, unit }))
  const open = checksOf(pack).filter((check) => !state.answered.has(check.id))
  return { ...none, checks: open, check_goods }
}

/** The first answers of a household stand. */
export function answerCheck(state, pack, body) {
  const refuse = (code, status) => ({ code, title: code, detail: code, status })
  if (!checksOf(pack).some((check) => check.id === body.check_id)) return refuse('not_found', 404)
  if (state.answered.has(body.check_id))
    return {
      ...refuse('already_answered', 409),
      title: '回答已经保存',
      detail: '先保存的回答不再更改。从手机送来的回答已另存,可在核查页对照。',
    }
  if (body.answers.how === 'phone' && body.evidence.length > 0) return refuse('invalid', 422)
  state.answered.set(body.check_id, body)
  return null
}
