import { clockOffsetMs } from '@/kit/clock'
import { sha256Hex } from '@/kit/hash'
import { version } from '@/kit/version'
import { wireText } from '../chain'
import { mediaTypeOf } from '../mediatype'
import type { Opened } from '../opened'
import type { OutboxItem, Picture, PictureBytes } from '../shapes'
import type { Store } from '../store'
import type { Entry } from './format'

/** What the server does not have yet, by name; the bytes are loaded one by one when the file is written. */
export interface Unsent {
  items: OutboxItem[]
  pictures: Picture[]
}

export async function unsent(store: Store): Promise<Unsent> {
  const [items, deliveries, pictures, bytes] = await Promise.all([
    store.outbox.orderBy('sequence').toArray(),
    store.deliveries.toArray(),
    store.pictures.toArray(),
    store.bytes.toCollection().primaryKeys(),
  ])
  const received = new Set(deliveries.filter((one) => one.state === 'received').map((one) => one.id))
  const sealed = new Set(items.map((item) => item.id))
  const kept = new Set(bytes)
  return {
    items: items.filter((item) => !received.has(item.id)),
    pictures: pictures.filter((one) => one.arrived_at === null && sealed.has(one.visit_id) && kept.has(one.sha256)),
  }
}

const nothing = new Uint8Array()

export async function* entriesOf({ store, user, device }: Opened, { items, pictures }: Unsent): AsyncGenerator<Entry> {
  const counts = { items: items.length, pictures: pictures.length }
  const phone = { device, app_version: version, clock_offset_ms: clockOffsetMs() }
  yield { says: { kind: 'about', user_id: user.id, user_name: user.name, ...phone, ...counts }, bytes: nothing }
  for (const item of items) {
    yield { says: { kind: 'item', id: item.id, label: item.label }, bytes: new TextEncoder().encode(wireText(item)) }
  }
  for (const { sha256, evidence, visit_id } of pictures) {
    const row = await store.bytes.get(sha256)
    if (!row) throw new Error('picture_lost')
    const sealed = row.sealed ? { envelope_sha256: await notedHash(store, visit_id, row) } : {}
    yield {
      says: { kind: 'picture', sha256, media_type: mediaTypeOf({ evidence }, row.bytes), item_id: visit_id, ...sealed },
      bytes: new Uint8Array(row.bytes),
    }
  }
  yield { says: { kind: 'end', ...counts }, bytes: nothing }
}

/** As it was when it was sealed: a copy of damaged bytes is not to be called whole. */
async function notedHash(store: Store, itemId: string, { sha256, bytes }: PictureBytes): Promise<string> {
  const noted = (await store.outbox.get(itemId))?.envelopes?.find((one) => one.sha256 === sha256)
  return noted?.envelope_sha256 ?? sha256Hex(bytes)
}
