import { type Language, addWords } from '@/kit/i18n'

type Words = { default: object }
const loaders: Record<Language, () => Promise<Words>> = {
  'zh-CN': () => import('./words/lock.zh-CN.json'),
  en: () => import('./words/lock.en.json'),
}

let added: Promise<void> | null = null
/** Not in the first screen's weight: they come with the pages that speak them. */
export function vaultWords(): Promise<void> {
  added ??= addWords(async (language) => ({ vault: (await loaders[language]()).default })).catch((cause: unknown) => {
    added = null
    throw cause
  })
  return added
}
