import { readFileSync, readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import en from './en'
import zh from './zh-CN'
import lockEn from '@/rooms/vault/words/lock.en.json'
import lockZh from '@/rooms/vault/words/lock.zh-CN.json'
import checkEn from '@/rooms/spotchecks/words/check.en.json'
import checkZh from '@/rooms/spotchecks/words/check.zh-CN.json'
import visitEn from '@/rooms/visits/words/visit.en.json'
import visitZh from '@/rooms/visits/words/visit.zh-CN.json'

function keysOf(words: object, path = ''): string[] {
  return Object.entries(words).flatMap(([key, value]) =>
    typeof value === 'object' ? keysOf(value as object, `${path}${key}.`) : [`${path}${key}`],
  )
}
const valueOf = (words: object, key: string) =>
  key.split('.').reduce<unknown>((at, part) => (at as Record<string, unknown>)[part], words) as string
const holes = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort()

describe('words', () => {
  it('both_languages_know_the_same_keys', () => {
    expect(keysOf(en).sort()).toEqual(keysOf(zh).sort())
    expect(keysOf(lockEn).sort()).toEqual(keysOf(lockZh).sort())
    expect(keysOf(visitEn).sort()).toEqual(keysOf(visitZh).sort())
    expect(keysOf(checkEn).sort()).toEqual(keysOf(checkZh).sort())
  })
  it('no_word_is_empty_and_both_languages_fill_the_same_holes', () => {
    const both: [object, object][] = [
      [zh, en],
      [lockZh, lockEn],
      [visitZh, visitEn],
      [checkZh, checkEn],
    ]
    for (const [inZh, inEn] of both)
      for (const key of keysOf(inZh)) {
        expect(valueOf(inZh, key).trim(), key).not.toBe('')
        expect([...new Set(holes(valueOf(inEn, key)))], key).toEqual([...new Set(holes(valueOf(inZh, key)))])
      }
  })
  it('every_key_a_page_names_has_words', () => {
    const known = new Set([
      ...keysOf(zh),
      ...keysOf(lockZh, 'vault.'),
      ...keysOf(visitZh, 'visits.'),
      ...keysOf(checkZh, 'spotchecks.'),
    ])
    const root = new URL('../../', import.meta.url).pathname
    const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
      (file) => /\.(vue|ts)$/.test(file) && !file.endsWith('.spec.ts') && !/(^|\/)desk\//.test(file),
    )
    const unknown = files.flatMap((file) => {
      const named = [...readFileSync(root + file, 'utf8').matchAll(/\bt\('([^'$]+)'/g)].map((match) => match[1] ?? '')
      return named.filter((key) => !known.has(key)).map((key) => `${file}: ${key}`)
    })
    expect(files.length).toBeGreaterThan(20)
    expect(unknown).toEqual([])
  })
})
