import { createI18n } from 'vue-i18n'
import { speak } from '@/api/client'

export const languages = ['zh-CN', 'en'] as const
export type Language = (typeof languages)[number]

const loaders = { 'zh-CN': () => import('./zh-CN'), en: () => import('./en') }
const key = 'nuanfang.language'
type Loader = (language: Language) => Promise<Record<string, object>>
const further: Loader[] = []

export const i18n = createI18n<false>({ legacy: false, locale: 'zh-CN', fallbackLocale: false, missingWarn: import.meta.env.DEV })

export function chosenLanguage(): Language {
  const kept = localStorage.getItem(key)
  if (kept === 'zh-CN' || kept === 'en') return kept
  return navigator.language.toLowerCase().startsWith('zh') || !navigator.language ? 'zh-CN' : 'en'
}

export async function useLanguage(language: Language): Promise<void> {
  const [words, ...more] = await Promise.all([loaders[language](), ...further.map((load) => load(language))])
  i18n.global.setLocaleMessage(language, Object.assign({}, words.default, ...more) as never)
  i18n.global.locale.value = language
  document.documentElement.lang = language
  speak(language)
}

export async function chooseLanguage(language: Language): Promise<void> {
  localStorage.setItem(key, language)
  await useLanguage(language)
}

/** Words of a part that loads later (the desk): fetched now, and with every change of language from now on. */
export async function addWords(load: Loader): Promise<void> {
  further.push(load)
  await useLanguage(i18n.global.locale.value as Language)
}
