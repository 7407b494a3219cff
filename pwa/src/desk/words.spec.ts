import { readFileSync, readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import zhPhone from '@/kit/i18n/zh-CN'
import { roomOf } from './words'

const src = new URL('../', import.meta.url).pathname
const all = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((path) => /(^|\/)desk\//.test(path))

function wordsIn(language: string): Record<string, string> {
  const flat: Record<string, string> = {}
  const spread = (at: object, path: string): void => {
    for (const [key, value] of Object.entries(at)) {
      if (typeof value === 'object') spread(value as object, `${path}${key}.`)
      else flat[`${path}${key}`] = value as string
    }
  }
  for (const path of all.filter((one) => one.endsWith(`messages.${language}.json`)))
    spread(JSON.parse(readFileSync(src + path, 'utf8')) as object, `desk.${roomOf(`/src/${path}`)}.`)
  return flat
}
const holes = (text: string) => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort()

describe('the words of the desk', () => {
  const zh = wordsIn('zh-CN')
  const en = wordsIn('en')
  it('both_languages_know_the_same_keys_and_fill_the_same_holes', () => {
    expect(Object.keys(en).sort()).toEqual(Object.keys(zh).sort())
    for (const [key, text] of Object.entries(zh)) {
      expect(text.trim(), key).not.toBe('')
      expect(holes(en[key] ?? ''), key).toEqual(holes(text))
    }
  })
  it('every_key_a_desk_page_names_has_words', () => {
    const phone = new Set<string>()
    const note = (at: object, path: string): void =>
      Object.entries(at).forEach(([key, value]) =>
        typeof value === 'object' ? note(value as object, `${path}${key}.`) : phone.add(`${path}${key}`),
      )
    note(zhPhone, '')
    const pages = all.filter((path) => /\.(vue|ts)$/.test(path) && !path.endsWith('.spec.ts'))
    const unknown = pages.flatMap((path) =>
      [...readFileSync(src + path, 'utf8').matchAll(/\bt\('([^'$]+)'/g)]
        .map((match) => match[1] ?? '')
        .filter((key) => !(key in zh) && !phone.has(key))
        .map((key) => `${path}: ${key}`),
    )
    expect(pages.length).toBeGreaterThan(10)
    expect(unknown).toEqual([])
  })
})
