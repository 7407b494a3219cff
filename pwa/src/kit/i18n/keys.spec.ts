import { readFileSync, readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import zh from './zh-CN'

function keysOf(words: object, path = ''): string[] {
  return Object.entries(words).flatMap(([key, value]) =>
    typeof value === 'object' ? keysOf(value as object, `${path}${key}.`) : [`${path}${key}`],
  )
}

const root = new URL('../../', import.meta.url).pathname
const texts = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.(vue|ts)$/.test(file) && !/\.(spec|testing|d)\.ts$/.test(file))
  .map((file) => ({ file, text: readFileSync(root + file, 'utf8') }))
/** Words that come with the pages that speak them: `rooms/vault/words/lock.zh-CN.json`. */
const later = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((file) => /^rooms\/\w+\/words\/.*\.zh-CN\.json$/.test(file))
  .flatMap((file) => keysOf(JSON.parse(readFileSync(root + file, 'utf8')) as object, `${file.split('/')[1] ?? ''}.`))
const keys = [...keysOf(zh), ...later]

const rooms = Object.keys(zh).concat('vault', 'spotchecks')
const shape = new RegExp(`^(${rooms.join('|')})(\\.[\\w-]+)+$`)
const literals = (text: string) =>
  [...text.matchAll(/'([\w.-]+)'|"([\w.-]+)"|`([\w.-]+)`/g)].map((match) => match[1] ?? match[2] ?? match[3] ?? '')
/** `households.show.${value}` names every key that begins so and goes on in one step, or ends so. */
const patterns = (text: string) =>
  [...text.matchAll(/`((?:[\w.-]|\$\{[^`}]*(?:\{[^}]*\}[^`}]*)*\})+)`/g)]
    .map((match) => match[1] ?? '')
    .filter((one) => one.includes('${') && rooms.some((room) => one.startsWith(`${room}.`)))
    .map((one) => new RegExp(`^${one.replaceAll('.', '\\.').replaceAll(/\$\{.*?\}(?=[\w\\.-]|$)/g, '[\\w.-]*')}$`))

describe('keys', () => {
  const isKnown = new Set(keys)
  const groups = new Set(keys.flatMap((key) => key.split('.').map((_, at, steps) => steps.slice(0, at).join('.'))))
  it('every_text_that_looks_like_a_key_has_words', () => {
    const unknown = texts.flatMap(({ file, text }) =>
      /(^|\/)desk\//.test(file)
        ? []
        : literals(text)
            .filter((one) => shape.test(one) && !isKnown.has(one) && !groups.has(one))
            .map((one) => `${file}: ${one}`),
    )
    expect(unknown).toEqual([])
  })
  it('every_key_put_together_from_parts_fits_some_words', () => {
    const lost = texts.flatMap(({ file, text }) =>
      /(^|\/)desk\//.test(file)
        ? []
        : patterns(text)
            .filter((one) => !keys.some((key) => one.test(key)))
            .map((one) => `${file}: ${one.source}`),
    )
    expect(lost).toEqual([])
  })
  it('no_words_are_carried_that_nobody_says', () => {
    const said = new Set(texts.flatMap(({ text }) => literals(text)))
    const fits = texts.flatMap(({ text }) => patterns(text))
    expect(keys.filter((key) => !said.has(key) && !fits.some((one) => one.test(key)))).toEqual([])
  })
})
