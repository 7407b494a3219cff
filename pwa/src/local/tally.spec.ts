import { describe, expect, it } from 'vitest'
import type { Tally } from '@/api/tally'
import { type OwnItem, compare, tallyItems } from './tally'

const picture = (sha256: string, more = {}) => ({ sha256, arrived: true, kept: true, ...more })
const own = (sequence: number, more: Partial<OwnItem> = {}): OwnItem => ({
  id: `v${sequence}`,
  sequence,
  kind: 'visit',
  state: 'received',
  pictures: [picture(`p${sequence}`), picture(`q${sequence}`), picture(`r${sequence}`)],
  ...more,
})
function tallyOf(items: readonly OwnItem[], more: Partial<Tally> = {}): Tally {
  const seen = items.map(({ id, sequence, kind }) => ({
    id,
    sequence,
    kind,
    state: 'stored' as const,
    pictures_named: 3,
    pictures_held: 3,
  }))
  const rest = {
    accepted_through: items.length,
    highest: items.length,
    gaps: [],
    visits: 0,
    pictures_named: 0,
    pictures_held: 0,
    missing: [],
  }
  return { server_time: '2026-01-10T18:00:00Z', items: seen.reverse(), ...rest, ...more }
}
const day = Array.from({ length: 18 }, (_, at) => own(at + 1))

describe('the end of the day', () => {
  it('eighteen_of_eighteen_visits_and_54_of_54_pictures', () => {
    const told = compare(day, tallyOf(day))
    expect([told.visits, told.pictures, told.agrees]).toEqual([{ held: 18, all: 18 }, { held: 54, all: 54 }, true])
    expect([told.send_items, told.send_pictures, told.gone, told.holes]).toEqual([[], [], [], []])
  })
  it('an_empty_phone_agrees_with_an_empty_server', () => {
    expect(compare([], tallyOf([])).agrees).toBe(true)
  })
  it('an_item_the_server_does_not_have_is_sent_again_at_the_end_and_in_a_gap', () => {
    const has = day.filter((item) => item.sequence !== 7 && item.sequence !== 18)
    const told = compare(day, tallyOf(has, { gaps: [{ first: 7, last: 7 }] }))
    expect([told.send_items, told.visits, told.agrees]).toEqual([['v7', 'v18'], { held: 16, all: 18 }, false])
    expect(told.holes).toEqual([])
  })
  it('a_picture_the_server_lacks_is_sent_again_where_the_phone_still_has_it_and_named_where_not', () => {
    const items = [own(1), own(2, { pictures: [picture('p2', { kept: false }), picture('q2', { kept: false })] })]
    const told = compare(items, tallyOf(items, { missing: ['q1', 'p2'] }))
    expect([told.send_pictures, told.gone]).toEqual([['q1'], [{ id: 'v2', pictures: 1 }]])
    expect([told.pictures, told.agrees]).toEqual([{ held: 3, all: 5 }, false])
  })
  it('a_picture_not_yet_sent_counts_and_is_not_put_back_twice', () => {
    const items = [own(1, { pictures: [picture('p1', { arrived: false })] })]
    expect(compare(items, tallyOf(items))).toMatchObject({ pictures: { held: 0, all: 1 }, send_pictures: [], gone: [] })
  })
  it('numbers_neither_has_are_named', () => {
    const items = [own(1), own(5), own(9)]
    const gaps = [{ first: 2, last: 8 }]
    const told = compare(items, tallyOf([own(1), own(9)], { gaps }))
    expect([told.holes, told.send_items]).toEqual([
      [
        { first: 2, last: 4 },
        { first: 6, last: 8 },
      ],
      ['v5'],
    ])
  })
  it('what_was_refused_or_waits_is_open_and_is_not_sent_again_by_the_comparison', () => {
    const items = [own(1, { state: 'needs_me', pictures: [] }), own(2, { state: 'waiting', pictures: [] })]
    expect(compare(items, tallyOf([]))).toMatchObject({ open: 2, send_items: [], agrees: false })
  })
  it('what_was_kept_beside_another_is_named_and_does_not_go_again', () => {
    const tally = tallyOf([own(1)])
    for (const item of tally.items) item.state = 'conflict'
    expect(compare([own(1)], tally)).toMatchObject({ conflicts: ['v1'], send_items: [], agrees: false })
  })
  it('slips_are_counted_by_themselves', () => {
    const items = [own(1), own(2, { kind: 'acknowledge', pictures: [picture('s')] })]
    expect(compare(items, tallyOf(items))).toMatchObject({
      visits: { held: 1, all: 1 },
      signed: { held: 1, all: 1 },
      agrees: true,
    })
  })
  it('older_items_than_the_server_names_count_by_their_receipts', () => {
    const all = Array.from({ length: tallyItems + 300 }, (_, at) => own(at + 1, { pictures: [] }))
    expect(compare(all, tallyOf(all.slice(300)))).toMatchObject({ visits: { held: 2_300, all: 2_300 }, agrees: true })
    const gaps = [{ first: 5, last: 5 }]
    expect(compare(all, tallyOf(all.slice(300), { gaps }))).toMatchObject({ send_items: ['v5'], agrees: false })
  })
})
