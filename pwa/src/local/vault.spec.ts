import 'fake-indexeddb/auto'
import { Dexie } from 'dexie'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { Problem } from '@/api/problem'
import { Locked } from './sealed'
import { pasts } from './pasts.testing'
import { keepRescue, readRescue, wayBack } from './rescue'
import { isRewritten, rewrite } from './rewrite'
import { weaknessOf } from './secret'
import type { Draft } from './shapes'
import { Store } from './store'
import { isSecret, setSecret, standingOf, startAnew, unlock, vaultRow } from './vault'
import { cheap } from './vault.testing'

const server = vi.hoisted(() => ({ ask: vi.fn() }))
vi.mock('@/api/vault', () => ({ askVaultKey: server.ask }))

const pin = '284917'
const draft = (id: string) => ({ id, household_id: `h-${id}`, notes: '门口有狗' }) as Draft
let store: Store
let number = 0
beforeEach(async () => {
  number += 1
  store = new Store(`vault-${number}`)
  await store.open()
})
/** As after a kill: another page, nothing in memory. */
async function again(): Promise<Store> {
  store.close()
  store = new Store(store.name)
  await store.open()
  return store
}

describe('a PIN', () => {
  it('opens what it locked and what was written is read again', async () => {
    await setSecret(store, pin, 'pin', { cost: cheap })
    await store.drafts.put(draft('a'))
    await again()
    expect(await standingOf(store)).toEqual({ is: 'locked', way: 'pin', left: 5 })
    await expect(store.drafts.get('a')).rejects.toThrow(Locked)
    expect(await unlock(store, pin)).toEqual({ is: 'open' })
    expect(await store.drafts.get('a')).toEqual(draft('a'))
  })
  it('counts_wrong_tries_over_every_kill_and_begins_again_after_the_right_one', async () => {
    await setSecret(store, pin, 'pin', { cost: cheap })
    await again()
    expect(await unlock(store, '000001')).toMatchObject({ is: 'locked', left: 4 })
    await again()
    expect(await unlock(store, '000002')).toMatchObject({ is: 'locked', left: 3 })
    expect(await unlock(store, pin)).toEqual({ is: 'open' })
    await again()
    expect(await standingOf(store)).toMatchObject({ left: 5 })
  })
  it('has_its_try_counted_on_the_disk_before_it_is_looked_at', async () => {
    await setSecret(store, pin, 'pin', { cost: cheap })
    await again()
    let left: number | undefined
    const derive = vi.spyOn(crypto.subtle, 'importKey').mockImplementationOnce(async () => {
      const other = new Store(store.name)
      await other.open()
      left = (await vaultRow(other))?.left
      other.close()
      throw new Error('no memory')
    })
    await expect(unlock(store, '000001')).rejects.toThrow('no memory')
    derive.mockRestore()
    // Nothing was tried for want of memory, so it is given back.
    expect([left, (await vaultRow(store))?.left]).toEqual([4, 5])
  })
  it('wrong_five_times_wipes_the_wrap_and_nothing_else', async () => {
    await setSecret(store, pin, 'pin', { cost: cheap })
    await store.drafts.put(draft('a'))
    await store.outbox.add({ id: 'v', sequence: 1, sealed: 'x', label: '王秀英' } as never)
    await store.bytes.add({ sha256: 'p', bytes: new ArrayBuffer(3) })
    await again()
    for (let tries = 0; tries < 5; tries += 1) await unlock(store, '000001')
    expect(await standingOf(store)).toEqual({ is: 'wiped' })
    expect((await vaultRow(store))?.wrap).toBeNull()
    expect(await unlock(store, pin)).toEqual({ is: 'wiped' })
    expect([await store.drafts.count(), await store.outbox.count(), await store.bytes.count()]).toEqual([1, 1, 1])
  })
  it('after_the_last_try_a_kill_gives_no_other', async () => {
    await setSecret(store, pin, 'pin', { cost: cheap })
    const row = await vaultRow(store)
    await store.meta.put({ key: 'vault', value: { ...row, left: 0 } })
    await again()
    expect(await standingOf(store)).toEqual({ is: 'wiped' })
    expect(await unlock(store, pin)).toEqual({ is: 'wiped' })
  })
  it('can_be_another_one_while_it_is_open_and_only_then', async () => {
    await setSecret(store, pin, 'pin', { cost: cheap })
    await store.drafts.put(draft('a'))
    expect([await isSecret(store, '000001'), await isSecret(store, pin)]).toEqual([false, true])
    await setSecret(store, '腊月二十三送到门口', 'passphrase', { cost: cheap })
    await again()
    await expect(setSecret(store, pin, 'pin', { cost: cheap })).rejects.toThrow('other_vault')
    expect(await unlock(store, ' 腊月二十三送到门口 ')).toEqual({ is: 'open' })
    expect(await store.drafts.get('a')).toEqual(draft('a'))
  })
  it('easy_to_guess_is_refused', () => {
    const easy = '111111 000000 123456 654321 012345 987654 121212 123123 112233 147258'.split(' ')
    expect(easy.map((one) => weaknessOf(one, 'pin'))).toEqual(easy.map(() => 'pin_easy'))
    expect([weaknessOf('28491', 'pin'), weaknessOf('28491x', 'pin'), weaknessOf(pin, 'pin')]).toEqual([
      'pin_length',
      'pin_length',
      null,
    ])
    expect(['短', 'aaaaaaaaaaaa', '12345678901', '腊月二十三送到门口再回'].map((one) => weaknessOf(one, 'passphrase'))).toEqual([
      'passphrase_short',
      'passphrase_easy',
      'passphrase_easy',
      null,
    ])
  })
})

