// Chance from a seed: the same seed throws the same dice, so that a run that failed can be run again.
import { createHash } from 'node:crypto'

export class Dice {
  constructor(seed) {
    this.state = seed >>> 0
  }

  /** Mulberry32. */
  unit() {
    this.state = (this.state + 0x6d2b79f5) >>> 0
    let t = this.state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }

  below(n) {
    return Math.floor(this.unit() * n)
  }

  between(from, to) {
    return from + this.below(to - from + 1)
  }

  percent(share) {
    return this.unit() * 100 < share
  }

  one(list) {
    return list[this.below(list.length)]
  }

  bytes(n) {
    const bytes = Buffer.alloc(n)
    for (let at = 0; at < n; at += 1) bytes[at] = this.below(256)
    return bytes
  }

  /** Dice of their own for somebody, who then throws them in whatever order others throw theirs. */
  fork(name) {
    return new Dice(createHash('sha256').update(`${this.state} ${name}`).digest().readUInt32LE(0))
  }

  /** A UUIDv7. */
  id(ms = Date.now()) {
    const bytes = this.bytes(16)
    bytes.writeUIntBE(ms, 0, 6)
    bytes[6] = (bytes[6] & 0x0f) | 0x70
    bytes[8] = (bytes[8] & 0x3f) | 0x80
    const hex = bytes.toString('hex')
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
  }
}
