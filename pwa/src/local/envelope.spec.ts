import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core'
import { describe, expect, it } from 'vitest'
import { sealTo, toBase64 } from './envelope'

const suite = new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() })
const id = '0190aabb-ccdd-7eef-8011-223344556677'
const bytes = (text: string) => new TextEncoder().encode(text)

async function server() {
  const pair = await suite.kem.generateKeyPair()
  const public_key = toBase64(new Uint8Array(await suite.kem.serializePublicKey(pair.publicKey)))
  const open = async (envelope: Uint8Array<ArrayBuffer>, aad: string) => {
    const recipient = {
      recipientKey: pair.privateKey,
      enc: envelope.slice(20, 85).buffer,
      info: bytes('nuanfang sealed 1').buffer,
    }
    return new Uint8Array(await suite.open(recipient, envelope.slice(85).buffer, bytes(aad).buffer))
  }
  return { key: { id, public_key }, open }
}

describe('an envelope', () => {
  it('opens_at_the_server_and_says_which_key_it_is_for', async () => {
    const { key, open } = await server()
    const plain = crypto.getRandomValues(new Uint8Array(40_000))
    const envelope = await sealTo(key, plain, 'picture\nab')
    expect(new TextDecoder().decode(envelope.subarray(0, 4))).toBe('NFS1')
    expect(Buffer.from(envelope.subarray(4, 20)).toString('hex')).toBe(id.replaceAll('-', ''))
    expect([envelope[20], envelope.byteLength]).toEqual([4, plain.byteLength + 101])
    expect(await open(envelope, 'picture\nab')).toEqual(plain)
  })
  it('is_never_the_same_twice_and_takes_a_view_for_what_it_shows', async () => {
    const { key, open } = await server()
    const view = bytes('..门口..').subarray(2, 8)
    const [one, two] = [await sealTo(key, view, 'item\na\nvisit'), await sealTo(key, view, 'item\na\nvisit')]
    expect(one).not.toEqual(two)
    expect(new TextDecoder().decode(await open(one, 'item\na\nvisit'))).toBe('门口')
  })
  it('opens_for_nothing_else_and_not_when_a_byte_of_it_was_changed', async () => {
    const { key, open } = await server()
    const envelope = await sealTo(key, bytes('x'), 'item\na\nvisit')
    await expect(open(envelope, 'item\nb\nvisit')).rejects.toThrow()
    const changed = envelope.slice()
    changed[changed.length - 1] = 1 ^ (changed.at(-1) ?? 0)
    await expect(open(changed, 'item\na\nvisit')).rejects.toThrow()
  })
  it('is_not_made_for_a_key_that_is_none', async () => {
    await expect(sealTo({ id: 'k', public_key: 'AAAA' }, bytes('x'), 'a')).rejects.toThrow()
    await expect(sealTo({ id, public_key: toBase64(new Uint8Array(65)) }, bytes('x'), 'a')).rejects.toThrow()
  })
})
