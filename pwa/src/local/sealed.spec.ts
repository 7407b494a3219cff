import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Household } from '@/api/types'
import { Unreadable } from './cipher'
import { Locked } from './sealed'
import { Vault } from './key'
import type { Draft, OutboxItem, Picture } from './shapes'
import { Store } from './store'
import { unlocked } from './vault.testing'

const secret = '王秀英 13800000000'
const household = (id: string, name = secret) => ({ id, head_name: name, standings: [] }) as unknown as Household
const draft = (id: string, more: Partial<Draft> = {}) =>
  ({
    id,
    household_id: `h-${id}`,
    campaign_id: 'c',
    notes: secret,
    camera_open: false,
    aid: [],
    updated_at: '',
    ...more,
  }) as Draft
const item = (id: string, sequence: number) => ({ id, sequence, label: secret, body_text: '', household_id: 'h' }) as OutboxItem
const picture = (sha256: string, more: object = {}) =>
  ({
    sha256,
    visit_id: 'v',
    evidence: { subject: secret },
    attempts: 0,
    arrived_at: null,
    problem: null,
    ...more,
  }) as never as Picture
const bytesOf = (words: string) => new TextEncoder().encode(words).buffer as ArrayBuffer
const wordsOf = (bytes: ArrayBuffer) => new TextDecoder().decode(bytes)

let store: Store
let number = 0
beforeEach(async () => {
  number += 1
  store = await unlocked(new Store(`sealed-${number}`))
})

/** The rows as they lie on the disk. */
async function onDisk(table: string): Promise<Record<string, unknown>[]> {
  const rows = (store.backendDB() as IDBDatabase).transaction(table).objectStore(table).getAll()
  return new Promise((resolve, reject) => {
    rows.addEventListener('success', () => resolve(rows.result as Record<string, unknown>[]))
    rows.addEventListener('error', () => reject(rows.error))
  })
}
/** Every text and every byte of it, as somebody would search it. */
async function searched(table: string): Promise<string> {
  const parts: Buffer[] = []
  const walk = (value: unknown): void => {
    if (typeof value === 'string') parts.push(Buffer.from(value))
    else if (value instanceof ArrayBuffer) parts.push(Buffer.from(value))
    else if (ArrayBuffer.isView(value)) parts.push(Buffer.from(value.buffer, value.byteOffset, value.byteLength))
    else if (value && typeof value === 'object') Object.values(value).forEach(walk)
  }
  walk(await onDisk(table))
  return Buffer.concat(parts).toString('latin1')
}
const asFound = Buffer.from(secret).toString('latin1')

describe('what is written', () => {
  it('lies_encrypted_but_for_its_key_and_what_is_indexed_and_reads_as_it_was', async () => {
    await store.drafts.add(draft('a'))
    expect(Object.keys((await onDisk('drafts'))[0] ?? {}).sort()).toEqual(['$', 'household_id', 'id'])
    expect(await searched('drafts')).not.toContain(asFound)
    expect(await store.drafts.get('a')).toEqual(draft('a'))
  })
  it('hides_no_less_in_any_other_table', async () => {
    const { campaigns, teams, households, entitlements, goods, funds, custody, visits, slips, counts, needs } = store
    const tables = [campaigns, teams, households, entitlements, goods, funds, visits, slips, counts, needs]
    for (const table of tables)
      await table.add({ id: 'x', name: secret, slip_id: 's', household_id: 'h', state: 'waiting' } as never)
    await custody.add({ team_id: 't', name: secret } as never)
    await store.walks.add({ campaign_id: 'c', household_ids: [secret], made_at: '' })
    await store.outbox.add(item('v', 1))
    await store.pictures.add(picture('p'))
    await store.bytes.add({ sha256: 'p', bytes: bytesOf(secret) })
    await store.meta.add({ key: 'tally', value: { gone: [{ label: secret }] } })
    const rest = [custody, store.walks, store.outbox, store.pictures, store.bytes, store.meta]
    for (const table of [...tables, ...rest]) expect(await searched(table.name), table.name).not.toContain(asFound)
    for (const table of [...tables, custody]) expect((await table.toArray())[0], table.name).toMatchObject({ name: secret })
    expect((await store.outbox.get('v'))?.label).toBe(secret)
    expect(wordsOf((await store.bytes.get('p'))?.bytes as ArrayBuffer)).toBe(secret)
    expect((await store.meta.get('tally'))?.value).toEqual({ gone: [{ label: secret }] })
  })
  it('is_found_by_every_way_of_asking', async () => {
    await store.drafts.bulkAdd([draft('a'), draft('b', { camera_open: true }), draft('c', { notes: 'z' })])
    const { drafts } = store
    expect((await drafts.bulkGet(['a', 'x', 'c'])).map((one) => one?.notes)).toEqual([secret, undefined, 'z'])
    expect((await drafts.where('household_id').equals('h-b').toArray()).map((one) => one.camera_open)).toEqual([true])
    expect((await drafts.filter((one) => one.camera_open).toArray()).map(({ id }) => id)).toEqual(['b'])
    expect(
      (
        await drafts
          .where('household_id')
          .anyOf('h-a', 'h-c')
          .filter((one) => one.notes === 'z')
          .first()
      )?.id,
    ).toBe('c')
    expect((await drafts.orderBy('id').reverse().toArray()).map(({ id }) => id)).toEqual(['c', 'b', 'a'])
    expect((await drafts.orderBy('id').last())?.notes).toBe('z')
    expect((await drafts.where('household_id').notEqual('h-a').sortBy('notes')).map(({ id }) => id)).toEqual(['c', 'b'])
    expect([await drafts.count(), await drafts.filter((one) => one.notes === secret).count()]).toEqual([3, 2])
    const seen: string[] = []
    await drafts.each((one) => seen.push(one.notes))
    expect(seen).toEqual([secret, secret, 'z'])
    expect(await drafts.toCollection().primaryKeys()).toEqual(['a', 'b', 'c'])
  })
  it('is_changed_by_every_way_of_changing', async () => {
    await store.drafts.bulkPut([draft('a'), draft('b')])
    await store.drafts.update('a', { notes: '1' })
    await store.drafts.where('household_id').equals('h-b').modify({ notes: '2' })
    await store.drafts.toCollection().modify((one) => {
      one.notes += '!'
    })
    expect((await store.drafts.toArray()).map(({ notes }) => notes)).toEqual(['1!', '2!'])
    await store.drafts.filter((one) => one.notes === '1!').modify({ camera_open: true })
    expect((await store.drafts.get('a'))?.camera_open).toBe(true)
    await store.drafts.filter((one) => one.notes === '2!').delete()
    expect(await store.drafts.toCollection().primaryKeys()).toEqual(['a'])
    expect(await searched('drafts')).not.toContain(asFound)
  })
  it('is_whole_or_not_at_all_when_a_transaction_fails', async () => {
    const work = store.transaction('rw', [store.drafts, store.households], async () => {
      await store.households.put(household('h'))
      await store.drafts.put(draft('a'))
      expect((await store.households.get('h'))?.head_name).toBe(secret)
      throw new Error('on purpose')
    })
    await expect(work).rejects.toThrow('on purpose')
    expect([await store.households.count(), await store.drafts.count()]).toEqual([0, 0])
  })
  it('never_lies_the_same_way_twice', async () => {
    await store.drafts.put(draft('a'))
    const before = (await onDisk('drafts'))[0]?.$
    await store.drafts.put(draft('a'))
    expect((await onDisk('drafts'))[0]?.$).not.toEqual(before)
  })
  it('does_not_open_in_the_place_of_another_row', async () => {
    await store.drafts.bulkPut([draft('a'), draft('b')])
    const [a] = await onDisk('drafts')
    const raw = (store.backendDB() as IDBDatabase).transaction('drafts', 'readwrite')
    raw.objectStore('drafts').put({ ...a, id: 'b' })
    await new Promise((resolve) => raw.addEventListener('complete', resolve))
    await expect(store.drafts.get('b')).rejects.toThrow(Unreadable)
  })
})

