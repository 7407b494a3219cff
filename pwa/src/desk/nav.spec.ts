import { describe, expect, it } from 'vitest'
import type { Me } from '@/api/types'
import { campaignDoors, otherDoors } from './nav'
import { may } from './roles'

const user = (...roles: string[]) => ({ roles }) as unknown as Me
const words = (doors: { words: string }[]) => doors.map((door) => door.words)

describe('the doors of the desk', () => {
  it('the_centre_sets_up_and_imports', () => {
    expect(words(campaignDoors(user('centre'), 'c'))).toEqual([
      'board',
      'households',
      'map',
      'findings',
      'needs',
      'samples',
      'ledger',
      'flow',
      'setup',
    ])
    expect(words(otherDoors(user('centre')))).toEqual(['campaigns', 'imports', 'teams', 'copies'])
  })
  it('a_lead_and_the_centre_bring_what_a_phone_saved_and_nobody_else', () => {
    expect(words(otherDoors(user('cadre', 'lead')))).toEqual(['campaigns', 'copies'])
    expect(['supervisor', 'auditor', 'admin', 'cadre'].filter((role) => may(user(role), 'bringCopies'))).toEqual([])
  })
  it('an_admin_sees_people_and_no_household', () => {
    expect(campaignDoors(user('admin'), 'c')).toEqual([])
    expect(words(otherDoors(user('admin')))).toEqual(['teams', 'people'])
  })
  it('an_auditor_reads_everything_and_changes_nothing', () => {
    expect(words(campaignDoors(user('auditor'), 'c'))).toEqual([
      'board',
      'households',
      'map',
      'findings',
      'needs',
      'samples',
      'ledger',
      'flow',
      'setup',
    ])
    expect(
      (['setUp', 'keepLedger', 'settle', 'spotCheck', 'people', 'teams', 'bringCopies'] as const).filter((duty) =>
        may(user('auditor'), duty),
      ),
    ).toEqual([])
  })
  it('a_lead_hears_nothing_of_the_spot_check', () => {
    expect(words(campaignDoors(user('cadre', 'lead'), 'c'))).toEqual([
      'board',
      'households',
      'map',
      'findings',
      'needs',
      'ledger',
      'flow',
    ])
  })
  it('nobody_has_doors_to_a_campaign_that_is_not_chosen', () => {
    expect(campaignDoors(user('centre'), null)).toEqual([])
  })
})
