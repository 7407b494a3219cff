import { describe, expect, it } from 'vitest'
import { inLots, lotSize } from './lots'

const many = (count: number) => Array.from({ length: count }, (_, n) => `h${n}`)
const good = (lot: string[]) => Promise.resolve({ done: lot.length, unchanged: 0, refused: [] })

describe('something done with many households', () => {
  it('goes_in_lots_and_tells_how_far_it_came', async () => {
    const [sizes, told]: [number[], number[]] = [[], []]
    const all = await inLots(
      many(lotSize * 2 + 1),
      (lot) => {
        sizes.push(lot.length)
        return good(lot)
      },
      (through) => told.push(through),
    )
    expect([sizes, told, all.done, all.left]).toEqual([
      [lotSize, lotSize, 1],
      [lotSize, lotSize * 2, lotSize * 2 + 1],
      lotSize * 2 + 1,
      [],
    ])
  })
  it('can_be_stopped_and_what_was_not_come_to_is_left', async () => {
    let stopped = false
    const ids = many(lotSize + 2)
    const all = await inLots(
      ids,
      (lot) => {
        stopped = true
        return good(lot)
      },
      undefined,
      () => stopped,
    )
    expect([all.done, all.left, all.wrong]).toEqual([lotSize, ids.slice(lotSize), null])
  })
  it('ends_where_the_line_goes_and_keeps_what_was_refused_before', async () => {
    const ids = many(lotSize + 1)
    const all = await inLots(ids, (lot) =>
      lot.length === 1
        ? Promise.reject(new Error('gone'))
        : Promise.resolve({ done: 1, unchanged: 2, refused: [{ id: 'h7', why: 'approved' }] }),
    )
    expect([all.done, all.unchanged, [...all.refused], all.left]).toEqual([1, 2, [['h7', 'approved']], ['h500']])
    expect(all.wrong).toBeInstanceOf(Error)
  })
})
