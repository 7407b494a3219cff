import 'fake-indexeddb/auto'
import type { DBCore, DBCoreTable } from 'dexie'
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Me, VisitBody } from '@/api/types'
import { sha256Hex } from '@/kit/hash'
import { linkHash, pushText } from './chain'
import { knownOf } from './known'
import type { Opened } from './opened'
import { opener } from './opening.testing'
import { NotKept } from './outbox'
import { keepPicture, picturesOf } from './pictures'
import { type Sealing, finishedBefore, seal } from './seal'
import { Vault } from './key'
import { Store } from './store'

const at = '2026-01-10T09:10:00.000Z'
const words = '门口有狗'
const place = { latitude: 30.1, longitude: 104.2, accuracy_m: 9, taken_at: at, datum: 'wgs84', source: 'gps' } as const
const shots = [1, 2, 3].map((fill) => new Uint8Array(2_000).fill(fill).buffer)

async function evidenceOf(bytes: ArrayBuffer): Promise<VisitBody['evidence'][number]> {
  const sha256 = await sha256Hex(bytes)
  const rest = {
    kind: 'photo',
    subject: 'door',
    source: 'camera',
    media_type: 'image/jpeg',
    taken_at: at,
    position: place,
  } as const
  return { sha256, bytes: bytes.byteLength, original_sha256: sha256, ...rest }
}
function visit(id: string, evidence: VisitBody['evidence'] = []): Sealing {
  const body: VisitBody = {
    campaign_id: 'c',
    household_id: 'h',
    mode: 'home',
    outcome: 'reached',
    started_at: at,
    ended_at: at,
    position: place,
    recipient: { name: '王秀英', relation: 'self' },
    aid: [{ kind: 'cash', fund_id: 'f', amount_fen: 100_000 }],
    group: null,
    evidence,
    signature_ink: null,
    six_knows: null,
    needs: [],
    notes: words,
    amends: null,
  }
  return { id, kind: 'visit', body, label: '王秀英', made_at: at }
}

let server: Awaited<ReturnType<typeof opener>>
let named: VisitBody['evidence']
beforeAll(async () => {
  server = await opener()
  named = await Promise.all(shots.map(evidenceOf))
})

let opened: Opened
let number = 0
let vault: Vault
beforeAll(async () => {
  vault = await Vault.make(1)
})
beforeEach(async () => {
  const notes = new Map<string, string>()
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => notes.get(key) ?? null,
    setItem: (key: string, value: string) => notes.set(key, value),
  })
  number += 1
  opened = await openStore(`seal-${number}`)
})

async function openStore(name: string, watch?: (operation: string) => void): Promise<Opened> {
  const store = new Store(name)
  if (watch) store.use({ stack: 'dbcore', name: 'watch', level: 2, create: (core) => watched(core, watch) })
  await store.open()
  store.vault = vault
  if (!watch) await store.campaigns.put({ id: 'c', seal_key: server.key } as never)
  return { store, user: { id: 'u' } as Me, device: 'd', lost: 0 }
}
function watched(core: DBCore, watch: (operation: string) => void): DBCore {
  const table = (inner: DBCoreTable): DBCoreTable => {
    const seen =
      <Given extends unknown[], Result>(name: string, work: (...given: Given) => Result) =>
      (...given: Given): Result => {
        watch(`${name} ${inner.name}`)
        return work(...given)
      }
    return {
      ...inner,
      get: seen('get', inner.get),
      getMany: seen('get', inner.getMany),
      query: seen('query', inner.query),
      mutate: seen('write', inner.mutate),
    }
  }
  return { ...core, table: (name) => table(core.table(name)) }
}

async function written(id: string): Promise<Sealing> {
  const { store } = opened
  await store.drafts.put({ id, household_id: 'h', notes: words } as never)
  for (const [place_, bytes] of shots.entries()) await keepPicture(store, id, named[place_] as (typeof named)[number], bytes)
  return visit(id, named)
}
/** What the server makes of the item and its pictures, as they lie on the phone. */
async function arrives(store: Store, sealing: Sealing): Promise<void> {
  const item = await store.outbox.get(sealing.id)
  if (!item?.sealed) throw new Error('not sealed')
  const text = new TextDecoder().decode(await server.open(item.sealed, `item\n${sealing.id}\nvisit`))
  expect(JSON.parse(text)).toEqual(sealing.body)
  expect(item.body_sha256).toBe(await sha256Hex(item.sealed))
  for (const [place_, { sha256 }] of named.entries()) {
    const row = await store.bytes.get(sha256)
    expect(row?.sealed).toBe(true)
    const plain = await server.open(row?.bytes ?? new ArrayBuffer(), `picture\n${sha256}`)
    expect(Buffer.compare(plain, Buffer.from(shots[place_] as ArrayBuffer))).toBe(0)
  }
}
async function allText(store: Store): Promise<string> {
  const tables = await Promise.all(store.tables.map((table) => table.toArray()))
  const readable = (_: string, value: unknown) => (value instanceof ArrayBuffer ? Buffer.from(value).toString('latin1') : value)
  return JSON.stringify(tables, readable)
}

