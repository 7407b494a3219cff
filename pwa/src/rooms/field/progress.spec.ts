import { describe, expect, it } from 'vitest'
import type { Delivery, OutboxItem, Picture } from '@/local/shapes'
import { countStages, parcelOf, stagesOf } from './progress'

const item = { id: 'v', label: '王秀英', made_at: '' } as OutboxItem
const delivery = (more: Partial<Delivery>): Delivery => ({
  id: 'v',
  sequence: 1,
  state: 'waiting',
  attempts: 0,
  next_attempt_ms: 0,
  receipt: null,
  received_at: null,
  standing: null,
  problem: null,
  ...more,
})
const picture = (arrived_at: string | null, problem: Picture['problem'] = null) => ({ arrived_at, problem }) as Picture

describe('the three words', () => {
  it('a_visit_is_on_this_phone_until_the_server_has_answered', () => {
    expect(parcelOf(item, delivery({}), [picture('x')]).stage).toBe('here')
  })
  it('it_is_on_its_way_until_every_picture_is_in', () => {
    const parcel = parcelOf(item, delivery({ state: 'received' }), [picture('x'), picture(null)])
    expect([parcel.stage, parcel.arrived, parcel.pictures]).toEqual(['on_its_way', 1, 2])
  })
  it('it_is_received_when_receipt_and_pictures_are_in', () => {
    expect(parcelOf(item, delivery({ state: 'received' }), [picture('x')]).stage).toBe('received')
  })
  it('a_refused_visit_or_picture_needs_me_and_says_why', () => {
    const problem = { code: 'too_large', title: '', status: 413 }
    expect(parcelOf(item, delivery({ state: 'needs_me', problem }), []).stage).toBe('needs_me')
    const parcel = parcelOf(item, delivery({ state: 'received' }), [picture(null, problem)])
    expect([parcel.stage, parcel.problem]).toEqual(['needs_me', problem])
    expect(countStages([parcel])).toEqual({ here: 0, on_its_way: 0, received: 0, needs_me: 1 })
  })
  it('what_the_server_cannot_take_yet_says_so_and_needs_nobody', () => {
    const putOff = { code: 'seal_key_unknown', title: '', status: 422 }
    const parcel = parcelOf(item, delivery({ put_off: putOff }), [picture(null)])
    expect([parcel.stage, parcel.putOff, parcel.problem]).toEqual(['here', putOff, null])
    const onItsWay = parcelOf(item, delivery({ state: 'received' }), [{ ...picture(null), put_off: putOff }])
    expect([onItsWay.stage, onItsWay.putOff]).toEqual(['on_its_way', putOff])
  })
  it('the_whole_outbox_is_told_as_each_parcel_by_itself_and_newest_first', () => {
    const problem = { code: 'too_large', title: '', status: 413 }
    const of = (id: string, more: Partial<Delivery>) => delivery({ id, ...more })
    const deliveries = [
      of('a', { sequence: 1, state: 'received' }),
      of('b', { sequence: 2, state: 'received' }),
      of('c', { sequence: 3 }),
      of('d', { sequence: 4, state: 'needs_me', problem }),
      of('e', { sequence: 5, state: 'received' }),
    ]
    const one = (visit_id: string, arrived_at: string | null, wrong: Picture['problem'] = null) => ({
      ...picture(arrived_at, wrong),
      visit_id,
    })
    const pictures = [one('a', 'x'), one('b', 'x'), one('b', null), one('c', null), one('e', 'x'), one('e', null, problem)]
    const stages = stagesOf(deliveries, pictures)
    expect(stages.map(({ id, stage }) => `${id} ${stage}`)).toEqual([
      'e needs_me',
      'd needs_me',
      'c here',
      'b on_its_way',
      'a received',
    ])
    for (const { id, stage } of stages) {
      const own = pictures.filter((each) => each.visit_id === id)
      const its = deliveries.find((each) => each.id === id)
      expect(its && parcelOf(item, its, own).stage).toBe(stage)
    }
  })
})
