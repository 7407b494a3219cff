import { describe, expect, it } from 'vitest'
import { WrongOffset } from '@/api/evidence'
import { Offline, Problem } from '@/api/problem'
import { LineMeter, partFor } from './line'
import { Line, seeded } from './line.testing'
import { type Means, type Progress, type Sending, nextMove, sendFile } from './parts'

const progress = (more: Partial<Progress>): Progress => ({
  size: 300_000,
  held: { offset: 0, complete: false },
  tried: false,
  takesParts: true,
  partBytes: null,
  ...more,
})

describe('the next move', () => {
  it('is_one_put_on_a_good_line_and_on_one_nobody_knows_yet', () => {
    expect(nextMove(progress({ partBytes: 2_000_000 }))).toEqual({ do: 'put' })
    expect(nextMove(progress({}))).toEqual({ do: 'put' })
  })
  it('is_a_part_on_a_poor_line_and_a_short_rest_travels_along', () => {
    const poor = { partBytes: 80_000 }
    expect(nextMove(progress(poor))).toEqual({ do: 'append', from: 0, to: 80_000 })
    expect(nextMove(progress({ ...poor, held: { offset: 205_000, complete: false } }))).toEqual({
      do: 'append',
      from: 205_000,
      to: 300_000,
    })
  })
  it('after_a_cut_is_to_ask_what_arrived_and_then_to_go_on_from_there', () => {
    expect(nextMove(progress({ held: null, tried: true }))).toEqual({ do: 'ask' })
    expect(nextMove(progress({ held: { offset: 7, complete: false }, tried: true }))).toEqual({
      do: 'append',
      from: 7,
      to: 300_000,
    })
    expect(nextMove(progress({ held: { offset: 300_000, complete: true }, tried: true }))).toEqual({ do: 'done' })
  })
  it('tries_a_server_that_has_not_shown_whether_it_takes_parts_with_a_small_one', () => {
    expect(nextMove(progress({ takesParts: null, partBytes: 80_000 }))).toEqual({ do: 'append', from: 0, to: 16_384 })
    expect(nextMove(progress({ takesParts: false, partBytes: 80_000 }))).toEqual({ do: 'put' })
  })
})

function meansFor(line: Line, more: Partial<Omit<Means, 'meter'>> = {}): Means & { meter: LineMeter } {
  const meter = new LineMeter(() => line.now)
  return { wire: line, partBytes: () => partFor(meter.bytesPerSecond), takesParts: null, ...more, meter }
}

function picture(seed: number, bytes = 300_000): Sending {
  const chance = seeded(seed)
  const content = new Uint32Array(bytes / 4)
  for (let at = 0; at < content.length; at += 1) content[at] = chance() * 4_294_967_296
  return { sha256: `picture-${seed}`, mediaType: 'image/jpeg', bytes: content.buffer, tried: false }
}

/** As the outbox does it: a line that breaks off is tried again a little later. */
async function sendAll(line: Line, pictures: Sending[], means = meansFor(line)): Promise<void> {
  for (const sending of pictures) {
    for (let tries = 0; !(await attempt(means, { ...sending, tried: tries > 0 })); tries += 1) line.now += 2_000
    expect(Buffer.compare(line.fileOf(sending.sha256) ?? Buffer.of(), Buffer.from(sending.bytes))).toBe(0)
  }
}
const attempt = (means: Means, sending: Sending) =>
  sendFile(means, sending).catch((cause: unknown) => {
    if (cause instanceof Offline) return false
    throw cause
  })

describe('fifty pictures of 300 KB at 64 kbit/s, every fifth connection cut at a random byte', () => {
  for (const seed of [1, 2, 3]) {
    it(`cost_at_most_a_tenth_more_than_they_weigh_by_seed_${seed}`, async ({ annotate }) => {
      const line = new Line({ bytesPerSecond: 8_000, cutEvery: 5, takesParts: true, seed })
      const pictures = Array.from({ length: 50 }, (_, at) => picture(seed * 100 + at))
      await sendAll(line, pictures)
      const ratio = line.sentBytes / (50 * 300_000)
      const cuts = Math.floor(line.connections / 5)
      await annotate(`seed ${seed}: ${ratio.toFixed(4)} bytes sent for each needed, ${line.connections} connections, ${cuts} cut`)
      expect(ratio, `${ratio.toFixed(4)} bytes sent for each byte needed`).toBeLessThanOrEqual(1.1)
    })
  }
})

