import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Offline, Problem } from '@/api/problem'
import type { PushReply } from '@/api/types'
import { keepChoices, letPicturesGo } from './choices'
import { readRest } from './rest'
import { Store } from './store'
import { type Sender, dueAt, syncOnce } from './sync'
import { readTold, settleDay } from './tallying'
import { unlocked } from './vault.testing'

const server = vi.hoisted(() => ({ push: vi.fn(), pull: vi.fn(), put: vi.fn(), ask: vi.fn(), append: vi.fn() }))
vi.mock('@/api/calls', () => ({ push: server.push, pull: server.pull }))
vi.mock('@/api/evidence', async (original) => ({
  ...(await original<object>()),
  putEvidence: server.put,
  heldEvidence: server.ask,
  appendEvidence: server.append,
}))
const verdicts = vi.hoisted(() => ({ of: vi.fn(), tally: vi.fn() }))
vi.mock('./receipt', () => ({ verdictOn: verdicts.of }))
vi.mock('@/api/tally', () => ({ askTally: verdicts.tally }))

const pushed = () =>
  server.push.mock.calls.map(([text]) => (JSON.parse(text as string) as { items: { id: string }[] }).items.map(({ id }) => id))
const good = (text: string): PushReply => ({
  results: (JSON.parse(text) as { items: { id: string }[] }).items.map(({ id }) => ({
    id,
    status: 'stored',
    missing_evidence: [],
    findings: [],
    receipt: 'r',
  })),
  device: { accepted_through: 1, gaps: [] },
})
const answers = (status: number, retryAfterS: number | null = null) => new Problem({ code: 'x', title: '', status }, retryAfterS)

let sender: Sender
let number = 0
beforeEach(async () => {
  vi.stubGlobal('navigator', {})
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-01-10T23:59:00+08:00') })
  Object.values(server).forEach((call) => call.mockReset())
  verdicts.of.mockReset().mockResolvedValue('holds')
  verdicts.tally.mockReset().mockResolvedValue(null)
  server.push.mockImplementation(async (text: string) => good(text))
  server.put.mockResolvedValue(undefined)
  server.ask.mockResolvedValue({ offset: 0, complete: false })
  server.append.mockResolvedValue(undefined)
  number += 1
  const store = new Store(`sync-${number}`)
  await unlocked(store)
  sender = { store, device: 'd', user: { id: 'u' } }
})
afterEach(() => {
  vi.useRealTimers()
  sender.store.close()
})

async function outboxOf(ids: string[], pictures: Record<string, string> = {}): Promise<void> {
  const { store } = sender
  for (const [at, id] of ids.entries()) {
    await store.outbox.add({ id, sequence: at + 1, body_text: '{}', household_id: null } as never)
    await store.deliveries.add({ id, sequence: at + 1, state: 'waiting', attempts: 0, next_attempt_ms: 0 } as never)
  }
  for (const [sha256, visit_id] of Object.entries(pictures)) {
    const evidence = { media_type: 'image/jpeg' }
    await store.pictures.add({
      sha256,
      visit_id,
      evidence,
      arrived_at: null,
      attempts: 0,
      next_attempt_ms: 0,
      problem: null,
    } as never)
    await store.bytes.add({ sha256, bytes: new ArrayBuffer(1_000) })
  }
}
const states = async () => (await sender.store.deliveries.orderBy('sequence').toArray()).map((delivery) => delivery.state)

describe('one tab', () => {
  it('sends_and_the_others_leave_it_to_that_one', async () => {
    await outboxOf(['a'])
    const request = vi.fn(async (_name: string, _options: object, work: (lock: object | null) => unknown) => work(null))
    vi.stubGlobal('navigator', { locks: { request } })
    expect(await syncOnce(sender, false)).toBe('other_tab')
    expect([request.mock.calls[0]?.[0], server.push.mock.calls.length]).toEqual(['nuanfang-sync-u', 0])
  })
})

