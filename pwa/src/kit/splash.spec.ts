import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { splashes } from '../../scripts/splash.mjs'

const pub = new URL('../../public/', import.meta.url)
const tokens = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8')

describe('what an iPhone shows while the app opens', () => {
  it.each(splashes)('$file is drawn, and is exactly as large as the screen it is for', ({ file, width, height, dots }) => {
    const png = readFileSync(new URL(file, pub))
    expect(png.toString('latin1', 1, 4)).toBe('PNG')
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([width * dots, height * dots])
  })
  it('has the colour of the page that follows', () => {
    for (const { paper } of splashes) expect(tokens).toContain(`--paper: ${paper}`)
  })
  it('is chosen by words no other has', () => {
    expect(new Set(splashes.map(({ media }) => media)).size).toBe(splashes.length)
  })
})
