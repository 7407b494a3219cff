import { describe, expect, it } from 'vitest'
import type { Me } from '@/api/types'
import { mayBring } from './useOpenCopy'

const person = (roles: string[], isLead = false) => ({ roles, teams: [{ is_lead: isLead }] }) as unknown as Me

describe('who may bring what another recorded', () => {
  it('is_a_lead_or_the_centre', () => {
    expect([person(['cadre', 'lead']), person(['centre']), person(['cadre'], true)].map(mayBring)).toEqual([true, true, true])
    expect([person(['cadre']), person(['supervisor']), person(['auditor', 'admin'])].map(mayBring)).toEqual([false, false, false])
  })
})