describe('a run', () => {
  it('sends_visits_then_pictures_and_lets_the_bytes_go', async () => {
    await outboxOf(['a', 'b'], { p: 'a', q: 'b' })
    expect(await syncOnce(sender, false)).toBe('all_sent')
    expect(pushed()).toEqual([['a', 'b']])
    expect(server.put.mock.calls.map(([name]) => name as string)).toEqual(['p', 'q'])
    expect(await sender.store.bytes.count()).toBe(0)
  })
  it('a_server_error_about_a_batch_is_tried_one_by_one_and_holds_up_no_picture', async () => {
    await outboxOf(['bad', 'b'], { p: 'b' })
    server.push.mockImplementation(async (text: string) => {
      if (text.includes('"bad"')) throw answers(500)
      return good(text)
    })
    expect(await syncOnce(sender, false)).toBe('later')
    expect(server.put).toHaveBeenCalledTimes(1)
    vi.setSystemTime(Date.now() + 5_000)
    await syncOnce(sender, false)
    expect(pushed()).toEqual([['bad', 'b'], ['bad'], ['b']])
    expect(await states()).toEqual(['waiting', 'received'])
  })
  it('a_picture_the_server_cannot_take_now_lets_the_next_one_go', async () => {
    await outboxOf(['a'], { p: 'a', q: 'a' })
    server.put.mockImplementation(async (name: string) => {
      if (name === 'p') throw answers(507)
    })
    expect(await syncOnce(sender, false)).toBe('later')
    expect((await sender.store.pictures.get('q'))?.arrived_at).toBeTruthy()
    expect((await sender.store.pictures.get('p'))?.next_attempt_ms).toBeGreaterThan(Date.now())
  })
  it('asks_what_arrived_of_a_picture_that_was_under_way_when_the_app_was_killed', async () => {
    await outboxOf(['a'], { p: 'a' })
    await sender.store.pictures.update('p', { attempts: 1 })
    server.ask.mockResolvedValue({ offset: 1_000, complete: true })
    expect(await syncOnce(sender, false)).toBe('all_sent')
    expect(server.put).not.toHaveBeenCalled()
  })
  it('without_a_line_it_rests_for_everything_at_once_and_counts_it_against_no_item', async () => {
    await outboxOf(['a', 'b'], { p: 'a' })
    server.push.mockRejectedValue(new Offline())
    expect(await syncOnce(sender, false)).toBe('no_line')
    expect((await sender.store.deliveries.get('a'))?.attempts).toBe(0)
    expect(await syncOnce(sender, false)).toBe('later')
    expect(server.push).toHaveBeenCalledTimes(1)
    server.push.mockImplementation(async (text: string) => good(text))
    vi.setSystemTime(Date.now() + 10_000)
    expect(await syncOnce(sender, false)).toBe('all_sent')
    expect((await readRest(sender.store)).fails).toBe(0)
  })
  it('sends_visits_and_holds_pictures_until_the_person_lets_them_go_once', async () => {
    const { store } = sender
    await keepChoices(store, { wifi_only: true, save_data: false })
    await outboxOf(['a'], { p: 'a' })
    expect(await syncOnce(sender, false)).toBe('held')
    expect([await states(), server.put.mock.calls.length, await dueAt(sender)]).toEqual([['received'], 0, null])
    await letPicturesGo(store)
    expect(await syncOnce(sender, false)).toBe('all_sent')
    expect(server.put).toHaveBeenCalledTimes(1)
  })
  it('waits_as_long_as_the_server_asks_also_past_midnight', async () => {
    await outboxOf(['a'])
    server.push.mockRejectedValueOnce(answers(503, 300))
    expect(await syncOnce(sender, false)).toBe('later')
    const due = await dueAt(sender)
    expect(due).toBeGreaterThanOrEqual(Date.now() + 300_000)
    vi.setSystemTime(Date.now() + 299_000)
    expect(await syncOnce(sender, false)).toBe('later')
    expect(server.push).toHaveBeenCalledTimes(1)
    vi.setSystemTime(Date.now() + 32_000)
    expect(await syncOnce(sender, false)).toBe('all_sent')
  })
  it('a_clock_set_back_a_year_after_a_failure_blocks_nothing', async () => {
    await outboxOf(['a'])
    server.push.mockRejectedValueOnce(new Offline())
    await syncOnce(sender, false)
    vi.setSystemTime(Date.now() - 365 * 86_400_000)
    expect(await syncOnce(sender, false)).toBe('all_sent')
  })
  it('a_visit_made_while_a_picture_travels_in_parts_goes_between_two_of_them', async () => {
    await outboxOf(['a'], { p: 'a' })
    await sender.store.pictures.update('p', { attempts: 1 })
    await sender.store.bytes.put({ sha256: 'p', bytes: new ArrayBuffer(60_000) })
    const order: string[] = []
    server.append.mockImplementation(async () => {
      order.push('part')
      if (order.length === 1) await outboxOf2()
    })
    const outboxOf2 = async () => {
      await sender.store.outbox.add({ id: 'b', sequence: 2, body_text: '{}', household_id: null } as never)
      await sender.store.deliveries.add({ id: 'b', sequence: 2, state: 'waiting', attempts: 0, next_attempt_ms: 0 } as never)
    }
    server.push.mockImplementation(async (text: string) => {
      order.push('push')
      return good(text)
    })
    server.ask.mockResolvedValueOnce({ offset: 0, complete: false }).mockResolvedValue({ offset: 16_384, complete: false })
    await sender.store.deliveries.update('a', { state: 'received' })
    expect(await syncOnce(sender, false)).toBe('all_sent')
    expect(order).toEqual(['part', 'push', 'part'])
  })
})

