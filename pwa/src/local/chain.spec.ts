import { describe, expect, it } from 'vitest'
import { contentIn, contentOf, frameText, wireBytes, wireText } from './chain'
import type { OutboxItem } from './shapes'

const base = { id: 'v', sequence: 3, previous: 'p', kind: 'visit', made_at: 'm', time_token: 't' } as OutboxItem
const plain: OutboxItem = { ...base, body_text: '{"notes":"x\\",\\"sealed\\":\\"y","sealed":"z","body":{"body":1}}' }
const sealed: OutboxItem = { ...base, body_text: null, sealed: 'TkZTMQ+/=' }

describe('an item on the wire', () => {
  it('carries_its_content_letter_for_letter_sealed_or_plain', () => {
    expect(JSON.parse(wireText(sealed))).toEqual({
      id: 'v',
      sequence: 3,
      previous: 'p',
      kind: 'visit',
      made_at: 'm',
      time_token: 't',
      sealed: 'TkZTMQ+/=',
    })
    expect(wireText(plain).endsWith(`,"body":${plain.body_text}}`)).toBe(true)
  })
  it('gives_back_from_its_text_what_it_was_hashed_over', () => {
    for (const item of [plain, sealed]) expect(contentIn(wireText(item))).toBe(contentOf(item))
    expect(contentIn('{"id":"v"}')).toBe('')
  })
  it('an_envelope_weighs_its_letters_and_a_body_at_most_three_bytes_for_each', () => {
    expect([wireBytes(sealed), wireBytes({ ...base, body_text: '门口' })]).toEqual([9, 6])
  })
})

describe('a push', () => {
  it('says_whose_records_it_brings_only_when_they_are_anothers', () => {
    const device = { id: 'd', app_version: '1', clock_offset_ms: 0 }
    expect(JSON.parse(frameText(device, [wireText(sealed)]))).not.toHaveProperty('on_behalf_of')
    expect(JSON.parse(frameText(device, [wireText(sealed)], 'u'))).toMatchObject({
      device,
      on_behalf_of: 'u',
      items: [{ id: 'v' }],
    })
  })
})
