import { describe, expect, it } from 'vitest'
import { betweenFilter, entriesAt, entryFilterOf } from './entryFilter'
import { type Flow, type FlowLink, everything, isCash, itemsOf, money } from './flow'
import { entryKindOf, linkFilter, ribbonFilter } from './flowWords'
import { breadth, cut, layOut } from './layout'
import type { AccountKind } from './ledger'
import { pictureOf, restKey } from './picture'
import { addLines, lineOff, valueOf } from './totals'

const node = (key: string) => {
  const [kind = '', id = null] = key.split(':')
  return { key, account_kind: kind as AccountKind, account_id: id, name: id }
}
const link = (from: string, to: string, amount: number, item?: string): FlowLink => ({
  from,
  to,
  amount,
  value_fen: item ? amount * 2 : amount,
  kind: 'issue',
  ...(item ? { item_id: item } : { fund_id: 'f' }),
})
function flowOf(...links: FlowLink[]): Flow {
  const keys = [...new Set(links.flatMap(({ from, to }) => [from, to]))]
  return { nodes: keys.map(node), links, sums: [], at: '' }
}
const season = flowOf(
  link('source:f', 'store:s', 100),
  link('store:s', 'team:a', 60),
  link('team:a', 'household', 40),
  link('team:a', 'store:s', 10),
  link('team:b', 'household', 5),
  link('source:f', 'store:s', 8, 'rice'),
  link('store:s', 'loss', 1, 'rice'),
)
const place = (flow: Flow, key: string, lens = money) => pictureOf(flow, lens).places.find((one) => one.key === key)

describe('the picture of a flow', () => {
  it('each_lens_weighs_the_links_its_own_way', () => {
    const size = (lens: string) => pictureOf(season, lens).ribbons.find(({ to }) => to === 'store:s')?.value
    expect([size(everything), size(money), size('rice'), size('oil')]).toEqual([116, 100, 8, undefined])
    expect(itemsOf(season)).toEqual(['rice'])
  })
  it('what_comes_back_into_a_store_ends_beside_it_and_counts_as_kept_there', () => {
    const picture = pictureOf(season, money)
    expect(picture.ribbons).toContainEqual(expect.objectContaining({ from: 'team:a', to: 'back', value: 10 }))
    expect(place(season, 'store:s')).toMatchObject({ taken: 100, given: 60, kept: 50 })
    expect(place(season, 'team:a')).toMatchObject({ taken: 60, given: 50, kept: 10 })
  })
  it('a_team_that_handed_on_more_than_it_held_shows_by_how_much', () => {
    expect(place(season, 'team:b')).toMatchObject({ taken: 0, given: 5, kept: -5 })
  })
  it('a_link_that_was_undone_is_not_drawn', () => {
    expect(pictureOf(flowOf(link('source:f', 'store:s', 0)), money)).toEqual({ places: [], ribbons: [] })
  })
  it('small_teams_become_one_and_nothing_is_lost_by_it', () => {
    const many = flowOf(
      link('source:f', 'store:s', 1000),
      ...Array.from({ length: 40 }, (_, n) => [link('store:s', `team:t${n}`, n + 1), link(`team:t${n}`, 'household', n)]).flat(),
    )
    const picture = pictureOf(many, money, 16)
    expect(picture.places.filter(({ kind }) => kind === 'team')).toHaveLength(16)
    expect(place(many, restKey)).toMatchObject({ count: 24, taken: 300, given: 276, kept: 24 })
    expect(place(many, 'household')?.taken).toBe(780)
    expect(place(many, 'team:t0')).toBeUndefined()
  })
  it('a_single_team_past_the_most_keeps_its_name', () => {
    const teams = flowOf(...Array.from({ length: 17 }, (_, n) => link('store:s', `team:t${n}`, n + 1)))
    expect(pictureOf(teams, money, 16).places.some(({ key }) => key === restKey)).toBe(false)
  })
})

