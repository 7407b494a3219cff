import type { Me } from '@/api/types'

export type Duty =
  | 'seeHouseholds'
  | 'setUp'
  | 'readSetUp'
  | 'keepLedger'
  | 'settle'
  | 'readChecks'
  | 'spotCheck'
  | 'people'
  | 'teams'
  | 'bringCopies'
  | 'seeOriginals'

const duties: Record<Duty, readonly string[]> = {
  seeHouseholds: ['centre', 'supervisor', 'auditor', 'lead'],
  setUp: ['centre'],
  readSetUp: ['centre', 'auditor'],
  keepLedger: ['centre'],
  settle: ['supervisor', 'lead'],
  readChecks: ['supervisor', 'centre', 'auditor'],
  spotCheck: ['supervisor'],
  people: ['admin'],
  teams: ['admin', 'centre'],
  bringCopies: ['lead', 'centre'],
  seeOriginals: ['supervisor', 'auditor', 'centre'],
}

/** What the desk offers this person; the server decides, this only spares people doors that would not open. */
export function may(user: Me | null, duty: Duty): boolean {
  return user?.roles.some((role) => duties[duty].includes(role)) ?? false
}
