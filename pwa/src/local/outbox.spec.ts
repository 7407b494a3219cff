import 'fake-indexeddb/auto'
import { createHash } from 'node:crypto'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { Me, VisitBody } from '@/api/types'
import { sha256Hex } from '@/kit/hash'
import { linkHash, pushText } from './chain'
import type { Opened } from './opened'
import { NotKept, dropSealedDrafts, recordResult } from './outbox'
import { dropArrivedBytes, dropPicture, keepPicture } from './pictures'
import { type Sealing, seal } from './seal'
import { Store } from './store'
import { unlocked } from './vault.testing'

const body = (notes = '', evidence: VisitBody['evidence'] = []): VisitBody => ({
  campaign_id: 'c',
  household_id: 'h',
  mode: 'home',
  outcome: 'reached',
  started_at: '2026-01-10T09:00:00.000Z',
  ended_at: '2026-01-10T09:10:00.000Z',
  position: null,
  recipient: null,
  aid: [],
  group: null,
  evidence,
  signature_ink: null,
  six_knows: null,
  needs: [],
  notes,
  amends: null,
})
const at = '2026-01-10T09:10:00.000Z'
const visit = (id: string, said: VisitBody): Sealing => ({ id, kind: 'visit', body: said, label: 'x', made_at: at })
const plainHash = (text: string) => createHash('sha256').update(text).digest('hex')

let opened: Opened
let number = 0
beforeEach(async () => {
  const notes = new Map<string, string>()
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => notes.get(key) ?? null,
    setItem: (key: string, value: string) => notes.set(key, value),
  })
  number += 1
  const store = new Store(`outbox-${number}`)
  await unlocked(store)
  opened = { store, user: { id: 'u' } as Me, device: 'd', lost: 0 }
})

async function evidenceOf(bytes: ArrayBuffer): Promise<VisitBody['evidence'][number]> {
  const sha256 = await sha256Hex(bytes)
  return {
    sha256,
    kind: 'photo',
    subject: 'door',
    source: 'camera',
    media_type: 'image/jpeg',
    bytes: bytes.byteLength,
    taken_at: at,
  }
}

describe('the chain', () => {
  it('each_sealed_visit_names_the_hash_of_the_one_before', async () => {
    const first = await seal(opened, visit('v1', body('一')))
    const second = await seal(opened, visit('v2', body('二')))
    expect([first.sequence, second.sequence, first.previous]).toEqual([1, 2, ''])
    expect(second.previous).toBe(plainHash(['v1', 1, '', 'visit', at, plainHash(first.body_text ?? '')].join('\n')))
  })
  it('two_tabs_sealing_at_once_make_one_chain_without_a_fork', async () => {
    const items = await Promise.all(['a', 'b', 'c'].map((id) => seal(opened, visit(id, body(id)))))
    const chain = items.sort((a, b) => a.sequence - b.sequence)
    expect(chain.map((item) => item.sequence)).toEqual([1, 2, 3])
    for (const [place, item] of chain.entries()) {
      const before = chain[place - 1]
      expect(item.previous).toBe(before ? await linkHash(before) : '')
    }
  })
  it('sealing_the_same_visit_again_adds_nothing', async () => {
    const first = await seal(opened, visit('v1', body()))
    expect(await seal(opened, visit('v1', body('changed')))).toEqual(first)
    expect(await opened.store.outbox.count()).toBe(1)
  })
  it('the_body_travels_with_the_very_bytes_that_were_hashed', async () => {
    const item = await seal(opened, visit('v1', body('引号 " 和 {括号}')))
    const text = pushText({ id: 'd', app_version: '1', clock_offset_ms: 0 }, [item])
    expect(text).toContain(`,"body":${item.body_text}}`)
    expect((JSON.parse(text) as { items: { body: VisitBody }[] }).items[0]?.body).toEqual(body('引号 " 和 {括号}'))
  })
})

describe('what is kept', () => {
  it('the_draft_goes_only_when_everything_was_read_back', async () => {
    await opened.store.drafts.put({ id: 'v1', household_id: 'h' } as never)
    const lost = await evidenceOf(new Uint8Array([1, 2, 3]).buffer)
    await expect(seal(opened, visit('v1', body('', [lost])))).rejects.toThrow(NotKept)
    expect(await opened.store.drafts.count()).toBe(1)
    await keepPicture(opened.store, 'v1', lost, new Uint8Array([1, 2, 3]).buffer)
    await seal(opened, visit('v1', body('', [lost])))
    expect(await opened.store.drafts.count()).toBe(0)
  })
  it('a_draft_whose_visit_was_sealed_before_the_app_was_killed_is_dropped', async () => {
    await seal(opened, visit('v1', body()))
    await opened.store.drafts.bulkPut([{ id: 'v1' } as never, { id: 'v2' } as never])
    await dropSealedDrafts(opened.store)
    expect(await opened.store.drafts.toCollection().primaryKeys()).toEqual(['v2'])
  })
  it('a_picture_that_does_not_hash_to_its_name_is_not_called_saved', async () => {
    const evidence = await evidenceOf(new Uint8Array([1]).buffer)
    await expect(keepPicture(opened.store, 'v1', evidence, new Uint8Array([2]).buffer)).rejects.toThrow(NotKept)
  })
  it('bytes_leave_the_phone_only_when_both_visit_and_picture_have_arrived', async () => {
    const bytes = new Uint8Array([7]).buffer
    const evidence = await evidenceOf(bytes)
    await keepPicture(opened.store, 'v1', evidence, bytes)
    await seal(opened, visit('v1', body('', [evidence])))
    await dropPicture(opened.store, evidence.sha256)
    await opened.store.pictures.update(evidence.sha256, { arrived_at: at })
    await dropArrivedBytes(opened.store)
    expect(await opened.store.bytes.count()).toBe(1)
    await recordResult(opened.store, { id: 'v1', status: 'stored', missing_evidence: [], findings: [] }, at)
    await dropArrivedBytes(opened.store)
    expect(await opened.store.bytes.count()).toBe(0)
    expect(await opened.store.pictures.count()).toBe(1)
  })
  it('a_refused_visit_keeps_its_reason_and_its_place_in_the_chain', async () => {
    await seal(opened, visit('v1', body()))
    const problem = { code: 'household_closed', title: 't', status: 422 }
    await recordResult(opened.store, { id: 'v1', status: 'refused', missing_evidence: [], findings: [], problem }, at)
    expect(await opened.store.deliveries.get('v1')).toMatchObject({ state: 'needs_me', problem })
    expect((await seal(opened, visit('v2', body()))).sequence).toBe(2)
  })
})
