import { generateKeyPairSync, sign } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { receiptHolds } from './receipt'

const { publicKey, privateKey } = generateKeyPairSync('ed25519')
const raw = (key: typeof publicKey) => Buffer.from(key.export({ format: 'jwk' }).x ?? '', 'base64url').toString('base64')
function receipt(claims: object): string {
  const text = [{ alg: 'EdDSA', typ: 'receipt+jwt' }, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.')
  return `${text}.${sign(null, Buffer.from(text), privateKey).toString('base64url')}`
}
const good = receipt({ id: 'v', hash: 'h', at: '', device: 'd', sequence: 1 })

describe('a receipt', () => {
  it('holds_for_the_very_item_it_names', async () => {
    expect(await receiptHolds(good, raw(publicKey), 'v', 'h')).toBe(true)
  })
  it('does_not_hold_for_another_item_other_content_or_nonsense', async () => {
    expect(await receiptHolds(good, raw(publicKey), 'w', 'h')).toBe(false)
    expect(await receiptHolds(good, raw(publicKey), 'v', 'x')).toBe(false)
    expect(await receiptHolds('nonsense', raw(publicKey), 'v', 'h')).toBe(false)
  })
  it('does_not_hold_when_another_key_signed_it', async () => {
    expect(await receiptHolds(good, raw(generateKeyPairSync('ed25519').publicKey), 'v', 'h')).toBe(false)
  })
  it('is_compared_by_its_claims_where_no_key_is_known_yet', async () => {
    expect(await receiptHolds(good, null, 'v', 'h')).toBe(true)
  })
})
