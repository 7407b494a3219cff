import type { Me } from '@/api/types'
import type { IconName } from '@/kit/ui/icons'
import { may } from './roles'

export interface Door {
  to: string
  icon: IconName
  /** A key of the shell's words. */
  words: string
}

/** The doors of one campaign; none before one is chosen. */
export function campaignDoors(user: Me | null, campaignId: string | null): Door[] {
  if (!campaignId || !may(user, 'seeHouseholds')) return []
  const at = `/desk/campaigns/${campaignId}`
  const doors: Door[] = [
    { to: at, icon: 'chart', words: 'board' },
    { to: `${at}/households`, icon: 'people', words: 'households' },
    { to: `${at}/map`, icon: 'map', words: 'map' },
    { to: `${at}/findings`, icon: 'alert', words: 'findings' },
    { to: `${at}/needs`, icon: 'note', words: 'needs' },
    ...(may(user, 'readChecks') ? [{ to: `${at}/samples`, icon: 'target', words: 'samples' } as const] : []),
    { to: `${at}/ledger`, icon: 'book', words: 'ledger' },
    { to: `${at}/flow`, icon: 'money', words: 'flow' },
  ]
  if (may(user, 'readSetUp')) doors.push({ to: `${at}/setup`, icon: 'settings', words: 'setup' })
  return doors
}

export function otherDoors(user: Me | null): Door[] {
  const doors: Door[] = []
  if (may(user, 'seeHouseholds')) doors.push({ to: '/desk/campaigns', icon: 'flag', words: 'campaigns' })
  if (may(user, 'setUp')) doors.push({ to: '/desk/imports', icon: 'file', words: 'imports' })
  if (may(user, 'teams')) doors.push({ to: '/desk/teams', icon: 'people', words: 'teams' })
  if (may(user, 'bringCopies')) doors.push({ to: '/desk/copies', icon: 'outbox', words: 'copies' })
  if (may(user, 'people')) doors.push({ to: '/desk/people', icon: 'person', words: 'people' })
  return doors
}
