import { describe, expect, it } from 'vitest'
import { type PersonForm, personFaults, suggestPassword } from './people'

const form: PersonForm = { org_id: 'o', username: 'zhou.min', name: '周敏', roles: ['cadre'], password: 'a-long-password' }

describe('a person at the desk', () => {
  it('a_whole_form_has_no_fault', () => expect(personFaults(form, true)).toEqual({}))
  it('what_is_wrong_is_named_field_by_field', () => {
    expect(personFaults({ org_id: '', username: 'a b', name: ' ', roles: [], password: 'short' }, true)).toEqual({
      name: 'fill',
      roles: 'choose',
      org_id: 'choose',
      username: 'username',
      password: 'password',
    })
  })
  it('a_change_may_leave_the_password_as_it_is', () => {
    expect(personFaults({ ...form, password: '' }, false)).toEqual({})
    expect(personFaults({ ...form, password: 'short' }, false)).toEqual({ password: 'password' })
  })
  it('a_suggested_password_can_be_read_out_and_is_long_enough', () => {
    const password = suggestPassword(new Uint8Array([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 250, 251, 252, 253, 254]))
    expect(password).toMatch(/^[a-hjkmnp-z2-9]{5}-[a-hjkmnp-z2-9]{5}-[a-hjkmnp-z2-9]{5}$/)
    expect(personFaults({ ...form, password }, true)).toEqual({})
  })
})
