import { sha256Hex } from '@/kit/hash'
import {
  Damaged,
  type Entry,
  type Header,
  NotACopy,
  type Says,
  WrongPassphrase,
  fromBase64,
  headerLength,
  joined,
  keyFrom,
  nonceOf,
  numberIn,
  parseHeader,
  startBytes,
  tagBytes,
} from './format'

type Bytes = Uint8Array<ArrayBuffer>

/** Takes exactly as many bytes as asked for, however they arrive; null at the end. */
class Reader {
  private rest: Bytes = new Uint8Array()
  private at = 0
  private readonly source: AsyncIterator<Uint8Array>

  constructor(source: AsyncIterable<Uint8Array>) {
    this.source = source[Symbol.asyncIterator]()
  }

  async take(count: number): Promise<Bytes | null> {
    if (this.rest.byteLength - this.at < count) await this.fill(count)
    const bytes = this.rest.slice(this.at, this.at + count)
    this.at += bytes.byteLength
    return bytes.byteLength === 0 ? null : bytes
  }

  private async fill(count: number): Promise<void> {
    const parts: Uint8Array[] = [this.rest.subarray(this.at)]
    let have = this.rest.byteLength - this.at
    while (have < count) {
      const { value, done } = await this.source.next()
      if (done) break
      parts.push(value)
      have += value.byteLength
    }
    this.rest = joined(...parts)
    this.at = 0
  }

  async exactly(count: number): Promise<Bytes> {
    const bytes = count === 0 ? new Uint8Array() : await this.take(count)
    if (bytes?.byteLength !== count) throw new Damaged('cut')
    return bytes
  }
}

/** What is in the file, entry by entry, each checked: nothing comes out that was not put in. Ends only if the file is whole. */
export async function* readCopy(file: AsyncIterable<Uint8Array>, passphrase: string): AsyncGenerator<Entry> {
  const plain = new Reader(plainFrames(new Reader(file), passphrase))
  const counted = { items: 0, pictures: 0 }
  for (let isFirst = true; ; isFirst = false) {
    const length = await plain.take(4)
    if (!length) throw new Damaged('no_end')
    const says = saysIn(await plain.exactly(numberIn(length)))
    const bytes = await plain.exactly(numberIn(await plain.exactly(4)))
    if (isFirst !== (says.kind === 'about')) throw new Damaged('order')
    if (says.kind === 'picture' && (await sha256Hex(bytes)) !== (says.envelope_sha256 ?? says.sha256))
      throw new Damaged('picture')
    if (says.kind === 'item') counted.items += 1
    if (says.kind === 'picture') counted.pictures += 1
    if (says.kind === 'end') {
      const isWhole = says.items === counted.items && says.pictures === counted.pictures && (await plain.take(1)) === null
      if (!isWhole) throw new Damaged('count')
      yield { says, bytes }
      return
    }
    yield { says, bytes }
  }
}

function saysIn(text: Bytes): Says {
  try {
    return JSON.parse(new TextDecoder().decode(text)) as Says
  } catch {
    throw new Damaged('entry')
  }
}

async function* plainFrames(file: Reader, passphrase: string): AsyncGenerator<Bytes> {
  const start = (await file.take(startBytes)) ?? new Uint8Array()
  const text = await file.take(headerLength(start))
  if (!text) throw new NotACopy('header')
  const header = parseHeader(text)
  const { key, check } = await keyFrom(passphrase, fromBase64(header.salt), header.iterations)
  if (check !== header.check) throw new WrongPassphrase('wrong_passphrase')
  const additionalData = joined(start, text)
  let sealed = await nextFrame(file, header)
  if (!sealed) throw new Damaged('cut')
  for (let frame = 0; sealed; frame += 1) {
    const following: Bytes | null = await nextFrame(file, header)
    yield await open(key, { iv: nonceOf(header, frame, following === null), additionalData }, sealed)
    sealed = following
  }
}

async function nextFrame(file: Reader, header: Header): Promise<Bytes | null> {
  const length = await file.take(4)
  if (!length) return null
  if (length.byteLength < 4) throw new Damaged('cut')
  const bytes = numberIn(length)
  if (bytes < tagBytes || bytes > header.frame_bytes + tagBytes) throw new Damaged('frame')
  return file.exactly(bytes)
}

async function open(key: CryptoKey, how: { iv: Bytes; additionalData: Bytes }, sealed: Bytes): Promise<Bytes> {
  try {
    return new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', ...how }, key, sealed))
  } catch {
    throw new Damaged('frame')
  }
}

/** A file's bytes as they come; browsers differ in whether their streams can be walked through. */
export async function* bytesOf(file: Blob): AsyncGenerator<Uint8Array> {
  const reader = file.stream().getReader()
  for (;;) {
    const { value, done } = await reader.read()
    if (done) return
    yield value
  }
}
