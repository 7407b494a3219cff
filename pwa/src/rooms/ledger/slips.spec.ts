import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { AcknowledgeBody, Evidence, Me, Slip } from '@/api/types'
import type { Opened } from '@/local/opened'
import { NotKept, dropSealedDrafts, recordResult } from '@/local/outbox'
import { keepPicture } from '@/local/pictures'
import { seal } from '@/local/seal'
import { Store } from '@/local/store'
import { sha256Hex } from '@/kit/hash'
import { bodyOf, newCount } from './acknowledge'
import { arrange, countedLine, differs, nextStep, standingOf } from './slips'
import { written } from './written'
import { unlocked } from '@/local/vault.testing'

const at = '2026-01-10T09:10:00.000Z'
const slip: Slip = {
  id: 's1',
  campaign_id: 'c',
  team_id: 't',
  kind: 'issue',
  state: 'waiting',
  store_name: '城东站',
  made_by_name: '何库管',
  happened_at: at,
  words: '',
  lines: [
    { kind: 'cash', fund_id: 'f', amount: 2_000_000, counted: null },
    { kind: 'goods', item_id: 'rice', amount: 20_000, counted: null },
  ],
  acknowledged: null,
  may_sign: true,
}
const strokes = [{ points: [{ x: 0, y: 0, time: 1, pressure: 1 }] }]
const evidence = (sha256: string): Evidence => ({
  sha256,
  kind: 'signature',
  subject: 'recipient',
  source: 'ink',
  media_type: 'image/png',
  bytes: 3,
  taken_at: at,
})

describe('a slip', () => {
  it('waits_for_me_only_where_I_lead_and_nobody_has_signed', () => {
    expect(standingOf(slip, null)).toBe('mine')
    expect(standingOf({ ...slip, may_sign: false }, null)).toBe('leads')
    expect(standingOf({ ...slip, state: 'differs' }, null)).toBe('differs')
  })
  it('stands_as_this_phone_sealed_it_until_the_server_tells_of_it', () => {
    expect(standingOf(slip, 'here')).toBe('here')
    expect(standingOf(slip, 'needs_me')).toBe('needs_me')
    expect(standingOf({ ...slip, state: 'reversed' }, 'here')).toBe('reversed')
  })
  it('comes_first_when_it_waits_for_me_then_the_newest', () => {
    const past = (id: string, happened_at: string): Slip => ({ ...slip, id, state: 'agreed', happened_at })
    const all = [past('old', '2026-01-01'), past('new', '2026-01-09'), { ...slip, id: 'sealed' }, { ...slip, id: 'mine' }]
    expect(arrange(all, new Map([['sealed', 'here']])).map((one) => one.id)).toEqual(['mine', 'sealed', 'new', 'old'])
  })
  it('is_written_in_yuan_and_units', () => {
    const names = { funds: [], goods: [{ id: 'rice', name: '大米', unit: '袋', unit_value_fen: 0 }] }
    expect(slip.lines.map((line) => written(line, line.amount, names, 'zh-CN'))).toEqual(['¥20,000', '20 袋'])
  })
})

describe('a count', () => {
  const count = newCount(slip, at)
  const [cash, rice] = slip.lines as [Slip['lines'][0], Slip['lines'][0]]
  it('begins_with_what_the_store_says', () => {
    expect(count.lines).toEqual([
      { kind: 'cash', fund_id: 'f', amount_fen: 2_000_000 },
      { kind: 'goods', item_id: 'rice', quantity_milli: 20_000 },
    ])
    expect(differs(slip, count.lines)).toBe(false)
  })
  it('differs_by_a_fen_by_a_thousandth_and_by_nothing_at_all', () => {
    expect(differs(slip, [countedLine(cash, 1_999_999), countedLine(rice, 20_000)])).toBe(true)
    expect(differs(slip, [countedLine(cash, 2_000_000), countedLine(rice, 20_001)])).toBe(true)
    expect(differs(slip, [countedLine(cash, 2_000_000), countedLine(rice, 0)])).toBe(true)
    expect(differs(slip, [countedLine(cash, 2_000_000)])).toBe(true)
  })
  it('asks_for_words_where_it_differs_then_for_the_signature', () => {
    expect(nextStep(false, '', false)).toBe('sign')
    expect(nextStep(true, ' 少 ', false)).toBe('words')
    expect(nextStep(true, '少袋', false)).toBe('sign')
    expect(nextStep(true, '', true)).toBe('words')
    expect(nextStep(false, '', true)).toBe('finish')
  })
  it('is_said_with_its_ink_and_with_words_only_where_it_differs', () => {
    const signed = { ...count, strokes, words: ' 少一袋 ' }
    expect(bodyOf(slip, signed, evidence('x'), at)).toEqual({
      campaign_id: 'c',
      slip_id: 's1',
      lines: count.lines,
      evidence: [evidence('x')],
      signature_ink: { strokes: 1, points: 1, box_px: [0, 0] },
      acknowledged_at: at,
      words: '',
    })
    const lines = [countedLine(cash, 2_000_000), countedLine(rice, 19_000)]
    expect(bodyOf(slip, { ...signed, lines }, evidence('x'), at).words).toBe('少一袋')
    expect(() => bodyOf(slip, count, evidence('x'), at)).toThrow('signature_missing')
  })
})

describe('an acknowledgement', () => {
  let opened: Opened
  let body: AcknowledgeBody
  let number = 0
  const bytes = new Uint8Array([1, 2, 3]).buffer
  const count = { ...newCount(slip, at), strokes }
  const sealIt = () => seal(opened, { id: count.id, kind: 'acknowledge', body, label: 'x', made_at: at })
  beforeEach(async () => {
    vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined })
    number += 1
    const store = new Store(`slips-${number}`)
    await unlocked(store)
    opened = { store, user: { id: 'u' } as Me, device: 'd', lost: 0 }
    body = bodyOf(slip, count, evidence(await sha256Hex(bytes)), at)
    await store.counts.put(count)
  })

  it('stands_in_the_same_chain_as_visits_and_names_its_slip', async () => {
    await keepPicture(opened.store, count.id, body.evidence[0] as Evidence, bytes)
    const item = await sealIt()
    expect(item).toMatchObject({ kind: 'acknowledge', sequence: 1, slip_id: 's1', household_id: null })
    expect(await opened.store.counts.count()).toBe(0)
  })
  it('keeps_its_count_until_the_signature_was_read_back', async () => {
    await expect(sealIt()).rejects.toThrow(NotKept)
    expect(await opened.store.counts.count()).toBe(1)
  })
  it('sealed_before_the_app_was_killed_drops_its_count_at_the_next_start', async () => {
    await keepPicture(opened.store, count.id, body.evidence[0] as Evidence, bytes)
    await sealIt()
    await opened.store.counts.put(count)
    await dropSealedDrafts(opened.store)
    expect(await opened.store.counts.count()).toBe(0)
  })
  it('refused_needs_me_and_keeps_the_reason', async () => {
    await keepPicture(opened.store, count.id, body.evidence[0] as Evidence, bytes)
    await sealIt()
    const problem = { code: 'already_acknowledged', title: 't', status: 409 }
    await recordResult(opened.store, { id: count.id, status: 'refused', missing_evidence: [], findings: [], problem }, at)
    expect(await opened.store.deliveries.get(count.id)).toMatchObject({ state: 'needs_me', problem })
  })
})
