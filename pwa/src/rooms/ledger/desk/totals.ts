import type { Flow, FlowLink } from './flow'
import type { Sum } from './ledger'

export const sumParts = ['in_store', 'with_teams', 'handed_over', 'lost', 'returned_to_source'] as const
export type SumPart = (typeof sumParts)[number]
/** One line that adds up: received and what was handed over beyond custody, against everywhere it is. */
export type SumLine = Record<SumPart | 'received' | 'unexplained', number>

const nothing = (): SumLine => ({
  received: 0,
  unexplained: 0,
  in_store: 0,
  with_teams: 0,
  handed_over: 0,
  lost: 0,
  returned_to_source: 0,
})

/** Sum lines of one unit together: money only. */
export function addSums(sums: readonly Sum[]): SumLine {
  const line = nothing()
  for (const sum of sums) {
    line.received += sum.received
    line.unexplained += sum.unexplained
    for (const part of sumParts) line[part] += sum[part]
  }
  return line
}

export function addLines(lines: readonly SumLine[]): SumLine {
  const sum = nothing()
  for (const line of lines) for (const part of Object.keys(sum) as (keyof SumLine)[]) sum[part] += line[part]
  return sum
}

/** Where the value of some links is. What a team handed over beyond what it held is told apart for each item, as the ledger does. */
export function valueOf(flow: Flow, isMeant: (link: FlowLink) => boolean): SumLine {
  const kinds = new Map(flow.nodes.map((node) => [node.key, node.account_kind]))
  const kept = new Map<string, { key: string; value: number }>()
  const line = nothing()
  const put = (key: string, link: FlowLink, value: number) => {
    const at = `${key} ${link.item_id ?? link.fund_id ?? ''}`
    kept.set(at, { key, value: (kept.get(at)?.value ?? 0) + value })
  }
  for (const link of flow.links.filter(isMeant)) {
    put(link.from, link, -link.value_fen)
    put(link.to, link, link.value_fen)
  }
  for (const { key, value } of kept.values()) {
    const kind = kinds.get(key)
    if (kind === 'source') line.received -= value
    else if (kind === 'store') line.in_store += value
    else if (kind === 'team' || kind === 'unexplained') line[value < 0 ? 'unexplained' : 'with_teams'] += Math.abs(value)
    else if (kind === 'loss') line.lost += value
    else if (kind === 'returned') line.returned_to_source += value
    else line.handed_over += value
  }
  return line
}

/** By how much a line does not add up; nought when it does. */
export function lineOff(line: SumLine): number {
  return line.received + line.unexplained - sumParts.reduce((sum, part) => sum + line[part], 0)
}
