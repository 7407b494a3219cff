import type { AidLine, VisitBody } from '@/api/types'
import type { RosterLine } from '@/local/shapes'
import { readIdNumber } from './idnumber'

/** The server takes no longer roster. */
export const mostLines = 500

/** What one received, the next most likely receives too. */
export function newLine(id: string, roster: readonly RosterLine[]): RosterLine {
  return { id, name: '', id_number: '', amount_fen: roster.at(-1)?.amount_fen ?? 0, signature: null }
}

/** A line begun and left empty is nobody. */
export const isSomebody = (line: RosterLine) => Boolean(line.name.trim() || line.id_number.trim() || line.signature)

export function totalOf(roster: readonly RosterLine[]): number {
  return roster.reduce((sum, line) => sum + (isSomebody(line) ? line.amount_fen : 0), 0)
}

/** The cash handed over follows the roster as long as it agreed with it; what was set by hand stays. */
export function following(
  aid: readonly AidLine[],
  before: readonly RosterLine[],
  after: readonly RosterLine[],
  fundId: string | null,
): AidLine[] {
  const cash = aid.reduce((sum, line) => sum + (line.kind === 'cash' ? line.amount_fen : 0), 0)
  return cash === totalOf(before) ? withCash(aid, totalOf(after), fundId) : [...aid]
}

export function withCash(aid: readonly AidLine[], amount_fen: number, fundId: string | null): AidLine[] {
  const fund_id = aid.find((line) => line.kind === 'cash')?.fund_id ?? fundId
  const goods = aid.filter((line) => line.kind === 'goods')
  return fund_id ? [{ kind: 'cash', fund_id, amount_fen }, ...goods] : goods
}

export interface LineFault {
  is: 'nameless' | 'number' | 'twice'
  /** As people count. */
  line: number
}

/** What the office would stumble over. Nothing of it keeps the visit from being finished. */
export function faultsOf(roster: readonly RosterLine[]): LineFault[] {
  const seen = new Set<string>()
  return roster.filter(isSomebody).flatMap((line, at): LineFault[] => {
    const faults: LineFault[] = []
    const { number } = readIdNumber(line.id_number)
    if (!line.name.trim()) faults.push({ is: 'nameless', line: at + 1 })
    if (line.id_number.trim() && !number) faults.push({ is: 'number', line: at + 1 })
    if (number && seen.has(number)) faults.push({ is: 'twice', line: at + 1 })
    if (number) seen.add(number)
    return faults
  })
}

/** Stands where no name was written: the server takes no line without one, and the rest of the roster must not wait for it. */
export const noName = '—'

export function groupOf(roster: readonly RosterLine[]): VisitBody['group'] {
  const recipients = roster.filter(isSomebody).map((line) => ({
    name: line.name.trim() || noName,
    id_number: readIdNumber(line.id_number).number ?? (line.id_number.trim() || null),
    amount_fen: line.amount_fen,
    signature: line.signature,
  }))
  return recipients.length > 0 ? { recipients, total_fen: totalOf(roster) } : null
}

/** The first on the roster who has not signed. */
export function nextToSign(roster: readonly RosterLine[]): RosterLine | null {
  return roster.find((line) => isSomebody(line) && !line.signature) ?? null
}
