import { push } from '@/api/calls'
import { heldEvidence, putEvidence } from '@/api/evidence'
import { type Entry, Damaged } from './format'

/** Somebody else's records: the server would write them down as done by whoever sends them. */
export class AnothersCopy extends Error {
  constructor(readonly owner: string) {
    super('anothers')
  }
}

export interface Delivered {
  items: number
  pictures: number
  /** What the server did not take, with its words. */
  refused: { label: string; words: string }[]
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
  userId: string,
  progress: (sofar: Delivered) => void,
): Promise<Delivered> {
  const done: Delivered = { items: 0, pictures: 0, refused: [] }
  let device = ''
  let batch: Waiting[] = []
  const pushBatch = async () => {
    if (batch.length > 0) await pushAll(device, batch, done)
    batch = []
    progress({ ...done })
  }
  for await (const { says, bytes } of entries) {
    if (says.kind === 'about') {
      if (says.user_id !== userId) throw new AnothersCopy(says.user_name)
      device = JSON.stringify({ id: says.device, app_version: says.app_version, clock_offset_ms: says.clock_offset_ms })
    } else if (says.kind === 'item') {
      batch.push({ id: says.id, label: says.label, text: new TextDecoder().decode(bytes) })
      const characters = batch.reduce((sum, item) => sum + item.text.length, 0)
      if (batch.length >= itemsAtOnce || characters > charactersAtOnce) await pushBatch()
    } else if (says.kind === 'picture') {
      await pushBatch()
      if (!(await heldEvidence(says.sha256)).complete) await putEvidence(says.sha256, says.media_type, bytes.buffer)
      done.pictures += 1
      progress({ ...done })
    } else await pushBatch()
  }
  if (!device) throw new Damaged('about')
  return done
}

async function pushAll(device: string, batch: readonly Waiting[], done: Delivered): Promise<void> {
  const { results } = await push(`{"device":${device},"items":[${batch.map((item) => item.text).join(',')}]}`)
  const answered = new Map(results.map((result) => [result.id, result]))
  for (const { id, label } of batch) {
    const result = answered.get(id)
    if (result?.status === 'stored' || result?.status === 'duplicate') done.items += 1
    else done.refused.push({ label, words: result?.problem?.detail || result?.problem?.title || result?.status || '' })
  }
}