describe('with a key to seal to', () => {
  it('a_finished_visit_and_its_pictures_are_the_servers_to_read_and_nobody_elses', async () => {
    const sealing = await written('v1')
    const item = await seal(opened, sealing)
    await arrives(opened.store, sealing)
    const left = await allText(opened.store)
    expect(left).not.toContain(words)
    for (const bytes of shots) expect(left).not.toContain(Buffer.from(bytes.slice(0, 40)).toString('latin1'))
    expect(left).not.toContain('latitude')
    expect([item.body_text, await opened.store.drafts.count()]).toEqual([null, 0])
  })
  it('the_envelope_travels_letter_for_letter_and_the_chain_goes_on_over_it', async () => {
    const first = await seal(opened, visit('v1'))
    const second = await seal(opened, visit('v2'))
    expect(pushText({ id: 'd', app_version: '1', clock_offset_ms: 0 }, [first])).toContain(`,"sealed":"${first.sealed}"}`)
    expect(second.previous).toBe(await linkHash(first))
    expect(first.body_sha256).toBe(await sha256Hex(first.sealed ?? ''))
  })
  it('the_phone_still_knows_what_its_pages_show', async () => {
    await seal(opened, visit('v1'))
    const item = await opened.store.outbox.get('v1')
    expect(item && knownOf(item)).toEqual({
      mode: 'home',
      started_at: at,
      outcome: 'reached',
      ended_at: at,
      aid: [{ kind: 'cash', fund_id: 'f', amount_fen: 100_000 }],
      amends: null,
    })
    expect([item?.label, item?.household_id, item?.campaign_id]).toEqual(['王秀英', 'h', 'c'])
  })
  it('sealing_again_makes_no_second_envelope_under_the_same_id', async () => {
    const sealing = await written('v1')
    const first = await seal(opened, sealing)
    const bytes = await opened.store.bytes.toArray()
    expect(await seal(opened, sealing)).toEqual(first)
    expect(await opened.store.bytes.toArray()).toEqual(bytes)
  })
  it('two_tabs_that_finish_one_visit_at_once_write_it_once', async () => {
    const sealing = await written('v1')
    const [one, two] = await Promise.all([seal(opened, sealing), seal(opened, sealing)])
    expect(one.sealed).toBe(two.sealed)
    await arrives(opened.store, sealing)
  })
  it('a_picture_kept_again_after_its_visit_was_finished_does_not_take_the_place_of_its_envelope', async () => {
    await seal(opened, await written('v1'))
    const before = await opened.store.bytes.toArray()
    await opened.store.pictures.update(named[0]?.sha256 ?? '', { arrived_at: at })
    const again = await keepPicture(opened.store, 'v1', named[0] as (typeof named)[number], shots[0] as ArrayBuffer)
    expect(again.arrived_at).toBe(at)
    await keepPicture(opened.store, 'v2', named[1] as (typeof named)[number], shots[1] as ArrayBuffer)
    expect(await opened.store.bytes.toArray()).toEqual(before)
    const late = await evidenceOf(new Uint8Array([9]).buffer)
    await expect(keepPicture(opened.store, 'v1', late, new Uint8Array([9]).buffer)).rejects.toThrow(NotKept)
  })
  it('a_picture_taken_out_by_another_tab_meanwhile_is_noticed_before_anything_is_written', async () => {
    const sealing = await written('v1')
    const { store } = opened
    let hasGone = false
    const transaction = store.transaction.bind(store) as (...given: unknown[]) => Promise<unknown>
    vi.spyOn(store, 'transaction').mockImplementation((async (...given: unknown[]) => {
      if (!hasGone) {
        hasGone = true
        await store.pictures.delete(named[2]?.sha256 ?? '')
        await store.bytes.delete(named[2]?.sha256 ?? '')
      }
      return transaction(...given)
    }) as never)
    await expect(seal(opened, sealing)).rejects.toThrow(NotKept)
    expect([await store.outbox.count(), await store.drafts.count()]).toEqual([0, 1])
  })
  it('an_envelope_that_does_not_read_back_as_it_was_made_is_not_called_saved', async () => {
    const sealing = await written('v1')
    const { store } = opened
    const item = await seal(opened, sealing)
    await store.drafts.put({ id: 'v1' } as never)
    const row = await store.bytes.get(named[0]?.sha256 ?? '')
    await store.bytes.put({ sha256: named[0]?.sha256 ?? '', bytes: new ArrayBuffer(9), sealed: true })
    await expect(finishedBefore(opened, 'v1')).rejects.toThrow(NotKept)
    await store.bytes.put(row as never)
    await store.outbox.update('v1', { sealed: `${item.sealed?.slice(0, -4)}AAAA` })
    await expect(finishedBefore(opened, 'v1')).rejects.toThrow(NotKept)
    expect(await store.drafts.count()).toBe(1)
  })
  it('a_key_that_is_none_finishes_nothing_and_loses_nothing', async () => {
    const sealing = await written('v1')
    await opened.store.campaigns.put({ id: 'c', seal_key: { id: server.key.id, public_key: 'AAAA' } } as never)
    await expect(seal(opened, sealing)).rejects.toThrow()
    expect([await opened.store.outbox.count(), await opened.store.drafts.count()]).toEqual([0, 1])
  })
})

