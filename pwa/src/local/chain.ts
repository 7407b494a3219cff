import { sha256Hex } from '@/kit/hash'
import type { OutboxItem } from './shapes'

type Link = Pick<OutboxItem, 'id' | 'sequence' | 'previous' | 'kind' | 'made_at' | 'body_sha256'>

/** The hash the next item names as `previous`: a gap or a fork in one phone's visits then shows. */
export function linkHash(item: Link): Promise<string> {
  return sha256Hex([item.id, item.sequence, item.previous, item.kind, item.made_at, item.body_sha256].join('\n'))
}

/** What of an item its hash is over: the envelope's text, or the body's. */
export function contentOf(item: Pick<OutboxItem, 'body_text' | 'sealed'>): string {
  return item.sealed ?? item.body_text ?? ''
}

/** How much it weighs in a push, or a little more. */
export function wireBytes(item: OutboxItem): number {
  return item.sealed ? item.sealed.length : (item.body_text?.length ?? 0) * 3
}

/** The item as it goes on the wire, with its content's text untouched. */
export function wireText(item: OutboxItem): string {
  const head = {
    id: item.id,
    sequence: item.sequence,
    previous: item.previous,
    kind: item.kind,
    made_at: item.made_at,
    ...(item.time_token ? { time_token: item.time_token } : {}),
  }
  // Base64 needs no escaping, and must not be written otherwise than it was hashed.
  const content = item.sealed ? `"sealed":"${item.sealed}"` : `"body":${item.body_text}`
  return `${JSON.stringify(head).slice(0, -1)},${content}}`
}

const beginnings = [
  { begins: ',"body":', ends: '}' },
  { begins: ',"sealed":"', ends: '"}' },
]

/** What an item on the wire is hashed over, for a reader that has no more than its text: the content stands last. */
export function contentIn(text: string): string {
  const [first] = beginnings
    .map((one) => ({ ...one, at: text.indexOf(one.begins) }))
    .filter(({ at }) => at !== -1)
    .sort((a, b) => a.at - b.at)
  return first && text.endsWith(first.ends) ? text.slice(first.at + first.begins.length, -first.ends.length) : ''
}

export interface DeviceSays {
  id: string
  app_version: string
  clock_offset_ms: number
}

/** `onBehalfOf`: whose records they are, when somebody else brings them. */
export function frameText(device: DeviceSays, items: readonly string[], onBehalfOf: string | null = null): string {
  const owner = onBehalfOf ? `"on_behalf_of":${JSON.stringify(onBehalfOf)},` : ''
  return `{"device":${JSON.stringify(device)},${owner}"items":[${items.join(',')}]}`
}

export function pushText(device: DeviceSays, items: readonly OutboxItem[]): string {
  return frameText(device, items.map(wireText))
}
