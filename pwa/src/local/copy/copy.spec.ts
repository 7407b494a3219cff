import { beforeAll, describe, expect, it, vi } from 'vitest'
import { sha256Hex } from '@/kit/hash'
import { Damaged, type Entry, NotACopy, WrongPassphrase, newPassphrase, plain } from './format'
import { readCopy } from './read'
import { writeCopy } from './write'

const making = { passphrase: '1234 5678 9012 3456 7890', made_at: '2026-01-10T18:00:00Z' }
const text = (words: string) => new TextEncoder().encode(words)

async function pictureEntry(size: number, item_id: string): Promise<Entry> {
  const bytes = new Uint8Array(size).fill(size % 251)
  return { says: { kind: 'picture', sha256: await sha256Hex(bytes), media_type: 'image/jpeg', item_id }, bytes }
}
async function* outboxOf(visits: number, pictures: readonly number[]): AsyncGenerator<Entry> {
  const about = { user_id: 'u', user_name: '张三', device: 'd', app_version: '1', clock_offset_ms: 0 }
  yield { says: { kind: 'about', ...about, items: visits, pictures: pictures.length }, bytes: text('') }
  for (let at = 0; at < visits; at += 1)
    yield { says: { kind: 'item', id: `v${at}`, label: '王秀英' }, bytes: text(`{"id":"v${at}"}`) }
  for (const size of pictures) yield await pictureEntry(size, 'v0')
  yield { says: { kind: 'end', items: visits, pictures: pictures.length }, bytes: text('') }
}
async function all<T>(things: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = []
  for await (const thing of things) list.push(thing)
  return list
}
async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.byteLength; at += size) yield bytes.slice(at, at + size)
}
const read = (bytes: Uint8Array, passphrase = making.passphrase) => all(readCopy(inPieces(bytes, 70_001), passphrase))

let file: Uint8Array
const rounds: number[] = []
beforeAll(async () => {
  const derive = crypto.subtle.deriveBits.bind(crypto.subtle)
  // As many rounds as are asked for would take the tests minutes.
  vi.spyOn(crypto.subtle, 'deriveBits').mockImplementation((how, ...rest) => {
    const { iterations } = how as { iterations?: number }
    if (iterations) rounds.push(iterations)
    return derive(iterations ? { ...(how as Pbkdf2Params), iterations: 10 } : how, ...rest)
  })

  file = new Uint8Array(Buffer.concat(await all(writeCopy(outboxOf(3, [300_000, 700_000, 5]), making))))
})

describe('a copy of the outbox', () => {
  it('comes_back_as_it_was_put_in_however_its_bytes_arrive', async () => {
    const entries = await read(file)
    expect(entries.map(({ says }) => says.kind)).toEqual([
      'about',
      'item',
      'item',
      'item',
      'picture',
      'picture',
      'picture',
      'end',
    ])
    expect(new TextDecoder().decode(entries[2]?.bytes)).toBe('{"id":"v1"}')
    expect(entries[5]?.bytes.byteLength).toBe(700_000)
    expect((await all(readCopy(inPieces(file, 1_000_000), making.passphrase))).length).toBe(8)
  })
  it('opens_with_the_passphrase_however_it_is_typed_and_with_no_other', async () => {
    expect((await read(file, '12345678-9012-3456-7890')).length).toBe(8)
    await expect(read(file, '1234 5678 9012 3456 7891')).rejects.toThrow(WrongPassphrase)
  })
  it('asks_six_hundred_thousand_rounds_of_whoever_guesses', () => {
    expect([...new Set(rounds)]).toEqual([600_000])
  })
  it('with_a_flipped_byte_anywhere_says_so', async () => {
    for (const at of [file.byteLength - 1, file.byteLength - 500_000, 400_000, 600]) {
      const flipped = file.slice()
      flipped[at] = (flipped[at] ?? 0) ^ 1
      await expect(read(flipped), `byte ${at}`).rejects.toThrow(Damaged)
    }
  })
  it('whose_head_was_changed_does_not_open', async () => {
    const words = new TextDecoder('latin1').decode(file)
    const changed = file.slice()
    changed[words.indexOf('2026-01-10')] = '3'.charCodeAt(0)
    await expect(read(changed)).rejects.toThrow(Damaged)
    const weak = Buffer.from(words.replace('"iterations":600000', '"iterations":100000'), 'latin1')
    await expect(read(weak)).rejects.toThrow(NotACopy)
  })
  it('cut_short_anywhere_even_between_two_frames_says_so', async () => {
    const frames = await all(writeCopy(outboxOf(1, [900_000]), making))
    expect(frames.length).toBeGreaterThan(4)
    await expect(read(Buffer.concat(frames.slice(0, -1)))).rejects.toThrow(Damaged)
    await expect(read(Buffer.concat(frames.slice(0, 1)))).rejects.toThrow(Damaged)
    await expect(read(file.slice(0, -1))).rejects.toThrow(Damaged)
    await expect(read(file.slice(0, 300_000))).rejects.toThrow(Damaged)
    const [head, first, second, ...rest] = frames as [Uint8Array, Uint8Array, Uint8Array]
    await expect(read(Buffer.concat([head, second, first, ...rest]))).rejects.toThrow(Damaged)
  })
  it('that_is_something_else_is_not_taken_for_one', async () => {
    await expect(read(text('{"not":"a copy"}'))).rejects.toThrow(NotACopy)
    await expect(read(new Uint8Array())).rejects.toThrow(NotACopy)
  })
  it('of_five_hundred_visits_and_two_thousand_pictures_is_written_and_read_piece_by_piece', async () => {
    const sizes = Array.from({ length: 2_000 }, () => 3_000)
    let largest = 0
    async function* measured(): AsyncGenerator<Uint8Array> {
      for await (const frame of writeCopy(outboxOf(500, sizes), making)) {
        largest = Math.max(largest, frame.byteLength)
        yield frame
      }
    }
    let entries = 0
    for await (const _ of readCopy(measured(), making.passphrase)) entries += 1
    expect([entries, largest]).toEqual([2_502, 262_164])
  }, 60_000)
})

describe('the passphrase that is shown', () => {
  it('is_five_groups_of_four_digits', () => {
    expect(newPassphrase()).toMatch(/^(\d{4} ){4}\d{4}$/)
    expect(plain('１２３４ 5678-9')).toBe('123456789')
  })
})
