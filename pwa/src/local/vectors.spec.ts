import { Aes256Gcm } from '@hpke/core'
import { describe, expect, it } from 'vitest'
import hpke from '../../../tests/vectors/hpke.json'
import { suite } from './opening.testing'

const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex, 'hex')).buffer
const hex = (data: ArrayBuffer) => Buffer.from(data).toString('hex')

describe('the vectors of RFC 9180 for what envelopes are made with', () => {
  for (const vector of hpke.vectors) {
    const sender = async () => {
      const recipientPublicKey = await suite.kem.deserializePublicKey(bytes(vector.pkRm))
      const privateKey = await suite.kem.deserializePrivateKey(bytes(vector.skEm))
      const publicKey = await suite.kem.deserializePublicKey(bytes(vector.pkEm))
      return suite.createSenderContext({ recipientPublicKey, info: bytes(vector.info), ekm: { privateKey, publicKey } })
    }
    const recipient = async () => {
      const recipientKey = await suite.kem.deserializePrivateKey(bytes(vector.skRm))
      return suite.createRecipientContext({ recipientKey, enc: bytes(vector.enc), info: bytes(vector.info) })
    }

    it('are_of_this_suite_and_of_the_base_mode', () => {
      expect([vector.kem_id, vector.kdf_id, vector.aead_id, vector.mode]).toEqual([suite.kem.id, suite.kdf.id, suite.aead.id, 0])
      expect(suite.aead).toBeInstanceOf(Aes256Gcm)
    })
    it('keys_are_derived_as_they_say', async () => {
      const pair = await suite.kem.deriveKeyPair(bytes(vector.ikmR))
      expect(hex(await suite.kem.serializePublicKey(pair.publicKey))).toBe(vector.pkRm)
      expect(hex((await sender()).enc)).toBe(vector.enc)
    })
    it('every_encryption_is_sealed_and_opened_to_the_letter', async () => {
      const [sealing, opening] = [await sender(), await recipient()]
      const bySequence = new Map(vector.encryptions.map((one) => [one.sequence, one]))
      const last = Math.max(...bySequence.keys())
      for (let sequence = 0; sequence <= last; sequence += 1) {
        const { pt, aad, ct } = bySequence.get(sequence) ?? { pt: '00', aad: '', ct: null }
        const sealed = await sealing.seal(bytes(pt), bytes(aad))
        if (ct) expect(hex(sealed), `encryption ${sequence}`).toBe(ct)
        expect(hex(await opening.open(sealed, bytes(aad)))).toBe(pt)
      }
      expect(last).toBe(256)
    })
    it('every_export_is_as_they_say', async () => {
      const opening = await recipient()
      for (const { exporter_context, L, exported_value } of vector.exports)
        expect(hex(await opening.export(bytes(exporter_context), L))).toBe(exported_value)
    })
  }
})
