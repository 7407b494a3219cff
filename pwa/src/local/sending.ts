import { appendEvidence, heldEvidence, putEvidence, sealedType } from '@/api/evidence'
import { type Believed, LineMeter, firstGuess, lanesFor, partFor } from './line'
import { mediaTypeOf } from './mediatype'
import type { Store } from './store'
import { type Means, sendFile } from './parts'
import { isForGood } from './patience'
import type { Picture } from './shapes'

/** The line as this page has seen it, shared by all that travels. */
const meter = new LineMeter()

/** What the browser says of its connection; most browsers say nothing. */
export interface Connection extends EventTarget, Believed {
  type?: string
  saveData?: boolean
}
export function connection(): Connection | null {
  return (navigator as { connection?: Connection }).connection ?? null
}

export function bytesPerSecond(): number | null {
  return meter.bytesPerSecond ?? firstGuess(connection())
}

/** Another line, or another day: what was measured no longer holds. */
export function forgetLine(): void {
  meter.forget()
}

let isThrifty = false
/** The person, or the system, wants data to be saved: smaller parts, one lane. */
export function beThrifty(thrifty: boolean): void {
  isThrifty = thrifty || connection()?.saveData === true
}

export function lanes(): number {
  return isThrifty ? 1 : lanesFor(bytesPerSecond())
}

const thriftyPart = 64 * 1024
function partBytes(): number | null {
  const part = partFor(bytesPerSecond(), lanes())
  return isThrifty ? Math.min(part ?? thriftyPart, thriftyPart) : part
}

const means: Means = {
  wire: { ask: heldEvidence, put: putEvidence, append: appendEvidence },
  meter,
  partBytes,
  takesParts: null,
}

const shutWaitMs = 60_000

/**
 * Sends one picture, as far as nothing more urgent comes; what the server will never take is kept with its reason.
 * Answers whether the server was met at all.
 */
export async function sendPicture(store: Store, picture: Picture, mustYield: () => Promise<boolean>): Promise<boolean> {
  const { sha256 } = picture
  try {
    const row = await store.bytes.get(sha256)
    if (!row) {
      await store.pictures.update(sha256, { problem: { code: 'picture_lost', title: 'picture_lost', status: 0 } })
      return false
    }
    if (!row.bytes) {
      // Still encrypted under the PIN: it goes once the app is open.
      await store.pictures.update(sha256, { next_attempt_ms: Date.now() + shutWaitMs })
      return false
    }
    const tried = picture.attempts > 0
    // Noted before the first byte: whoever goes on after a kill must ask what arrived.
    if (!tried) await store.pictures.update(sha256, { attempts: 1 })
    const file = { sha256, mediaType: row.sealed ? sealedType : mediaTypeOf(picture, row.bytes), bytes: row.bytes, tried }
    const arrived = await sendFile(means, file, mustYield)
    if (arrived) await store.pictures.update(sha256, { arrived_at: new Date().toISOString(), put_off: null })
  } catch (cause) {
    if (!isForGood(cause)) throw cause
    await store.pictures.update(sha256, { problem: cause.body, put_off: null })
  }
  return true
}
