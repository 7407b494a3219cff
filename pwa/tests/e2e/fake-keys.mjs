// The server's keys: what the phone seals to, and what opens it again. `keyUnknown` and `noSealing` are faults.
import { newKeys, isEnvelope, keyIdOf, openEnvelope } from '../../scripts/envelopes.mjs'

export class Closed extends Error {
  constructor(code) {
    super(code)
    this.code = code
  }
}

export async function keyRing(faults) {
  const keys = [await newKeys()]
  return {
    /** As a pull gives it. */
    current() {
      const { id, public_key } = keys.at(-1)
      return faults.noSealing ? null : { id, public_key }
    },
    async rotate() {
      keys.push(await newKeys())
    },
    isEnvelope,
    keyIdOf,
    async open(envelope, aad) {
      const key = keys.find((one) => isEnvelope(envelope) && one.id === keyIdOf(envelope))
      if (faults.sealKeyUnknown || (isEnvelope(envelope) && !key)) throw new Closed('seal_key_unknown')
      try {
        return Buffer.from(await openEnvelope(key, envelope, aad))
      } catch {
        throw new Closed('seal_broken')
      }
    },
  }
}
