import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8')
const themeOf = (selector: string) => {
  const block = css.slice(css.indexOf(selector)).split('}')[0] ?? ''
  return new Map([...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/g)].map((match) => [match[1] ?? '', match[2] ?? '']))
}
const light = themeOf(':root {')
const themes = { light, dark: new Map([...light, ...themeOf(":root[data-theme='dark'] {")]) }

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = parseInt(hex.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
function contrast(a: string, b: string): number {
  const [bright = 0, dim = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (bright + 0.05) / (dim + 0.05)
}

const pairs = [
  ...['paper', 'card', 'sunk'].flatMap((ground) => ['ink', 'ink-soft', 'accent-ink'].map((text) => [text, ground])),
  ['on-accent', 'accent'],
  ['on-accent', 'accent-press'],
  ['accent-ink', 'accent-soft'],
  ...['good', 'warn', 'bad', 'cool'].map((tone) => [tone, `${tone}-soft`]),
  ...['good', 'warn', 'bad', 'cool'].map((tone) => [tone, 'card']),
] as [string, string][]

describe('colours', () => {
  it.each(Object.entries(themes))('every_text_stands_out_at_4_5_to_1_in_the_%s_theme', (_, theme) => {
    for (const [text, ground] of pairs) {
      const ratio = contrast(theme.get(text) ?? '', theme.get(ground) ?? '')
      expect(ratio, `${text} on ${ground}`).toBeGreaterThanOrEqual(4.5)
    }
  })
})
