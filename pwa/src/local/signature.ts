import type { Evidence, Position } from '@/api/types'
import { sha256Hex } from '@/kit/hash'
import { inkToPng } from '@/kit/ink/draw'
import { keepPicture } from './pictures'
import type { Stroke } from './shapes'
import type { Store } from './store'

/** Whatever is signed on the screen: its strokes, and where the phone was if it knew. */
export interface Signed {
  id: string
  strokes: readonly Stroke[]
  position: Position | null
}

/** The ink becomes a picture like any other: hashed, kept and read back. */
export async function keepSignature(store: Store, { id, strokes, position }: Signed): Promise<Evidence> {
  const bytes = await inkToPng(strokes)
  const last = strokes.at(-1)?.points.at(-1)?.time
  const evidence: Evidence = {
    sha256: await sha256Hex(bytes),
    kind: 'signature',
    subject: 'recipient',
    source: 'ink',
    media_type: 'image/png',
    bytes: bytes.byteLength,
    taken_at: new Date(last ?? Date.now()).toISOString(),
    ...(position ? { position } : {}),
  }
  await keepPicture(store, id, evidence, bytes)
  return evidence
}
