import { expect, it, vi } from 'vitest'
import { roomNow, roomOf } from './room'

const mb = 1024 * 1024

it('warns_at_eighty_percent_and_takes_no_more_pictures_when_the_headroom_is_gone', () => {
  expect(roomOf({ quota: 1_000 * mb, usage: 799 * mb })).toBe('enough')
  expect(roomOf({ quota: 1_000 * mb, usage: 800 * mb })).toBe('tight')
  expect(roomOf({ quota: 1_000 * mb, usage: 979 * mb })).toBe('tight')
  expect(roomOf({ quota: 1_000 * mb, usage: 980 * mb })).toBe('full')
  expect(roomOf({ quota: 10 * mb, usage: 0 })).toBe('full')
})

it('a_browser_that_does_not_say_is_not_taken_for_a_full_phone', async () => {
  expect(roomOf({})).toBe('enough')
  vi.stubGlobal('navigator', {})
  expect(await roomNow()).toBe('enough')
  vi.stubGlobal('navigator', { storage: { estimate: () => Promise.reject(new Error('no')) } })
  expect(await roomNow()).toBe('enough')
  vi.unstubAllGlobals()
})
