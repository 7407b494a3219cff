import { sha256Hex } from '@/kit/hash'
import type { AcknowledgeBody, CheckBody, ItemKind, SealKey, VisitBody } from '@/api/types'
import { noteSealed } from './canary'
import { contentOf, linkHash } from './chain'
import { sealTo, toBase64 } from './envelope'
import { knownFrom } from './known'
import type { Opened } from './opened'
import { NotKept, dropDraftsOf } from './outbox'
import { leanEvidence, picturesOf } from './pictures'
import type { Delivery, OutboxItem } from './shapes'
import { type Store, readMeta, steadily } from './store'

/** What becomes an item of the chain. */
export interface Sealing {
  id: string
  kind: ItemKind
  body: VisitBody | AcknowledgeBody | CheckBody
  /** How the outbox calls it. */
  label: string
  made_at: string
}

interface Envelope {
  sha256: string
  bytes: Uint8Array<ArrayBuffer>
  envelope_sha256: string
}

/** All that will be written, made before anything is. */
interface Content {
  parts: Pick<OutboxItem, 'body_text' | 'sealed' | 'body_sha256' | 'known' | 'envelopes'>
  envelopes: Envelope[]
  /** The visit's own pictures, as many as there were when this was made. */
  names: string[]
}

/** Fetched while a visit is being written, so that it can be finished where there is no line. */
export async function prepareSealing(): Promise<void> {
  await import('@hpke/core').catch(() => undefined)
}

/**
 * Finishes a visit, an acknowledgement or a check: it becomes the next link of this phone's chain and never changes again.
 * With a key of the campaign's, it and its pictures are sealed so that this phone cannot read them either.
 *
 * Wherever the app is killed, nothing is lost and no name ever stands for two contents on the wire:
 * - The envelopes are made in memory. Killed here, the draft and its plain pictures stand as they were; what was made is gone,
 *   and nobody has seen it, for only what lies in the outbox is sent.
 * - One transaction writes the item with its text and puts every picture's envelope in the place of its plain bytes:
 *   all of it is on the disk, or none.
 * - From then on every try, of any tab or worker, sends those very bytes. Finishing again finds the item and makes nothing.
 * - It is read back, and only then does the draft go. Killed before, the next start or the next press does that.
 */
export async function seal(opened: Opened, sealing: Sealing): Promise<OutboxItem> {
  return (await finishedBefore(opened, sealing.id)) ?? settle(opened, await append(opened.store, sealing))
}

/** The item, when an earlier try came that far and only its end is missing. */
export async function finishedBefore(opened: Opened, id: string): Promise<OutboxItem | null> {
  const item = await opened.store.outbox.get(id)
  return item ? settle(opened, item) : null
}

async function settle({ store, user, device }: Opened, item: OutboxItem): Promise<OutboxItem> {
  await readBack(store, item)
  noteSealed(user.id, { device, sequence: item.sequence })
  await steadily(store, () => dropDraftsOf(store, [item.id]))
  return item
}

async function append(store: Store, sealing: Sealing): Promise<OutboxItem> {
  const time_token = await readMeta<string>(store, 'time_token')
  let content = await contentFor(store, sealing)
  for (;;) {
    const last = await store.outbox.orderBy('sequence').last()
    const item = itemOf(sealing, content, {
      sequence: (last?.sequence ?? 0) + 1,
      previous: last ? await linkHash(last) : '',
      time_token,
    })
    const came = await steadily(store, () => write(store, item, content, last?.id))
    if (typeof came === 'object') return came
    // Another tab put a picture in or took one out meanwhile. Nothing was written, so it may be made anew.
    if (came === 'other_pictures') content = await contentFor(store, sealing)
  }
}

type Link = Pick<OutboxItem, 'sequence' | 'previous' | 'time_token'>

function itemOf({ id, kind, body, label, made_at }: Sealing, content: Content, link: Link): OutboxItem {
  return {
    id,
    kind,
    made_at,
    ...link,
    ...content.parts,
    campaign_id: body.campaign_id,
    household_id: 'household_id' in body ? body.household_id : null,
    slip_id: 'slip_id' in body ? body.slip_id : null,
    check_id: 'check_id' in body ? body.check_id : null,
    label,
  }
}

