import type { Me } from '@/api/types'
import type { DeskFinding, How } from './finding'
import { settlingOf } from './settling'

/** Findings are settled together only when they have one cause, that is one code; at most so many at once. */
export const mostPicked = 200

export const mayPick = (user: Me | null, finding: DeskFinding): boolean =>
  finding.status === 'open' && settlingOf(user, finding).hows.length > 0

/** The code of what is picked; null while nothing is. */
export function codeOf(items: readonly DeskFinding[], picked: ReadonlySet<string>): string | null {
  return items.find((one) => picked.has(one.id))?.code ?? null
}

/** Picks a finding or lets it go; another code than the others' leaves the picks as they are. */
export function toggled(items: readonly DeskFinding[], picked: ReadonlySet<string>, finding: DeskFinding): Set<string> {
  const next = new Set(picked)
  if (next.delete(finding.id)) return next
  const code = codeOf(items, picked)
  if ((code === null || code === finding.code) && next.size < mostPicked) next.add(finding.id)
  return next
}

/** Every finding of this page that has the code and may be picked. */
export function allWith(items: readonly DeskFinding[], code: string, user: Me | null): DeskFinding[] {
  return items.filter((one) => one.code === code && mayPick(user, one)).slice(0, mostPicked)
}

/** The ways that hold for every one of them. */
export function commonHows(user: Me | null, findings: readonly DeskFinding[]): How[] {
  const [first, ...rest] = findings.map((one) => settlingOf(user, one).hows)
  return (first ?? []).filter((how) => rest.every((other) => other.includes(how)))
}
