import type { Me } from '@/api/types'

export type Face = 'phone' | 'desk'

const key = 'nuanfang.face'
const deskRoles = new Set(['centre', 'supervisor', 'auditor', 'lead', 'admin'])
const wideFrom = 768

/** Only who visits has a list to carry; the server gives nobody else one. */
export function hasVisits(user: Pick<Me, 'roles'>): boolean {
  return user.roles.some((role) => role === 'cadre' || role === 'lead')
}

/** Whoever asks households at spot checks, most of them at doors without a line. */
export function hasChecks(user: Pick<Me, 'roles'>): boolean {
  return user.roles.includes('supervisor')
}

export function hasPhone(user: Pick<Me, 'roles'>): boolean {
  return hasVisits(user) || hasChecks(user)
}

/** The phone's first page. */
export function firstPage(user: Pick<Me, 'roles'>): string {
  return hasVisits(user) || !hasChecks(user) ? '/' : '/checks'
}

export function hasDesk(user: Pick<Me, 'roles'>): boolean {
  return user.roles.some((role) => deskRoles.has(role))
}

/** The face somebody comes to: the chosen one where there is a choice, else the desk for people of both faces at a wide screen. */
export function faceFor(user: Pick<Me, 'roles'>, width: number, chosen: string | null): Face {
  if (!hasDesk(user)) return 'phone'
  if (!hasPhone(user)) return 'desk'
  if (chosen === 'phone' || chosen === 'desk') return chosen
  return width >= wideFrom ? 'desk' : 'phone'
}

export function homeOf(user: Pick<Me, 'roles'>): string {
  return faceFor(user, window.innerWidth, sessionStorage.getItem(key)) === 'desk' ? '/desk' : '/'
}

/** Kept for this tab only: a shared computer greets the next person with their own face. */
export function chooseFace(face: Face): void {
  sessionStorage.setItem(key, face)
}

export function forgetFace(): void {
  sessionStorage.removeItem(key)
}

/** The desk asks the server; only the phone keeps households on the device. */
export function isAtDesk(path: string): boolean {
  return path === '/desk' || path.startsWith('/desk/')
}
