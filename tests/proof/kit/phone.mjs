// A cadre's phone: its chain of items, its visits, its pictures.
import { createHash } from 'node:crypto'
import { deflateSync, crc32 } from 'node:zlib'

export const sha256 = (data) => createHash('sha256').update(data).digest('hex')

const chunk = (kind, body) => {
  const framed = Buffer.concat([Buffer.from(kind), body])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(body.length)
  sum.writeUInt32BE(crc(framed))
  return Buffer.concat([length, framed, sum])
}

/** Node before 20.15 has none of its own. */
function crc(bytes) {
  if (crc32) return crc32(bytes)
  let c = ~0
  for (const byte of bytes) {
    c ^= byte
    for (let k = 0; k < 8; k += 1) c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1
  }
  return ~c >>> 0
}

/** A PNG that is unlike all others. */
export function picture(dice, side = 16) {
  return developed(side, dice.bytes(side * side * 3), 1)
}

/** Takes pictures that are unlike all others, out of noise that was made once: many a second beside what is measured. */
export function camera(dice, side) {
  const film = dice.bytes(1 << 20)
  const pixels = side * side * 3
  // Bytes after the last chunk are read by nobody: should the same noise come twice, it is another file.
  return (by) => developed(side, film.subarray(by.below(film.length - pixels)), 0, by.bytes(16))
}

function developed(side, pixels, level, more = Buffer.alloc(0)) {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(side, 0)
  head.writeUInt32BE(side, 4)
  head.set([8, 2, 0, 0, 0], 8)
  const row = (_, n) => Buffer.concat([Buffer.alloc(1), pixels.subarray(n * side * 3, (n + 1) * side * 3)])
  const body = deflateSync(Buffer.concat(Array.from({ length: side }, row)), { level })
  const bytes = Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', head),
    chunk('IDAT', body),
    chunk('IEND', Buffer.alloc(0)),
    more,
  ])
  return { bytes, sha256: sha256(bytes), mediaType: 'image/png' }
}

export class Phone {
  constructor(dice) {
    this.dice = dice
    this.device = dice.id()
    this.sequence = 0
    this.previous = ''
  }

  /** Seals a body into the next item of the chain; what is sent again later is this text. */
  item(kind, body, now = new Date()) {
    this.sequence += 1
    const [id, madeAt, text] = [this.dice.id(now.getTime()), now.toISOString(), JSON.stringify(body)]
    const hash = sha256(text)
    const item = { id, sequence: this.sequence, previous: this.previous, kind, made_at: madeAt, body }
    this.previous = sha256(`${id}\n${this.sequence}\n${item.previous}\n${kind}\n${madeAt}\n${hash}`)
    return { id, hash, text: JSON.stringify(item) }
  }

  parcel(items) {
    const device = JSON.stringify({ id: this.device, app_version: '0.1.0', clock_offset_ms: 0 })
    return `{"device":${device},"items":[${items.map((item) => item.text).join(',')}]}`
  }
}

const minute = 60_000

/** An honest visit to a household of the season, everything it is entitled to handed over; an hour ago where nothing else is said. */
export function visit(season, home, pictures = [], begun = new Date(Date.now() - 60 * minute)) {
  const [from, to] = [begun, new Date(begun.getTime() + 5 * minute)].map((at) => at.toISOString())
  const cash = { kind: 'cash', fund_id: season.fund, amount_fen: home.cashFen }
  const rice = { kind: 'goods', item_id: season.rice, quantity_milli: home.riceMilli }
  const fix = { latitude: home.latitude, longitude: home.longitude, datum: 'wgs84' }
  return {
    campaign_id: season.campaign,
    household_id: home.id,
    mode: 'home',
    outcome: 'reached',
    started_at: from,
    ended_at: to,
    position: { ...fix, accuracy_m: 12, taken_at: from, source: 'gps' },
    recipient: { name: home.name, relation: 'self' },
    aid: [cash, rice],
    evidence: pictures.map((taken) => ({
      sha256: taken.sha256,
      kind: 'photo',
      subject: 'handover',
      source: 'camera',
      media_type: taken.mediaType,
      bytes: taken.bytes.length,
      taken_at: from,
    })),
    signature_ink: { strokes: 4, points: 160, box_px: [280, 110] },
    notes: '',
  }
}