describe('the layout of a flow', () => {
  it('every_place_stands_in_the_column_of_its_kind_and_inside_the_sheet', () => {
    const { boxes, bands, height } = layOut(pictureOf(season, money), 1000)
    const x = new Map(boxes.map((box) => [box.place.key, box.x]))
    expect(x.get('team:a')).toBe(x.get('team:b'))
    expect([...new Set(x.values())].sort((a, b) => a - b)).toHaveLength(4)
    for (const box of boxes) expect(box.y >= 0 && box.y + box.height <= height).toBe(true)
    expect(bands).toHaveLength(5)
  })
  it('columns_that_no_chain_reaches_are_kept_apart_all_the_same', () => {
    const loose = flowOf(link('source:f', 'store:s', 10), link('team:a', 'household', 3))
    const { boxes, bands } = layOut(pictureOf(loose, money), 1000)
    expect(new Set(boxes.map((box) => box.x)).size).toBe(4)
    expect([boxes.length, bands.length]).toEqual([4, 2])
  })
  it('nothing_drawn_is_no_fault', () => expect(layOut({ places: [], ribbons: [] }, 800).boxes).toEqual([]))
  it('a_long_name_is_cut_to_its_room', () => {
    expect(cut('城东第一走访组', 200)).toBe('城东第一走访组')
    expect(cut('城东第一走访组', 50)).toBe('城东第…')
    expect(breadth(cut('Returned to store', 60))).toBeLessThanOrEqual(60)
  })
})

describe('the value of a flow', () => {
  it('adds_up_with_what_was_handed_on_beyond_custody_told_apart', () => {
    const cash = valueOf(season, isCash)
    expect(cash).toEqual({
      received: 100,
      unexplained: 5,
      in_store: 50,
      with_teams: 10,
      handed_over: 45,
      lost: 0,
      returned_to_source: 0,
    })
    const goods = valueOf(season, (one) => !isCash(one))
    expect(goods).toMatchObject({ received: 16, in_store: 14, lost: 2 })
    expect([cash, goods, addLines([cash, goods])].map(lineOff)).toEqual([0, 0, 0])
  })
  it('one_item_a_team_lacks_is_not_hidden_by_another_it_still_holds', () => {
    const mixed = flowOf(
      link('source:f', 'store:s', 9, 'rice'),
      link('store:s', 'team:a', 9, 'rice'),
      link('team:a', 'household', 2, 'oil'),
    )
    expect(valueOf(mixed, () => true)).toMatchObject({ with_teams: 18, unexplained: 4 })
  })
})

describe('the entries behind a figure', () => {
  it('two_named_ends_say_it_all', () => {
    expect(linkFilter(link('store:s', 'team:a', 1, 'rice'), season.nodes)).toEqual({
      account_kind: 'store',
      account_id: 's',
      with_kind: 'team',
      with_id: 'a',
      commodity: 'rice',
    })
  })
  it('an_end_that_stands_for_many_is_left_open_and_the_kind_of_entry_tells_the_way', () => {
    const ribbon = { from: 'store:s', to: restKey, value: 3, links: [link('store:s', 'team:x', 3)] }
    const kind = (key: string) => (key === restKey ? ('rest' as const) : ('store' as const))
    expect(ribbonFilter(ribbon, season.nodes, kind)).toEqual({
      account_kind: 'store',
      account_id: 's',
      commodity: 'f',
      kind: 'issue',
    })
    expect(betweenFilter(null, node('household'), 'handover', null)).toEqual({ account_kind: 'household', kind: 'handover' })
    expect([entryKindOf('team', 'back'), entryKindOf('store', 'returned'), entryKindOf('team', 'person')]).toEqual([
      'return',
      null,
      'handover',
    ])
  })
  it('the_address_holds_the_whole_question', () => {
    const filter = { account_kind: 'team', account_id: 'a', commodity: 'f' }
    const { path, query } = entriesAt('c', filter, '2026-01-05')
    expect(path).toBe('/desk/campaigns/c/ledger')
    expect(entryFilterOf(query as Record<string, string>)).toEqual(filter)
    expect(query).toMatchObject({ view: 'entries', at: '2026-01-05' })
  })
})
