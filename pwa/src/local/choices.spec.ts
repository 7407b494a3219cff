import 'fake-indexeddb/auto'
import { expect, it } from 'vitest'
import { canTellWifi, holdOf, letPicturesGo, picturesThrough } from './choices'
import { Store } from './store'

const free = { wifi_only: false, save_data: false }
const onWifi = { type: 'wifi' }

it('pictures_wait_for_wifi_when_the_person_said_so_and_never_otherwise', () => {
  expect(holdOf(free, null)).toBe(null)
  expect(holdOf({ ...free, wifi_only: true }, { type: 'cellular' })).toBe('wifi_only')
  expect(holdOf({ ...free, wifi_only: true }, onWifi)).toBe(null)
  expect(holdOf({ ...free, save_data: true }, { type: 'cellular' })).toBe('save_data')
  expect(holdOf({ wifi_only: true, save_data: true }, { type: 'ethernet' })).toBe(null)
})

it('a_browser_that_cannot_tell_is_taken_for_the_mobile_network', () => {
  expect(holdOf({ ...free, wifi_only: true }, {})).toBe('wifi_only')
  expect([canTellWifi(null), canTellWifi({}), canTellWifi(onWifi)]).toEqual([false, false, true])
})

it('send_now_lets_go_what_is_there_once_and_holds_what_is_made_later', async () => {
  const store = new Store('choices')
  await store.open()
  await store.outbox.add({ id: 'a', sequence: 7 } as never)
  expect(await picturesThrough(store, 'wifi_only')).toBe(0)
  await letPicturesGo(store)
  expect([await picturesThrough(store, 'wifi_only'), await picturesThrough(store, null)]).toEqual([7, Number.POSITIVE_INFINITY])
})
