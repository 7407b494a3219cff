import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Offline, Problem } from '@/api/problem'
import type { Me } from '@/api/types'
import { sha256Hex } from '@/kit/hash'
import type { Opened } from '../opened'
import { Store } from '../store'
import { AnothersCopy, type Bringer, MayNotBring, deliver } from './deliver'
import { Damaged, type Entry } from './format'
import { entriesOf, unsent } from './gather'
import { readCopy } from './read'
import { writeCopy } from './write'
import { unlocked } from '../vault.testing'

const server = vi.hoisted(() => ({ push: vi.fn(), pull: vi.fn(), put: vi.fn(), ask: vi.fn(), verdict: vi.fn() }))
vi.mock('@/api/calls', () => ({ push: server.push, pull: server.pull }))
vi.mock('@/api/evidence', async (original) => ({
  ...(await original<object>()),
  putEvidence: server.put,
  heldEvidence: server.ask,
}))
vi.mock('../receipt', () => ({ verdictOn: server.verdict }))

interface Frame {
  device: { id: string }
  on_behalf_of?: string
  items: { id: string; sequence: number; sealed?: string }[]
}
const frames = () => server.push.mock.calls.map(([text]) => JSON.parse(text as string) as Frame)
const problem = (code: string, status: number) => new Problem({ code, title: code, status })

let store: Store
let opened: Opened
let envelope: Uint8Array<ArrayBuffer>
let number = 0
beforeEach(async () => {
  Object.values(server).forEach((call) => call.mockReset())
  server.verdict.mockResolvedValue('holds')
  server.ask.mockResolvedValue({ offset: 0, complete: false })
  server.put.mockResolvedValue(undefined)
  server.push.mockImplementation(async (text: string) => ({
    results: (JSON.parse(text) as Frame).items.map(({ id }) => ({ id, status: 'stored', receipt: 'r' })),
  }))
  number += 1
  store = new Store(`deliver-${number}`)
  await unlocked(store)
  opened = { store, user: { id: 'cadre', name: '周敏' } as Me, device: 'phone', lost: 0 }
  envelope = new TextEncoder().encode('NFS1 sealed picture')
  const noted = { sha256: 'p', envelope_sha256: await sha256Hex(envelope) }
  const item = { previous: '', kind: 'visit', made_at: '', time_token: null, campaign_id: 'c', household_id: 'h', slip_id: null }
  const sealed = { ...item, id: 'v1', sequence: 1, label: '王秀英', body_text: null, sealed: 'U0VBTEVE', envelopes: [noted] }
  const plain = { ...item, id: 'v2', sequence: 2, label: '李淑珍', body_text: '{"notes":"门口有狗"}' }
  await store.outbox.bulkAdd([sealed, plain] as never[])
  const picture = { visit_id: 'v1', evidence: { media_type: 'image/jpeg' }, arrived_at: null, problem: null }
  const own = new Uint8Array([1, 2, 3]).buffer
  await store.pictures.bulkAdd([
    { ...picture, sha256: 'p' },
    { ...picture, sha256: await sha256Hex(own), visit_id: 'v2' },
  ] as never)
  await store.bytes.bulkAdd([
    { sha256: 'p', bytes: envelope.buffer, sealed: true },
    { sha256: await sha256Hex(own), bytes: own },
  ])
})
afterEach(() => store.close())

const entries = async () => entriesOf(opened, await unsent(store))
const by = (more: Partial<Bringer> = {}): Bringer => ({ store, user: { id: 'cadre' }, onBehalfOf: null, ...more })
const nobody = () => undefined

