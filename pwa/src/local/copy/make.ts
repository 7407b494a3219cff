import type { Opened } from '../opened'
import { type Unsent, entriesOf } from './gather'
import { bytesOf, readCopy } from './read'
import { writeCopy } from './write'

/** The whole file; its parts are handed to the browser as they come, which keeps large ones on the disk. */
export async function makeCopy(opened: Opened, what: Unsent, passphrase: string, made_at: string): Promise<Blob> {
  const parts: Blob[] = []
  for await (const frame of writeCopy(entriesOf(opened, what), { passphrase, made_at })) parts.push(new Blob([frame]))
  return new Blob(parts, { type: 'application/octet-stream' })
}

/** Whether the file holds all of it, read from its first byte to its last. */
export async function isWhole(file: Blob, passphrase: string, what: Unsent): Promise<boolean> {
  const names = new Set([...what.items.map((item) => item.id), ...what.pictures.map((picture) => picture.sha256)])
  for await (const { says } of readCopy(bytesOf(file), passphrase)) {
    if (says.kind === 'item') names.delete(says.id)
    if (says.kind === 'picture') names.delete(says.sha256)
  }
  return names.size === 0
}
