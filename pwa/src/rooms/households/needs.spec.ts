import { describe, expect, it } from 'vitest'
import { byUrgency } from './needs'

describe('needs', () => {
  it('the_most_urgent_stands_first_and_what_has_waited_longest_before_what_is_as_urgent', () => {
    const need = (urgency: string, raised_at: string) => ({ urgency, raised_at })
    const given = [need('later', '2026-01-01'), need('odd', '2025-01-01'), need('now', '2026-01-03'), need('now', '2026-01-02')]
    expect(byUrgency(given).map((one) => `${one.urgency} ${one.raised_at}`)).toEqual([
      'now 2026-01-02',
      'now 2026-01-03',
      'later 2026-01-01',
      'odd 2025-01-01',
    ])
  })
})
