import type { Me } from '@/api/types'

export type Duty = 'seeHouseholds' | 'setUp' | 'keepLedger' | 'settle' | 'people' | 'teams' | 'bringCopies'

const duties: Record<Duty, readonly string[]> = {
  seeHouseholds: ['centre', 'supervisor', 'auditor', 'lead'],
  setUp: ['centre'],
  keepLedger: ['centre'],
  settle: ['supervisor', 'lead'],
  people: ['admin'],
  teams: ['admin', 'centre'],
  bringCopies: ['lead', 'centre'],
}

/** What the desk offers this person; the server decides, this only spares people doors that would not open. */
export function may(user: Me | null, duty: Duty): boolean {
  return user?.roles.some((role) => duties[duty].includes(role)) ?? false
}