describe('a saved outbox that is sent', () => {
  it('carries_envelopes_as_they_are_through_the_file_and_to_the_server', async () => {
    const derive = crypto.subtle.deriveBits.bind(crypto.subtle)
    const quick = vi.spyOn(crypto.subtle, 'deriveBits')
    quick.mockImplementation((how, ...rest) =>
      derive('iterations' in (how as object) ? { ...(how as Pbkdf2Params), iterations: 9 } : how, ...rest),
    )
    const file = readCopy(writeCopy(await entries(), { passphrase: '1234 5678 9012', made_at: '' }), '123456789012')
    const done = await deliver(file, by(), nobody)
    quick.mockRestore()
    expect(done).toEqual({ items: 2, pictures: 2, refused: [] })
    const [frame] = frames()
    expect([frame?.device.id, frame?.on_behalf_of, frame?.items[0]?.sealed]).toEqual(['phone', undefined, 'U0VBTEVE'])
    expect(server.push.mock.calls[0]?.[0]).toContain('"body":{"notes":"门口有狗"}')
    const puts = server.put.mock.calls as [string, string, ArrayBuffer][]
    const [, type, sent] = puts.find(([name]) => name === 'p') ?? []
    expect(puts.map((one) => one[1]).sort()).toEqual(['application/vnd.nuanfang.sealed', 'image/jpeg'])
    expect(type).toBe('application/vnd.nuanfang.sealed')
    expect(new Uint8Array(sent ?? new ArrayBuffer())).toEqual(envelope)
  })
  it('whose_envelope_was_damaged_on_the_phone_is_not_called_whole', async () => {
    await store.bytes.put({ sha256: 'p', bytes: new Uint8Array([1]).buffer, sealed: true })
    const file = readCopy(writeCopy(await entries(), { passphrase: '1234 5678 9012', made_at: '' }), '123456789012')
    await expect(deliver(file, by(), nobody)).rejects.toThrow(Damaged)
  }, 20_000)
  it('counts_as_received_only_what_has_its_receipt', async () => {
    server.verdict.mockResolvedValueOnce('wrong')
    const done = await deliver(await entries(), by(), nobody)
    expect([done.items, done.refused[0]?.label, done.refused[0]?.problem.code]).toEqual([1, '王秀英', 'receipt_invalid'])
    const abouts = server.verdict.mock.calls.map((call) => call[2] as object)
    expect(abouts).toEqual([
      { id: 'v1', hash: await sha256Hex('U0VBTEVE'), device: 'phone', sequence: 1 },
      { id: 'v2', hash: await sha256Hex('{"notes":"门口有狗"}'), device: 'phone', sequence: 2 },
    ])
  })
  it('fetches_the_key_of_a_receipt_it_cannot_check_yet', async () => {
    server.pull.mockResolvedValue({ receipt_key: { kid: 'k', public_key: '' } })
    server.verdict.mockImplementation(async (_: string, keys: object[]) => (keys.length > 0 ? 'holds' : 'unknown_key'))
    expect((await deliver(await entries(), by(), nobody)).items).toBe(2)
    expect(server.pull).toHaveBeenCalledTimes(1)
  })
  it('names_what_the_server_cannot_open_and_goes_on_with_the_rest', async () => {
    const refused = { id: 'v1', status: 'refused', problem: { code: 'seal_key_unknown', title: '', status: 422 } }
    server.push.mockResolvedValue({ results: [refused, { id: 'v2', status: 'duplicate', receipt: 'r' }] })
    server.put.mockImplementation(async (name: string) => {
      if (name === 'p') throw problem('seal_broken', 422)
    })
    const done = await deliver(await entries(), by(), nobody)
    expect(done).toMatchObject({ items: 1, pictures: 1 })
    expect(done.refused.map((one) => [one.label, one.problem.code])).toEqual([
      ['王秀英', 'seal_key_unknown'],
      ['王秀英', 'seal_broken'],
    ])
  })
  it('breaks_off_where_there_is_no_line', async () => {
    server.put.mockRejectedValue(new Offline())
    await expect(deliver(await entries(), by(), nobody)).rejects.toThrow(Offline)
  })
})

describe("somebody else's", () => {
  it('is_not_sent_before_whoever_brings_it_has_said_so', async () => {
    const cause = await deliver(await entries(), by({ user: { id: 'lead' } }), nobody).catch((one: unknown) => one)
    expect(cause).toBeInstanceOf(AnothersCopy)
    expect((cause as AnothersCopy).about).toMatchObject({ user_id: 'cadre', user_name: '周敏', items: 2, pictures: 2 })
    const other = by({ user: { id: 'lead' }, onBehalfOf: 'somebody' })
    await expect(deliver(await entries(), other, nobody)).rejects.toThrow(AnothersCopy)
    expect(server.push).not.toHaveBeenCalled()
  })
  it('goes_as_theirs', async () => {
    const done = await deliver(await entries(), by({ user: { id: 'lead' }, onBehalfOf: 'cadre' }), nobody)
    expect([done.items, frames()[0]?.on_behalf_of, frames()[0]?.device.id]).toEqual([2, 'cadre', 'phone'])
  })
  it('that_the_server_does_not_let_them_bring_says_so', async () => {
    server.push.mockRejectedValue(problem('not_found', 404))
    const lead = by({ user: { id: 'lead' }, onBehalfOf: 'cadre' })
    await expect(deliver(await entries(), lead, nobody)).rejects.toThrow(MayNotBring)
    await expect(deliver(await entries(), by(), nobody)).rejects.toThrow(Problem)
    expect(server.put).not.toHaveBeenCalled()
  })
  it('that_does_not_say_whose_it_is_is_damaged', async () => {
    async function* headless(): AsyncGenerator<Entry> {
      yield { says: { kind: 'item', id: 'v', label: '' }, bytes: new Uint8Array() }
    }
    await expect(deliver(headless(), by(), nobody)).rejects.toThrow(Damaged)
  })
})
