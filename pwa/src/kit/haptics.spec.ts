import { afterEach, describe, expect, it, vi } from 'vitest'
import { pulse } from './haptics'

function phone(isStill: boolean, vibrate?: (pattern: number[]) => boolean): void {
  vi.stubGlobal('navigator', { vibrate })
  vi.stubGlobal('matchMedia', () => ({ matches: isStill }))
}

describe('a pulse', () => {
  afterEach(() => vi.unstubAllGlobals())
  it('is_felt_differently_for_done_and_for_refused', () => {
    const felt = vi.fn(() => true)
    phone(false, felt)
    pulse('good')
    pulse('warn')
    expect(felt.mock.calls).toEqual([[[20]], [[30, 60, 30]]])
  })
  it('is_left_out_where_motion_is_not_wanted_or_the_phone_cannot', () => {
    const felt = vi.fn(() => true)
    phone(true, felt)
    pulse('good')
    phone(false)
    expect(() => pulse('good')).not.toThrow()
    expect(felt).not.toHaveBeenCalled()
  })
})
