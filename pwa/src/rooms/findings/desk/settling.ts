import type { Finding, Me } from '@/api/types'
import { type How, hows } from './finding'

/** What of a finding decides who may settle it. */
export interface Settleable extends Pick<Finding, 'status'> {
  visit?: { cadre_id: string } | null
  team?: { id: string } | null
  settled?: { by: string } | null
}
/** Why somebody may not: it is their own visit, or none of their business. */
export type Barred = 'own' | 'role' | null

const has = (user: Me, role: string) => user.roles.some((one) => one === role)

/**
 * How this person may settle a finding: a lead explains what their own teams did, a supervisor says what it was, nobody judges a visit of
 * their own. The server decides; this spares people forms that would be refused.
 */
export function settlingOf(user: Me | null, finding: Settleable): { hows: readonly How[]; barred: Barred } {
  if (!user) return { hows: [], barred: 'role' }
  const supervises = has(user, 'supervisor')
  const leads = has(user, 'lead') && user.teams.some((team) => team.is_lead && team.id === finding.team?.id)
  if (!supervises && !leads) return { hows: [], barred: 'role' }
  if (finding.visit?.cadre_id === user.id) return { hows: [], barred: 'own' }
  const isOpen = finding.status === 'open' || supervises || finding.settled?.by === user.id
  return { hows: isOpen ? (supervises ? hows : hows.slice(0, 1)) : [], barred: null }
}
