import { sha256Hex } from '@/kit/hash'
import type { OutboxItem } from './shapes'

type Link = Pick<OutboxItem, 'id' | 'sequence' | 'previous' | 'kind' | 'made_at' | 'body_sha256'>

/** The hash the next item names as `previous`: a gap or a fork in one phone's visits then shows. */
export function linkHash(item: Link): Promise<string> {
  return sha256Hex([item.id, item.sequence, item.previous, item.kind, item.made_at, item.body_sha256].join('\n'))
}

/** The item as it goes on the wire, with its body's text untouched. */
export function wireText(item: OutboxItem): string {
  const head = {
    id: item.id,
    sequence: item.sequence,
    previous: item.previous,
    kind: item.kind,
    made_at: item.made_at,
    ...(item.time_token ? { time_token: item.time_token } : {}),
  }
  return `${JSON.stringify(head).slice(0, -1)},"body":${item.body_text}}`
}

export interface DeviceSays {
  id: string
  app_version: string
  clock_offset_ms: number
}

export function pushText(device: DeviceSays, items: readonly OutboxItem[]): string {
  return `{"device":${JSON.stringify(device)},"items":[${items.map(wireText).join(',')}]}`
}