const sealKey = async () => {
  const pair = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, ['deriveBits'])
  const raw = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey))
  return { id: crypto.randomUUID(), public_key: Buffer.from(raw).toString('base64') }
}

describe('the way back', () => {
  const holder = () => ({ store, device: 'd', user: { id: 'u' } })
  let key: Uint8Array<ArrayBuffer>
  beforeEach(async () => {
    server.ask.mockReset()
    await setSecret(store, pin, 'pin', { cost: cheap })
    key = (store.vault?.key ?? new Uint8Array()).slice()
    await store.drafts.put(draft('a'))
    await store.campaigns.put({ id: 'c', seal_key: await sealKey() } as never)
    await keepRescue(holder())
  })

  it('is_kept_once_for_each_key_of_the_server_and_tells_nothing_of_the_key', async () => {
    const first = await readRescue(store)
    await keepRescue(holder())
    expect(await readRescue(store)).toEqual(first)
    await store.campaigns.put({ id: 'c', seal_key: await sealKey() } as never)
    await keepRescue(holder())
    expect((await readRescue(store))?.key_id).not.toBe(first?.key_id)
    expect(Buffer.from(first?.sealed ?? '', 'base64').includes(Buffer.from(key))).toBe(false)
  })
  it('brings_the_same_key_under_a_new_pin', async () => {
    await again()
    server.ask.mockResolvedValue(key)
    const way = await wayBack(holder())
    if (way.is !== 'vault') throw new Error(way.is)
    await setSecret(store, '915037', 'pin', { vault: way.vault, cost: cheap })
    expect(await store.drafts.get('a')).toEqual(draft('a'))
    await again()
    expect(await unlock(store, '915037')).toEqual({ is: 'open' })
  })
  it('another_key_than_this_vaults_is_not_taken', async () => {
    server.ask.mockResolvedValue(crypto.getRandomValues(new Uint8Array(32)))
    expect(await wayBack(holder())).toEqual({ is: 'never' })
  })
  it('what_may_pass_is_told_apart_from_what_does_not_and_no_line_decides_nothing', async () => {
    const says = (code: string, status: number) => server.ask.mockRejectedValueOnce(new Problem({ code, title: code, status }))
    says('seal_key_unknown', 422)
    expect((await wayBack(holder())).is).toBe('later')
    says('unavailable', 503)
    expect((await wayBack(holder())).is).toBe('later')
    says('seal_broken', 422)
    expect((await wayBack(holder())).is).toBe('never')
    says('session_ended', 401)
    await expect(wayBack(holder())).rejects.toThrow('session_ended')
    server.ask.mockRejectedValueOnce(new Error('offline'))
    await expect(wayBack(holder())).rejects.toThrow('offline')
  })
  it('a_new_vault_keeps_aside_what_it_cannot_read_and_leaves_the_queue', async () => {
    await store.outbox.add({ id: 'v', sequence: 1, sealed: 'x', label: '王秀英' } as never)
    await store.pictures.add({ sha256: 'p', visit_id: 'a', evidence: {}, arrived_at: null } as never)
    await store.bytes.add({ sha256: 'p', bytes: new ArrayBuffer(3) })
    await store.meta.put({ key: 'cursor', value: 'c1' })
    await again()
    await startAnew(store, '915037', 'pin', cheap)
    expect([await store.drafts.count(), await store.stranded.count(), await store.campaigns.count()]).toEqual([0, 1, 0])
    expect([await store.outbox.count(), await store.pictures.count(), await store.bytes.count()]).toEqual([1, 1, 1])
    expect([(await store.outbox.get('v'))?.sealed, (await store.outbox.get('v'))?.label]).toEqual(['x', undefined])
    expect(await store.meta.get('cursor')).toBeUndefined()
    expect((await store.meta.get('past_rescues'))?.value).toHaveLength(1)
    await store.drafts.put(draft('b'))
    expect((await store.drafts.toArray()).map(({ id }) => id)).toEqual(['b'])
    await again()
    expect(await unlock(store, '915037')).toEqual({ is: 'open' })
  })
})

