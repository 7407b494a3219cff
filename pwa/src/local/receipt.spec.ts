import { generateKeyPairSync, sign } from 'node:crypto'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { type About, verdictOn } from './receipt'

const pair = generateKeyPairSync('ed25519')
const raw = (key: typeof pair.publicKey) => Buffer.from(key.export({ format: 'jwk' }).x ?? '', 'base64url').toString('base64')
const about: About = { id: 'v', hash: 'h', device: 'd', sequence: 1 }
const key = { kid: 'k1', public_key: raw(pair.publicKey) }

function receipt(claims: object = {}, header: object = {}): string {
  const text = [
    { alg: 'EdDSA', typ: 'receipt+jwt', kid: 'k1', ...header },
    { ...about, at: '', ...claims },
  ]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.')
  return `${text}.${sign(null, Buffer.from(text), pair.privateKey).toString('base64url')}`
}
const verdict = (text: string, keys = [key]) => verdictOn(text, keys, about)

describe('a receipt', () => {
  afterEach(() => vi.restoreAllMocks())

  it('holds_for_the_very_item_it_names', async () => {
    expect(await verdict(receipt())).toBe('holds')
  })
  it('holds_also_when_an_earlier_key_of_the_server_signed_it', async () => {
    expect(await verdict(receipt(), [{ kid: 'k2', public_key: 'AAAA' }, key])).toBe('holds')
  })
  it('is_none_for_another_item_content_phone_or_place_in_the_chain', async () => {
    const others = [{ id: 'w' }, { hash: 'x' }, { device: 'e' }, { sequence: 2 }].map((claims) => receipt(claims))
    expect(await Promise.all(others.map((text) => verdict(text)))).toEqual(['wrong', 'wrong', 'wrong', 'wrong'])
  })
  it('is_none_when_it_is_another_kind_of_token_or_unsigned_or_nonsense', async () => {
    const others = [
      receipt({}, { typ: 'time+jwt' }),
      receipt({}, { alg: 'none' }),
      'nonsense',
      `${receipt()}.more`,
      `${receipt().split('.', 2).join('.')}.`,
    ]
    expect(await Promise.all(others.map((text) => verdict(text)))).toEqual(['wrong', 'wrong', 'wrong', 'wrong', 'wrong'])
  })
  it('is_none_when_another_key_signed_it_or_a_byte_was_changed', async () => {
    const other = { kid: 'k1', public_key: raw(generateKeyPairSync('ed25519').publicKey) }
    expect(await verdict(receipt(), [other])).toBe('wrong')
    const [head, payload, signature = ''] = receipt().split('.')
    const changed = (signature.startsWith('A') ? 'B' : 'A') + signature.slice(1)
    expect(await verdict(`${head}.${payload}.${changed}`)).toBe('wrong')
  })
  it('by_a_key_this_phone_was_not_given_is_neither_good_nor_bad_yet', async () => {
    expect(await verdict(receipt({}, { kid: 'k9' }))).toBe('unknown_key')
    expect(await verdict(receipt(), [])).toBe('unknown_key')
  })
  it('is_verified_where_the_browser_does_not_know_ed25519_too', async () => {
    vi.spyOn(crypto.subtle, 'importKey').mockRejectedValue(new Error('NotSupportedError'))
    expect(await verdict(receipt())).toBe('holds')
    const other = { kid: 'k1', public_key: raw(generateKeyPairSync('ed25519').publicKey) }
    expect(await verdict(receipt(), [other])).toBe('wrong')
  })
})
