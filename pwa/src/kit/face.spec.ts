import { describe, expect, it } from 'vitest'
import { faceFor, isAtDesk } from './face'

describe('which face somebody sees', () => {
  it('a_cadre_always_sees_the_phone', () => {
    expect(faceFor({ roles: ['cadre'] }, 1440, 'desk')).toBe('phone')
  })
  it('desk_people_land_at_the_desk_where_there_is_room', () => {
    for (const role of ['centre', 'supervisor', 'auditor', 'lead', 'admin']) {
      expect(faceFor({ roles: [role] }, 768, null), role).toBe('desk')
      expect(faceFor({ roles: [role] }, 412, null), role).toBe('phone')
    }
  })
  it('a_lead_who_chose_the_phone_keeps_it', () => {
    expect(faceFor({ roles: ['cadre', 'lead'] }, 1440, 'phone')).toBe('phone')
  })
  it('an_address_that_only_begins_alike_is_not_the_desk', () => {
    expect([isAtDesk('/desk'), isAtDesk('/desk/campaigns'), isAtDesk('/desks')]).toEqual([true, true, false])
  })
})