describe('a receipt', () => {
  it('that_does_not_verify_is_none_and_the_item_stays', async () => {
    await outboxOf(['a', 'b'])
    verdicts.of.mockResolvedValueOnce('wrong')
    expect(await syncOnce(sender, false)).toBe('all_sent')
    expect(await sender.store.deliveries.get('a')).toMatchObject({ state: 'needs_me', problem: { code: 'receipt_invalid' } })
    expect(await states()).toEqual(['needs_me', 'received'])
  })
  it('by_a_key_not_known_yet_is_verified_once_the_key_was_fetched', async () => {
    await outboxOf(['a'])
    const key = { kid: 'k2', public_key: 'x' }
    server.pull.mockResolvedValue({ receipt_key: key })
    verdicts.of.mockImplementation(async (_: string, keys: object[]) => (keys.length > 0 ? 'holds' : 'unknown_key'))
    expect(await syncOnce(sender, false)).toBe('all_sent')
    expect([await states(), server.pull.mock.calls.length]).toEqual([['received'], 1])
  })
})

describe('what is sealed', () => {
  const sealedStore = async () => {
    await outboxOf(['a', 'b'], { p: 'a' })
    await sender.store.outbox.update('a', { body_text: null, sealed: 'TkZTMQ==', body_sha256: 'h' })
    await sender.store.bytes.update('p', { sealed: true })
  }
  const keyUnknown = { code: 'seal_key_unknown', title: '', status: 422 }

  it('travels_as_it_lies_there_and_is_proven_by_the_hash_of_its_envelope', async () => {
    await sealedStore()
    expect(await syncOnce(sender, false)).toBe('all_sent')
    expect(server.push.mock.calls[0]?.[0]).toContain('"sealed":"TkZTMQ=="}')
    expect(verdicts.of.mock.calls[0]?.[2]).toEqual({ id: 'a', hash: 'h', device: 'd', sequence: 1 })
    expect(server.put.mock.calls[0]?.slice(0, 2)).toEqual(['p', 'application/vnd.nuanfang.sealed'])
  })
  it('waits_where_the_server_lacks_the_key_holds_up_nothing_and_goes_later_by_itself', async () => {
    await sealedStore()
    server.push.mockImplementationOnce(async (text: string) => ({
      ...good(text),
      results: good(text).results.map((one) => (one.id === 'a' ? { ...one, status: 'refused', problem: keyUnknown } : one)),
    }))
    server.put.mockRejectedValueOnce(new Problem(keyUnknown))
    expect(await syncOnce(sender, false)).toBe('later')
    expect(await states()).toEqual(['waiting', 'received'])
    expect(await sender.store.deliveries.get('a')).toMatchObject({ attempts: 1, put_off: keyUnknown })
    expect(await sender.store.pictures.get('p')).toMatchObject({ arrived_at: null, problem: null, put_off: keyUnknown })
    vi.setSystemTime(Date.now() + 10_000)
    expect(await syncOnce(sender, false)).toBe('all_sent')
    expect(await sender.store.deliveries.get('a')).toMatchObject({ state: 'received', put_off: null })
    expect((await sender.store.pictures.get('p'))?.put_off).toBeNull()
  })
  it('that_the_server_cannot_open_at_all_needs_me', async () => {
    await sealedStore()
    const broken = { code: 'seal_broken', title: '', status: 422 }
    server.push.mockImplementation(async (text: string) => ({
      ...good(text),
      results: good(text).results.map((one) => (one.id === 'a' ? { ...one, status: 'refused', problem: broken } : one)),
    }))
    server.put.mockRejectedValue(new Problem(broken))
    expect(await syncOnce(sender, false)).toBe('all_sent')
    expect(await sender.store.deliveries.get('a')).toMatchObject({ state: 'needs_me', problem: broken })
    expect((await sender.store.pictures.get('p'))?.problem).toEqual(broken)
  })
})

