import { type Held, type Part, WrongOffset } from '@/api/evidence'
import { Offline, Problem } from '@/api/problem'
import { leastPart } from './line'
import { isPutOff } from './patience'

/** What one file's way to the server needs next. */
export type Move = { do: 'ask' } | { do: 'put' } | { do: 'append'; from: number; to: number } | { do: 'done' }

export interface Progress {
  size: number
  /** What the server is known to have; null when only it can tell. */
  held: Held | null
  /** It was sent before, or begun: something of it may lie there. */
  tried: boolean
  /** Null until the server has shown it. */
  takesParts: boolean | null
  /** How much goes at once; null: all of it. */
  partBytes: number | null
}

/** On a good line one piece; after a cut, or on a poor line, parts from where the server's copy ends. */
export function nextMove({ size, held, tried, takesParts, partBytes }: Progress): Move {
  if (!held) return { do: 'ask' }
  if (held.complete) return { do: 'done' }
  const most = partBytes ?? size
  if (takesParts === false || (!tried && held.offset === 0 && most >= size)) return { do: 'put' }
  // A server that takes no parts would let a large one travel for nothing.
  const part = takesParts ? most : leastPart
  const left = size - held.offset
  // A short rest travels along: it is not worth a way of its own.
  return { do: 'append', from: held.offset, to: left <= part * 1.25 ? size : held.offset + part }
}

export interface Wire {
  ask(sha256: string): Promise<Held>
  put(sha256: string, mediaType: string, bytes: ArrayBuffer): Promise<void>
  append(sha256: string, part: Part): Promise<void>
}

export interface Meter {
  began(): void
  ended(bytes: number): void
  credit(bytes: number): void
}

export interface Sending {
  sha256: string
  mediaType: string
  bytes: ArrayBuffer
  tried: boolean
}

/** What is learnt of the server and the line while sending, shared by all pictures. */
export interface Means {
  wire: Wire
  meter: Meter
  partBytes: () => number | null
  takesParts: boolean | null
}

/** How much longer a sealed file is than what it holds. */
const envelopeBytes = 101

/** So many cuts one after the other, with nothing got through between them, are no line. */
const mostCuts = 3

/** Sends one file by as many requests as the line needs; false when it stepped back, between two parts, for something more urgent. */
export async function sendFile(means: Means, sending: Sending, mustYield?: () => Promise<boolean>): Promise<boolean> {
  const way = new Way(means, sending)
  for (;;) {
    const move = way.next()
    if (move.do === 'done') return true
    if (move.do === 'append' && way.isUnderWay && (await mustYield?.())) return false
    await way.go(move)
  }
}

class Way {
  private held: Held | null
  private tried: boolean
  private cuts = 0
  private corrections = 0
  private mustBeWhole = false
  /** Where the last part began whose end was not answered. */
  private cutFrom: number | null = null
  isUnderWay = false

  constructor(
    private readonly means: Means,
    private readonly sending: Sending,
  ) {
    this.tried = sending.tried
    this.held = sending.tried ? null : { offset: 0, complete: false }
  }

  next(): Move {
    const { takesParts, partBytes } = this.means
    const whole = this.mustBeWhole
    return nextMove({
      size: this.sending.bytes.byteLength,
      held: this.held,
      tried: this.tried,
      takesParts: whole ? false : takesParts,
      partBytes: partBytes(),
    })
  }

  async go(move: Move): Promise<void> {
    if (move.do === 'ask') await this.ask()
    else if (move.do === 'put') await this.put()
    else if (move.do === 'append') await this.append(move.from, move.to)
  }

  private async ask(): Promise<void> {
    this.held = await this.means.wire.ask(this.sending.sha256)
    // More than there is to send is not this file: only the whole can set it right. Of a complete one the offset may be
    // another than was sent: the server opened it.
    if (!this.held.complete && this.held.offset > this.sending.bytes.byteLength) this.startOver()
    const { cutFrom, held } = this
    this.cutFrom = null
    if (cutFrom === null || held.offset <= cutFrom) return
    this.means.meter.credit(held.offset - cutFrom)
    this.cuts = 0
  }

  private async put(): Promise<void> {
    const { sha256, mediaType, bytes } = this.sending
    try {
      await this.measured(bytes.byteLength, () => this.means.wire.put(sha256, mediaType, bytes))
      this.held = { offset: bytes.byteLength, complete: true }
    } catch (cause) {
      if (!(cause instanceof Offline) || this.means.takesParts === false || this.mustBeWhole) throw cause
      this.afterCut(0, cause)
    }
  }

  private async append(from: number, to: number): Promise<void> {
    const { sha256, bytes } = this.sending
    const completes = to === bytes.byteLength
    this.isUnderWay = true
    try {
      const part = { offset: from, bytes: new Uint8Array(bytes, from, to - from), completes }
      await this.measured(to - from, () => this.means.wire.append(sha256, part))
      this.means.takesParts = true
      this.held = { offset: to, complete: completes }
      this.cuts = 0
    } catch (cause) {
      if (cause instanceof Offline) this.afterCut(from, cause)
      else if (cause instanceof WrongOffset) this.correct(cause)
      else this.afterRefusal(cause, completes)
    }
  }

  private async measured(bytes: number, work: () => Promise<void>): Promise<void> {
    this.means.meter.began()
    try {
      await work()
      this.means.meter.ended(bytes)
    } catch (cause) {
      this.means.meter.ended(0)
      throw cause
    }
  }

  private afterCut(from: number, cause: Offline): void {
    this.cuts += 1
    if (this.cuts > mostCuts) throw cause
    this.tried = true
    this.held = null
    this.cutFrom = from
  }

  private correct(cause: WrongOffset): void {
    this.corrections += 1
    if (this.corrections > mostCuts || cause.offset > this.sending.bytes.byteLength) this.startOver()
    // At the end, or so close to it that it may be the opened one, only the server can say whether it is complete.
    else if (cause.offset >= this.sending.bytes.byteLength - envelopeBytes) this.held = null
    else this.held = { offset: cause.offset, complete: false }
  }

  private afterRefusal(cause: unknown, completes: boolean): void {
    if (!(cause instanceof Problem)) throw cause
    if ([404, 405, 501].includes(cause.status)) {
      // Of parts this server knows nothing; it is told nothing about the file itself.
      this.means.takesParts = false
    } else if (completes && cause.status === 422 && !isPutOff(cause.body)) this.startOver()
    else throw cause
  }

  /** What lies there is not the beginning of this file: one whole replaces it. */
  private startOver(): void {
    this.mustBeWhole = true
    this.held = { offset: 0, complete: false }
  }
}
