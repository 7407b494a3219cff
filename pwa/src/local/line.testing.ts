import { type Held, type Part, WrongOffset } from '@/api/evidence'
import { Offline, Problem } from '@/api/problem'
import type { Wire } from './parts'

/** Chance that is the same at every run. */
export function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

interface Nature {
  bytesPerSecond: number
  /** Every how many connections one is cut, at a random byte. */
  cutEvery: number
  takesParts: boolean
  seed: number
}

/** What a request weighs beside its body, and what lies in buffers and is gone when the line is cut. */
const headBytes = 350
const inFlightBytes = 4 * 1024
const roundTripMs = 400

/** A line and the server behind it, in a time of their own: nothing waits, and every byte is counted. */
export class Line implements Wire {
  now = 0
  sentBytes = 0
  connections = 0
  readonly requests: string[] = []
  private readonly files = new Map<string, { got: Uint8Array; complete: boolean }>()
  private readonly chance: () => number

  constructor(private readonly nature: Nature) {
    this.chance = seeded(nature.seed)
  }

  fileOf(sha256: string): Uint8Array | null {
    const file = this.files.get(sha256)
    return file?.complete ? file.got : null
  }

  async ask(sha256: string): Promise<Held> {
    this.travel('HEAD', 0)
    const file = this.files.get(sha256)
    return file ? { offset: file.got.byteLength, complete: file.complete } : { offset: 0, complete: false }
  }

  async put(sha256: string, _mediaType: string, bytes: ArrayBuffer): Promise<void> {
    this.travel('PUT', bytes.byteLength)
    this.files.set(sha256, { got: new Uint8Array(bytes).slice(), complete: true })
  }

  async append(sha256: string, { offset, bytes, completes }: Part): Promise<void> {
    const file = this.files.get(sha256) ?? { got: new Uint8Array(), complete: false }
    const keep = (part: Uint8Array, complete: boolean) => {
      const got = new Uint8Array(offset + part.byteLength)
      got.set(file.got)
      got.set(part, offset)
      this.files.set(sha256, { got, complete })
    }
    const isRight = this.nature.takesParts && offset === file.got.byteLength && !file.complete
    this.travel('PATCH', bytes.byteLength, (arrived) => isRight && keep(bytes.subarray(0, arrived), false))
    if (!this.nature.takesParts) throw new Problem({ code: 'parts_not_taken_yet', title: '', status: 501 })
    if (!isRight) throw new WrongOffset(file.got.byteLength)
    keep(bytes, completes)
  }

  private travel(method: string, bodyBytes: number, keepArrived?: (bytes: number) => void): void {
    this.connections += 1
    this.requests.push(method)
    const whole = headBytes + bodyBytes
    const isCut = this.connections % this.nature.cutEvery === 0
    const sent = isCut ? Math.floor(this.chance() * whole) : whole
    this.sentBytes += sent
    this.now += roundTripMs + (sent * 1000) / this.nature.bytesPerSecond
    if (!isCut) return
    const arrived = sent - headBytes - Math.floor(this.chance() * inFlightBytes)
    keepArrived?.(Math.max(0, arrived))
    throw new Offline()
  }
}