describe('at the end of the day', () => {
  const tally = (items: object[], missing: string[] = []) => ({ server_time: 'now', gaps: [], items, missing })
  const stored = (id: string, sequence: number) => ({ id, sequence, kind: 'visit', state: 'stored' })

  it('a_picture_the_server_lacks_goes_again_and_its_bytes_leave_only_then', async () => {
    await outboxOf(['a'], { p: 'a' })
    verdicts.tally.mockResolvedValueOnce(tally([stored('a', 1)], ['p'])).mockResolvedValue(tally([stored('a', 1)]))
    server.ask.mockResolvedValueOnce({ offset: 0, complete: false })
    expect(await syncOnce(sender, false)).toBe('all_sent')
    expect([server.put.mock.calls.length, server.append.mock.calls.length]).toEqual([1, 1])
    expect([await sender.store.bytes.count(), (await readTold(sender.store))?.pictures]).toEqual([0, { held: 1, all: 1 }])
  })
  it('an_item_the_server_lost_goes_again_once_in_a_run', async () => {
    await outboxOf(['a'])
    verdicts.tally.mockResolvedValue(tally([]))
    await syncOnce(sender, false)
    expect(pushed()).toEqual([['a'], ['a']])
  })
  it('a_picture_neither_has_is_marked_for_a_person_to_see', async () => {
    await outboxOf(['a'], { p: 'a' })
    await syncOnce(sender, false)
    verdicts.tally.mockResolvedValueOnce(tally([stored('a', 1)], ['p']))
    expect(await settleDay(sender.store, 'd', { asked: true, puts_back: true })).toBe(false)
    expect((await sender.store.pictures.get('p'))?.problem?.code).toBe('picture_gone')
  })
  it('nothing_is_asked_again_when_nothing_has_arrived_since', async () => {
    await outboxOf(['a'])
    verdicts.tally.mockResolvedValue(tally([stored('a', 1)]))
    await syncOnce(sender, false)
    await syncOnce(sender, false)
    expect(verdicts.tally).toHaveBeenCalledTimes(1)
  })
  it('without_a_line_it_is_left_for_later_and_the_bytes_stay', async () => {
    await outboxOf(['a'], { p: 'a' })
    verdicts.tally.mockRejectedValue(new Offline())
    expect(await syncOnce(sender, false)).toBe('all_sent')
    expect(await sender.store.bytes.count()).toBe(1)
  })
})
