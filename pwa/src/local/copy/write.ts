import {
  type Entry,
  type Header,
  frameBytes,
  headerBytes,
  iterations,
  joined,
  keyFrom,
  nonceOf,
  numbered,
  toBase64,
} from './format'

export interface Making {
  passphrase: string
  made_at: string
}

/** The file, frame by frame; no more than one frame and one entry are in memory. */
export async function* writeCopy(
  entries: AsyncIterable<Entry>,
  { passphrase, made_at }: Making,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const salt = crypto.getRandomValues(new Uint8Array(16))
  const { key, check } = await keyFrom(passphrase, salt, iterations.ours)
  const header: Header = {
    kdf: 'PBKDF2-SHA-256',
    iterations: iterations.ours,
    salt: toBase64(salt),
    cipher: 'AES-256-GCM',
    nonce: toBase64(crypto.getRandomValues(new Uint8Array(7))),
    check,
    frame_bytes: frameBytes,
    made_at,
  }
  const start = headerBytes(header)
  yield start
  let frame = 0
  for await (const { plain, isLast } of frames(entries)) {
    const iv = nonceOf(header, frame, isLast)
    const sealed = new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: start }, key, plain))
    yield joined(numbered(sealed.byteLength), sealed)
    frame += 1
  }
}

interface Frame {
  plain: Uint8Array<ArrayBuffer>
  isLast: boolean
}

async function* frames(entries: AsyncIterable<Entry>): AsyncGenerator<Frame> {
  let rest: Uint8Array<ArrayBuffer> = new Uint8Array()
  for await (const entry of entries) {
    rest = joined(rest, entryBytes(entry))
    let at = 0
    // One full frame is held back: only at the end is it known which is the last.
    for (; rest.byteLength - at > frameBytes; at += frameBytes) yield { plain: rest.slice(at, at + frameBytes), isLast: false }
    rest = rest.slice(at)
  }
  yield { plain: rest, isLast: true }
}

function entryBytes({ says, bytes }: Entry): Uint8Array<ArrayBuffer> {
  const text = new TextEncoder().encode(JSON.stringify(says))
  return joined(numbered(text.byteLength), text, numbered(bytes.byteLength), bytes)
}