/** Hashing and sealing may not happen inside a transaction (the browser would commit it early): they are done before. */
async function contentFor(store: Store, { id, kind, body }: Sealing): Promise<Content> {
  for (const { sha256 } of body.evidence) await mustBeKept(store, sha256)
  const names = (await picturesOf(store, id)).map(({ sha256 }) => sha256)
  const body_text = JSON.stringify(body)
  const key = await keyOf(store, body.campaign_id)
  // An older server, or a campaign without a key: as before there were any.
  if (!key) return { parts: { body_text, body_sha256: await sha256Hex(body_text) }, envelopes: [], names }
  const sealed = toBase64(await sealTo(key, new TextEncoder().encode(body_text), `item\n${id}\n${kind}`))
  const envelopes: Envelope[] = []
  // One after the other: no more than one plain picture is in memory beside the envelopes.
  for (const sha256 of names) {
    const row = await store.bytes.get(sha256)
    if (!row || row.sealed) continue
    const bytes = await sealTo(key, row.bytes, `picture\n${sha256}`)
    envelopes.push({ sha256, bytes, envelope_sha256: await sha256Hex(bytes) })
  }
  return {
    parts: {
      body_text: null,
      sealed,
      body_sha256: await sha256Hex(sealed),
      known: 'outcome' in body ? knownFrom(body) : null,
      envelopes: envelopes.map(({ sha256, envelope_sha256 }) => ({ sha256, envelope_sha256 })),
    },
    envelopes,
    names,
  }
}

async function keyOf(store: Store, campaignId: string): Promise<SealKey | null> {
  const key = (await store.campaigns.get(campaignId))?.seal_key
  return key && typeof key === 'object' ? key : null
}

/** Each picture the body names must be here, whole, or have arrived already. */
async function mustBeKept(store: Store, sha256: string): Promise<void> {
  const row = await store.bytes.get(sha256)
  // One of an earlier visit's, sealed with it or gone to the server: that visit's read-back answers for it.
  if (row?.sealed || (!row && (await store.pictures.get(sha256))?.arrived_at)) return
  if (!row || (await sha256Hex(row.bytes)) !== sha256) throw new NotKept()
}

/** All or nothing; the item as it stands when another tab was quicker with this very visit. */
async function write(
  store: Store,
  item: OutboxItem,
  { envelopes, names }: Content,
  lastId: string | undefined,
): Promise<OutboxItem | 'other_last' | 'other_pictures'> {
  const { outbox, deliveries, pictures, bytes } = store
  return store.transaction('rw', [outbox, deliveries, pictures, bytes], async () => {
    const there = await outbox.get(item.id)
    if (there) return there
    const newest = await outbox.orderBy('sequence').last()
    if (newest?.id !== lastId) return 'other_last'
    const own = await pictures.where('visit_id').equals(item.id).toArray()
    if (own.length !== names.length || own.some(({ sha256 }) => !names.includes(sha256))) return 'other_pictures'
    await outbox.add(item)
    await deliveries.add(waitingFor(item))
    for (const { sha256, bytes: envelope } of envelopes) await bytes.put({ sha256, bytes: envelope.buffer, sealed: true })
    // What the envelope says of a picture need not stand beside it: where it was taken, and from what.
    // In the clear they must go without the PIN, too.
    if (!item.sealed) await bytes.where('sha256').anyOf(names).modify({ open: true })
    if (item.sealed) for (const { sha256, evidence } of own) await pictures.update(sha256, { evidence: leanEvidence(evidence) })
    return item
  })
}

function waitingFor({ id, sequence }: OutboxItem): Delivery {
  return {
    id,
    sequence,
    state: 'waiting',
    attempts: 0,
    next_attempt_ms: 0,
    receipt: null,
    received_at: null,
    standing: null,
    problem: null,
  }
}

/** What was sealed cannot be compared with what was said; it is held against the hashes noted when it was made. */
async function readBack(store: Store, item: OutboxItem): Promise<void> {
  const kept = await store.outbox.get(item.id)
  if (!kept || (await sha256Hex(contentOf(kept))) !== item.body_sha256) throw new NotKept()
  for (const { sha256, hash } of namedIn(kept)) {
    const row = await store.bytes.get(sha256)
    if (row ? (await sha256Hex(row.bytes)) === hash : (await store.pictures.get(sha256))?.arrived_at) continue
    throw new NotKept()
  }
}

function namedIn(item: OutboxItem): { sha256: string; hash: string }[] {
  if (item.sealed) return (item.envelopes ?? []).map(({ sha256, envelope_sha256 }) => ({ sha256, hash: envelope_sha256 }))
  const { evidence } = JSON.parse(item.body_text ?? '') as Sealing['body']
  return evidence.map(({ sha256 }) => ({ sha256, hash: sha256 }))
}
