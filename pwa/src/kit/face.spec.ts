import { describe, expect, it } from 'vitest'
import { faceFor, firstPage, isAtDesk } from './face'

describe('which face somebody sees', () => {
  it('a_cadre_always_sees_the_phone', () => {
    expect(faceFor({ roles: ['cadre'] }, 1440, 'desk')).toBe('phone')
  })
  it('who_does_not_visit_has_only_the_desk_however_narrow_the_screen', () => {
    for (const role of ['centre', 'auditor', 'admin'] as const)
      expect(faceFor({ roles: [role] }, 412, 'phone'), role).toBe('desk')
  })
  it('a_lead_lands_at_the_desk_where_there_is_room', () => {
    expect([768, 412].map((width) => faceFor({ roles: ['lead'] }, width, null))).toEqual(['desk', 'phone'])
  })
  it('a_lead_who_chose_the_phone_keeps_it', () => {
    expect(faceFor({ roles: ['cadre', 'lead'] }, 1440, 'phone')).toBe('phone')
  })
  it('a_supervisor_asks_at_doors_with_the_phone_and_judges_at_the_desk', () => {
    expect([1440, 412].map((width) => faceFor({ roles: ['supervisor'] }, width, null))).toEqual(['desk', 'phone'])
    expect(faceFor({ roles: ['supervisor'] }, 412, 'desk')).toBe('desk')
    expect([
      firstPage({ roles: ['supervisor'] }),
      firstPage({ roles: ['lead', 'supervisor'] }),
      firstPage({ roles: ['cadre'] }),
    ]).toEqual(['/checks', '/', '/'])
  })
  it('an_address_that_only_begins_alike_is_not_the_desk', () => {
    expect([isAtDesk('/desk'), isAtDesk('/desk/campaigns'), isAtDesk('/desks')]).toEqual([true, true, false])
  })
})
