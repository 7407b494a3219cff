import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type Proof, differences } from './verify'

const path = new URL('../../../../tests/vectors/sampling.json', import.meta.url)
const { cases } = JSON.parse(readFileSync(path, 'utf8')) as { cases: Proof[] }
const one = () => structuredClone(cases[2]) as Proof

describe('a draw', () => {
  it('is_repeated_in_the_browser_to_the_letter_of_the_vectors', async () => {
    expect(cases.length).toBeGreaterThan(5)
    for (const proof of cases) expect(await differences(proof)).toEqual([])
  })
  it('that_lies_is_caught_in_the_part_that_lies', async () => {
    const cut = one()
    cut.frame.pop()
    expect(await differences(cut)).toContain('root')
    const swapped = one()
    swapped.drawn[0] = swapped.frame.find(([id]) => !swapped.drawn.includes(id))?.[0] ?? ''
    expect(await differences(swapped)).toEqual(['drawn'])
    const seated = one()
    seated.seats = { ...seated.seats, 'T1/sudden': 40 }
    expect(await differences(seated)).toEqual(['seats'])
    expect(await differences({ ...one(), campaign_seed: '00'.repeat(32) })).toEqual(['commitment', 'draw_seed'])
  })
  it('whose_campaign_seed_is_not_published_yet_is_held_against_its_own', async () => {
    expect(await differences({ ...one(), campaign_seed: null })).toEqual([])
  })
})

it('the_lines_on_the_public_page_are_those_of_the_manual', () => {
  const root = new URL('../../../../', import.meta.url)
  const manual = readFileSync(new URL('docs/draw.md', root), 'utf8')
  const lines = readFileSync(new URL('./verify.py', import.meta.url), 'utf8')
  expect(manual).toContain(`\`\`\`python\n${lines}\`\`\``)
})
