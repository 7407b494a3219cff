import { type Language, addWords } from '@/kit/i18n'

type Words = { default: object }
const loaders: Record<Language, () => Promise<Words>> = {
  'zh-CN': () => import('./words/check.zh-CN.json'),
  en: () => import('./words/check.en.json'),
}

let added: Promise<void> | null = null
/** Not in the first screen's weight: they come with the pages that speak them. */
export function checkWords(): Promise<void> {
  added ??= addWords(async (language) => ({ spotchecks: (await loaders[language]()).default })).catch((cause: unknown) => {
    added = null
    throw cause
  })
  return added
}
