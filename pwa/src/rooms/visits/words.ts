import { type Language, addWords } from '@/kit/i18n'

type Words = { default: object }
const loaders: Record<Language, () => Promise<Words>> = {
  'zh-CN': () => import('./words/visit.zh-CN.json'),
  en: () => import('./words/visit.en.json'),
}

let added: Promise<void> | null = null
/** Not in the first screen's weight: they come with the page of a visit. */
export function visitWords(): Promise<void> {
  added ??= addWords(async (language) => ({ visits: (await loaders[language]()).default })).catch((cause: unknown) => {
    added = null
    throw cause
  })
  return added
}
