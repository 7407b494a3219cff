import { appendEvidence, heldEvidence, missingEvidence, putEvidence } from '@/api/evidence'
import { Problem } from '@/api/problem'
import { type Believed, LineMeter, firstGuess, lanesFor, partFor } from './line'
import type { Opened } from './opened'
import { type Means, sendFile } from './parts'
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

const means: Means = {
  wire: { ask: heldEvidence, put: putEvidence, append: appendEvidence },
  meter,
  partBytes: () => partFor(bytesPerSecond(), lanesFor(bytesPerSecond())),
  takesParts: null,
}

/** What the server says of the picture itself, so that sending it again would say the same. */
const isAboutThePicture = (cause: unknown): cause is Problem =>
  cause instanceof Problem && [400, 413, 415, 422].includes(cause.status)

/** Sends one picture; what the server will never take is kept with its reason, and holds up no other. */
export async function sendPicture({ store }: Opened, picture: Picture): Promise<void> {
  const { sha256, evidence } = picture
  try {
    const tried = picture.attempts > 0
    const isThere = tried && (await missingEvidence([sha256])).length === 0
    if (!isThere) {
      const row = await store.bytes.get(sha256)
      if (!row) {
        await store.pictures.update(sha256, { problem: { code: 'picture_lost', title: 'picture_lost', status: 0 } })
        return
      }
      await sendFile(means, { sha256, mediaType: evidence.media_type, bytes: row.bytes, tried })
    }
    await store.pictures.update(sha256, { arrived_at: new Date().toISOString() })
  } catch (cause) {
    if (!isAboutThePicture(cause)) throw cause
    await store.pictures.update(sha256, { problem: cause.body })
  }
}