describe('killed at any step', () => {
  it('nothing_is_lost_and_no_id_ever_stands_for_two_contents', async () => {
    const sealing = await written('v1')
    const { name } = opened.store
    const contents = new Set<string>()
    const steps: string[] = []
    let isWritten = false
    let isDone = false
    // Each life of the app gets one step further than the one before, and is then gone. Once the item is written the way is
    // another one, and is gone from its beginning.
    for (let last = 1; ; last += 1) {
      let step = 0
      const life = await openStore(name, (operation) => {
        step += 1
        if (step === last) steps.push(operation)
        if (step >= last) throw new Error('killed')
      })
      await seal(life, sealing).then(
        () => (isDone = true),
        (cause: unknown) => expect(String(cause)).toContain('killed'),
      )
      life.store.close()
      const { store } = await openStore(name)
      const item = await store.outbox.get('v1')
      if (item && !isWritten) {
        isWritten = true
        last = 0
      }
      if (item) {
        contents.add(JSON.stringify([item.sealed, item.envelopes]))
        await arrives(store, sealing)
      } else {
        expect(await store.drafts.count()).toBe(1)
        expect((await picturesOf(store, 'v1')).map(({ evidence }) => evidence.position)).toEqual([place, place, place])
        for (const [at_, { sha256 }] of named.entries()) expect((await store.bytes.get(sha256))?.bytes).toEqual(shots[at_])
      }
      store.close()
      if (isDone) break
    }
    expect(contents.size).toBe(1)
    const writes = steps.filter((one) => one.startsWith('write'))
    for (const table of ['outbox', 'deliveries', 'bytes', 'pictures', 'drafts', 'counts'])
      expect(writes).toContain(`write ${table}`)
    expect(steps.length).toBeGreaterThan(20)
  }, 60_000)
})

describe('without a key to seal to', () => {
  it('a_visit_is_kept_and_sent_in_the_clear_as_before', async () => {
    await opened.store.campaigns.put({ id: 'c', seal_key: null } as never)
    const item = await seal(opened, await written('v1'))
    expect(JSON.parse(item.body_text ?? '')).toMatchObject({ notes: words })
    expect([item.sealed, (await opened.store.bytes.toArray()).some((row) => row.sealed)]).toEqual([undefined, false])
    expect(knownOf(item)?.outcome).toBe('reached')
  })
  it('what_was_kept_in_the_clear_stays_so_when_a_key_comes', async () => {
    await opened.store.campaigns.put({ id: 'c', seal_key: null } as never)
    const first = await seal(opened, await written('v1'))
    await opened.store.campaigns.put({ id: 'c', seal_key: server.key } as never)
    expect(await seal(opened, visit('v1', named))).toEqual(first)
    const second = await seal(opened, visit('v2'))
    expect(second.previous).toBe(await linkHash(first))
    expect(second.sealed).toBeTruthy()
  })
})