describe('sending a file', () => {
  it('takes_one_request_on_a_good_line', async () => {
    const line = new Line({ bytesPerSecond: 1_000_000, cutEvery: 1_000, takesParts: true, seed: 1 })
    await sendAll(line, [picture(1), picture(2)])
    expect(line.requests).toEqual(['PUT', 'PUT'])
  })
  it('arrives_whole_where_the_server_takes_no_parts', async () => {
    const line = new Line({ bytesPerSecond: 8_000, cutEvery: 3, takesParts: false, seed: 4 })
    await sendAll(line, [picture(1), picture(2), picture(3)])
    expect(line.requests.filter((method) => method === 'PATCH')).toHaveLength(1)
    expect(line.sentBytes).toBeLessThan(1.7 * 900_000)
  })
  it('parts_grow_and_shrink_with_the_line', async () => {
    const line = new Line({ bytesPerSecond: 8_000, cutEvery: 1_000, takesParts: true, seed: 1 })
    const means = meansFor(line)
    await sendAll(line, [picture(1), picture(2)], means)
    expect(partFor(means.meter.bytesPerSecond)).toBeGreaterThan(60_000)
    expect(partFor(means.meter.bytesPerSecond)).toBeLessThanOrEqual(80_000)
    expect([partFor(100), partFor(1_000_000), partFor(80_000, 4), partFor(null)]).toEqual([16_384, 10_000_000, 200_000, null])
  })
  it('steps_back_between_two_parts_when_something_more_urgent_came_and_goes_on_later', async () => {
    const line = new Line({ bytesPerSecond: 8_000, cutEvery: 1_000, takesParts: true, seed: 1 })
    let urgent = true
    const means = meansFor(line, { partBytes: () => 80_000, takesParts: true })
    const mustYield = async () => urgent
    expect(await sendFile(means, picture(1), mustYield)).toBe(false)
    expect(line.requests).toEqual(['PATCH'])
    urgent = false
    expect(await sendFile(means, { ...picture(1), tried: true }, mustYield)).toBe(true)
    expect(line.sentBytes).toBeLessThan(303_000)
  })
  it('gives_up_on_a_line_that_carries_nothing', async () => {
    const line = new Line({ bytesPerSecond: 8_000, cutEvery: 1, takesParts: true, seed: 1 })
    await expect(sendFile(meansFor(line), picture(1))).rejects.toThrow(Offline)
    expect(line.connections).toBeLessThan(10)
  })
  it('sends_the_whole_where_parts_of_it_did_not_hash_to_its_name_and_says_so_if_that_does_not_either', async () => {
    const line = new Line({ bytesPerSecond: 8_000, cutEvery: 1_000, takesParts: true, seed: 1 })
    const wrong = new Problem({ code: 'hash_mismatch', title: '', status: 422 })
    const append = () => Promise.reject(wrong)
    const wire = { ask: line.ask.bind(line), put: line.put.bind(line), append }
    const means = meansFor(line, { wire, partBytes: () => 400_000, takesParts: true })
    await sendFile(means, { ...picture(1), tried: true })
    expect(line.requests).toEqual(['HEAD', 'PUT'])
    const refusing = { ...means, wire: { ...wire, put: append } }
    await expect(sendFile(refusing, { ...picture(2), tried: true })).rejects.toThrow('hash_mismatch')
  })
  it('a_server_that_has_more_than_there_is_gets_the_whole', async () => {
    const line = new Line({ bytesPerSecond: 8_000, cutEvery: 1_000, takesParts: true, seed: 1 })
    const wire = {
      ask: async () => ({ offset: 999_999, complete: false }),
      put: line.put.bind(line),
      append: line.append.bind(line),
    }
    await sendFile(meansFor(line, { wire }), { ...picture(1), tried: true })
    expect(line.requests).toEqual(['PUT'])
  })

  it('a_server_without_the_key_to_an_envelope_is_not_sent_the_whole_of_it_for_that', async () => {
    const line = new Line({ bytesPerSecond: 8_000, cutEvery: 1_000, takesParts: true, seed: 1 })
    const append = () => Promise.reject(new Problem({ code: 'seal_key_unknown', title: '', status: 422 }))
    const wire = { ask: line.ask.bind(line), put: line.put.bind(line), append }
    const means = meansFor(line, { wire, partBytes: () => 400_000, takesParts: true })
    await expect(sendFile(means, { ...picture(1), tried: true })).rejects.toThrow('seal_key_unknown')
    expect(line.requests).toEqual(['HEAD'])
  })
  it('an_envelope_the_server_opened_is_complete_though_its_offset_is_the_pictures', async () => {
    const line = new Line({ bytesPerSecond: 8_000, cutEvery: 1_000, takesParts: true, seed: 1 })
    const asked: string[] = []
    const wire = {
      ask: async (name: string) => {
        asked.push(name)
        return asked.length === 1 ? { offset: 200_000, complete: false } : { offset: 299_899, complete: true }
      },
      put: line.put.bind(line),
      append: async () => {
        throw new WrongOffset(299_899)
      },
    }
    const means = meansFor(line, { wire, takesParts: true })
    expect(await sendFile(means, { ...picture(1), tried: true })).toBe(true)
    expect([asked.length, line.requests.length]).toEqual([2, 0])
  })
})
