/** What the browser believes of the line; a guess, until the line itself has been seen at work. */
export interface Believed {
  effectiveType?: string
  /** Megabits a second. */
  downlink?: number
}

const guesses: Record<string, number> = { 'slow-2g': 4_000, '2g': 8_000, '3g': 50_000 }

/** Bytes a second to begin with; null when there is nothing to go by. Upwards is rarely as quick as down. */
export function firstGuess(believed: Believed | null): number | null {
  const guess = guesses[believed?.effectiveType ?? '']
  if (guess !== undefined) return guess
  const { downlink } = believed ?? {}
  return downlink ? Math.round((downlink * 125_000) / 4) : null
}

/** One picture at a time on a poor line, up to four on a good one. */
export function lanesFor(bytesPerSecond: number | null): number {
  if (bytesPerSecond === null || bytesPerSecond < 60_000) return 1
  return bytesPerSecond < 250_000 ? 2 : 4
}

export const leastPart = 16 * 1024
const partSeconds = 10

/** A part takes about ten seconds of its lane; null when nothing is known of the line, and the whole is worth a try. */
export function partFor(bytesPerSecond: number | null, lanes = 1): number | null {
  if (bytesPerSecond === null) return null
  return Math.max(leastPart, Math.round((bytesPerSecond * partSeconds) / lanes))
}

/** Less than this says more about the way there and back than about what the line carries. */
const tellingBytes = 8 * 1024
const tellingMs = 5_000
const remembersMs = 30_000

/**
 * What got through, over the time in which anything was under way: several pictures at once are one line.
 * It remembers half a minute of work, so that a line that changes is soon known again.
 */
export class LineMeter {
  private bytes = 0
  private busyMs = 0
  private underWay = 0
  private since = 0

  constructor(private readonly now: () => number = () => performance.now()) {}

  began(): void {
    this.settle()
    this.underWay += 1
  }

  ended(bytes: number): void {
    this.settle()
    this.underWay -= 1
    this.credit(bytes)
  }

  /** Bytes of a cut part that turn out to have arrived. */
  credit(bytes: number): void {
    this.bytes += bytes
    if (this.busyMs <= remembersMs) return
    this.bytes *= remembersMs / this.busyMs
    this.busyMs = remembersMs
  }

  get bytesPerSecond(): number | null {
    if (this.bytes < tellingBytes && this.busyMs < tellingMs) return null
    return (this.bytes * 1000) / Math.max(1, this.busyMs)
  }

  /** Another line begins. */
  forget(): void {
    this.bytes = 0
    this.busyMs = 0
    this.since = this.now()
  }

  private settle(): void {
    const now = this.now()
    if (this.underWay > 0) this.busyMs += now - this.since
    this.since = now
  }
}

const largestPush = 512 * 1024

/** Visits in one push: what the line carries in ten seconds, for the answer comes only after the last byte. */
export function pushFor(bytesPerSecond: number | null): number {
  return Math.min(largestPush, partFor(bytesPerSecond) ?? largestPush / 8)
}