describe('without the key', () => {
  it('nothing_personal_is_read_and_nothing_written', async () => {
    await store.households.put(household('h'))
    store.vault = null
    await expect(store.households.get('h')).rejects.toThrow(Locked)
    await expect(store.households.toArray()).rejects.toThrow(Locked)
    await expect(store.households.filter(() => true).toArray()).rejects.toThrow(Locked)
    await expect(store.households.put(household('i'))).rejects.toThrow(Locked)
    await expect(store.outbox.add(item('v', 1))).rejects.toThrow(Locked)
    await expect(store.bytes.add({ sha256: 'p', bytes: bytesOf(secret) })).rejects.toThrow(Locked)
    expect([await store.households.count(), await store.outbox.count(), await store.bytes.count()]).toEqual([1, 0, 0])
  })
  it('another_key_opens_nothing', async () => {
    await store.drafts.put(draft('a'))
    store.vault = await Vault.make(1)
    await expect(store.drafts.get('a')).rejects.toThrow(Unreadable)
    store.vault = await Vault.make(2)
    await expect(store.drafts.get('a')).rejects.toThrow(Unreadable)
  })
  it('the_worker_sees_what_it_sends_and_what_it_notes_leaves_the_rest_as_it_was', async () => {
    const { vault } = store
    await store.outbox.bulkAdd([item('v', 1), item('w', 2)])
    await store.pictures.add(picture('p'))
    store.vault = null
    expect((await store.outbox.orderBy('sequence').last())?.id).toBe('w')
    expect((await store.outbox.get('v'))?.label).toBeUndefined()
    await store.pictures.update('p', { attempts: 1 })
    await store.pictures.filter((one) => one.arrived_at === null).modify({ arrived_at: 'now' })
    expect(await store.pictures.get('p')).toMatchObject({ attempts: 1, arrived_at: 'now' })
    store.vault = vault
    expect(await store.pictures.get('p')).toEqual(picture('p', { attempts: 1, arrived_at: 'now' }))
    expect((await store.outbox.get('v'))?.label).toBe(secret)
  })
  it('a_finished_picture_is_read_whether_sealed_to_the_server_or_open', async () => {
    await store.bytes.bulkAdd([
      { sha256: 'draft', bytes: bytesOf(secret) },
      { sha256: 'open', bytes: bytesOf('JPEG'), open: true },
      { sha256: 'sealed', bytes: bytesOf('NFS1....'), sealed: true },
    ])
    store.vault = null
    const read = await store.bytes.bulkGet(['draft', 'open', 'sealed'])
    expect(read.map((row) => row?.bytes && wordsOf(row.bytes))).toEqual([undefined, 'JPEG', 'NFS1....'])
  })
})