describe('a store of the version before', () => {
  const raw = async (table: string) => {
    const rows = (store.backendDB() as IDBDatabase).transaction(table).objectStore(table).getAll()
    return new Promise<Record<string, unknown>[]>((resolve) => rows.addEventListener('success', () => resolve(rows.result)))
  }
  beforeEach(async () => {
    store.close()
    const name = `past-vault-${number}`
    const old = new Dexie(name)
    old.version(2).stores(pasts[2].tables)
    await old.open()
    for (let at = 0; at < 250; at += 1) await old.table('households').add({ id: `h${at}`, head_name: '王秀英' })
    await old.table('drafts').add(draft('a'))
    await old.table('custody').bulkAdd([{ name: '王秀英' }, { name: '李淑珍' }])
    await old.table('outbox').add({ id: 'v', sequence: 1, label: '王秀英', body_text: '{}', household_id: 'h1', slip_id: null })
    await old.table('deliveries').add({ id: 'v', sequence: 1, state: 'waiting' })
    await old.table('pictures').bulkAdd([
      { sha256: 'mine', visit_id: 'a', evidence: { subject: '王秀英' }, arrived_at: null },
      { sha256: 'sent', visit_id: 'v', evidence: { subject: '王秀英' }, arrived_at: null },
    ])
    for (const sha256 of ['mine', 'sent']) await old.table('bytes').add({ sha256, bytes: new Uint8Array([1, 2]).buffer })
    old.close()
    store = new Store(name)
    await store.open()
  })
  async function isWhole(): Promise<void> {
    expect(await store.households.filter((one) => one.head_name === '王秀英').count()).toBe(250)
    expect((await store.custody.toArray()).map((one) => (one as unknown as { name: string }).name)).toEqual(['王秀英', '李淑珍'])
    expect(await store.drafts.get('a')).toEqual(draft('a'))
    expect(await store.outbox.get('v')).toMatchObject({ label: '王秀英', body_text: '{}' })
    expect((await store.bytes.toArray()).map(({ bytes }) => bytes.byteLength)).toEqual([2, 2])
    for (const table of ['households', 'drafts', 'custody', 'outbox', 'pictures'])
      expect(JSON.stringify(await raw(table)), table).not.toContain('王秀英')
    store.vault = null
    expect((await store.bytes.bulkGet(['mine', 'sent'])).map((row) => row?.bytes?.byteLength)).toEqual([undefined, 2])
  }

  it('is_encrypted_once_there_is_a_pin_and_what_is_finished_can_still_be_sent_without_it', async () => {
    await setSecret(store, pin, 'pin', { cost: cheap })
    expect(await isRewritten(store)).toBe(true)
    await isWhole()
  })
  it('ended_in_the_middle_goes_on_at_the_next_opening_and_loses_nothing', async () => {
    const put = vi.spyOn(store.custody, 'put').mockRejectedValueOnce(new Error('killed'))
    await setSecret(store, pin, 'pin', { cost: cheap })
    expect([put.mock.calls.length, await isRewritten(store)]).toEqual([1, false])
    expect(JSON.stringify(await raw('custody'))).toContain('王秀英')
    await again()
    expect(await unlock(store, pin)).toEqual({ is: 'open' })
    await isWhole()
  })
  it('is_sent_from_before_there_is_a_pin_and_nothing_new_is_written_in_the_clear', async () => {
    await store.pictures.update('sent', { attempts: 1 })
    expect((await store.pictures.get('sent'))?.attempts).toBe(1)
    await expect(store.pictures.put({ sha256: 'new', visit_id: 'v', evidence: {} } as never)).rejects.toThrow(Locked)
    await expect(store.drafts.put(draft('a'))).rejects.toThrow(Locked)
    await setSecret(store, pin, 'pin', { cost: cheap })
    await rewrite(store)
    await isWhole()
  })
})
