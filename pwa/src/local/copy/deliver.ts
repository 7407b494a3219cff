import { push } from '@/api/calls'
import { heldEvidence, putEvidence, sealedType } from '@/api/evidence'
import { Problem } from '@/api/problem'
import type { ProblemBody, PushResult } from '@/api/types'
import { sha256Hex } from '@/kit/hash'
import { type DeviceSays, contentIn, frameText } from '../chain'
import { isItsOwn } from '../patience'
import { isProven, unproven } from '../proof'
import type { Store } from '../store'
import { type Entry, Damaged, type Says } from './format'

type About = Extract<Says, { kind: 'about' }>
type PictureSays = Extract<Says, { kind: 'picture' }>

/** Somebody else's records: they go only as that person's, and only when whoever brings them has said so. */
export class AnothersCopy extends Error {
  constructor(readonly about: About) {
    super('anothers')
  }
}

/** The server does not let this person bring that person's records. */
export class MayNotBring extends Error {
  constructor(readonly owner: string) {
    super('may_not_bring')
  }
}

export interface Bringer {
  store: Store
  user: { id: string }
  /** Whose records this person agreed to bring; null: only their own. */
  onBehalfOf: string | null
}

export interface Refused {
  /** Null for a picture of a record that is not in the file. */
  label: string | null
  problem: ProblemBody
}

export interface Delivered {
  items: number
  pictures: number
  /** What the server did not take. */
  refused: Refused[]
}

interface Waiting {
  id: string
  label: string
  text: string
}

const itemsAtOnce = 50
const charactersAtOnce = 150_000

/** Pushes what is in a copy through the ordinary doors. Doing it again changes nothing: the server knows each thing by its name. */
export async function deliver(
  entries: AsyncIterable<Entry>,
  bringer: Bringer,
  progress: (sofar: Delivered) => void,
): Promise<Delivered> {
  let delivery: Delivery | null = null
  for await (const entry of entries) {
    if (entry.says.kind === 'about') delivery = new Delivery(entry.says, bringer, progress)
    else if (!delivery) throw new Damaged('about')
    else await delivery.take(entry)
  }
  if (!delivery) throw new Damaged('about')
  return delivery.done
}

class Delivery {
  readonly done: Delivered = { items: 0, pictures: 0, refused: [] }
  private readonly device: DeviceSays
  private readonly labels = new Map<string, string>()
  private batch: Waiting[] = []

  constructor(
    private readonly about: About,
    private readonly bringer: Bringer,
    private readonly progress: (sofar: Delivered) => void,
  ) {
    if (about.user_id !== bringer.user.id && about.user_id !== bringer.onBehalfOf) throw new AnothersCopy(about)
    this.device = { id: about.device, app_version: about.app_version, clock_offset_ms: about.clock_offset_ms }
  }

  async take({ says, bytes }: Entry): Promise<void> {
    if (says.kind === 'item') {
      this.labels.set(says.id, says.label)
      this.batch.push({ id: says.id, label: says.label, text: new TextDecoder().decode(bytes) })
      const characters = this.batch.reduce((sum, item) => sum + item.text.length, 0)
      if (this.batch.length < itemsAtOnce && characters <= charactersAtOnce) return
    }
    await this.pushBatch()
    if (says.kind === 'picture') await this.send(says, bytes)
    this.progress({ ...this.done })
  }

  private async pushBatch(): Promise<void> {
    const { batch } = this
    this.batch = []
    if (batch.length === 0) return
    const { results } = await this.push(batch.map((item) => item.text))
    const answered = new Map(results.map((result) => [result.id, result]))
    for (const item of batch) {
      const problem = await this.problemWith(item, answered.get(item.id))
      if (problem) this.done.refused.push({ label: item.label, problem })
      else this.done.items += 1
    }
  }

  private async push(texts: readonly string[]) {
    const { about, bringer } = this
    const owner = about.user_id === bringer.user.id ? null : about.user_id
    try {
      return await push(frameText(this.device, texts, owner))
    } catch (cause) {
      if (owner && cause instanceof Problem && cause.status === 404) throw new MayNotBring(about.user_name)
      throw cause
    }
  }

  /** What the server says it has counts here, too, only with its receipt. */
  private async problemWith({ id, text }: Waiting, result: PushResult | undefined): Promise<ProblemBody | null> {
    if (result?.status !== 'stored' && result?.status !== 'duplicate') {
      const status = result?.status ?? 'unanswered'
      return result?.problem ?? { code: status, title: status, status: 0 }
    }
    const { sequence } = JSON.parse(text) as { sequence: number }
    const about = { id, hash: await sha256Hex(contentIn(text)), device: this.device.id, sequence }
    return (await isProven(this.bringer.store, result, about)) ? null : unproven
  }

  /** One picture the server will not have holds up no other. */
  private async send({ sha256, media_type, item_id, envelope_sha256 }: PictureSays, bytes: Entry['bytes']): Promise<void> {
    try {
      const type = envelope_sha256 ? sealedType : media_type
      if (!(await heldEvidence(sha256)).complete) await putEvidence(sha256, type, bytes.buffer)
      this.done.pictures += 1
    } catch (cause) {
      if (!isItsOwn(cause)) throw cause
      this.done.refused.push({ label: this.labels.get(item_id) ?? null, problem: cause.body })
    }
  }
}
