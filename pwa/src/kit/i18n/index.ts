import { speak } from '@/api/client'
import type { Words } from './fill'
import { type Language, speakWith, useI18n } from './useI18n'

export { type Language, languages, useI18n } from './useI18n'

const loaders = { 'zh-CN': () => import('./zh-CN'), en: () => import('./en') }
const key = 'nuanfang.language'
type Loader = (language: Language) => Promise<Record<string, object>>
const further: Loader[] = []

export function chosenLanguage(): Language {
  const kept = localStorage.getItem(key)
  if (kept === 'zh-CN' || kept === 'en') return kept
  return navigator.language.toLowerCase().startsWith('zh') || !navigator.language ? 'zh-CN' : 'en'
}

export async function useLanguage(language: Language): Promise<void> {
  const [words, ...more] = await Promise.all([loaders[language](), ...further.map((load) => load(language))])
  const all: Record<string, object> = { ...words.default }
  // What loads later may add words to a room that has some already.
  for (const part of more) for (const [room, said] of Object.entries(part)) all[room] = { ...all[room], ...said }
  speakWith(language, all as Words)
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
  await useLanguage(useI18n().locale.value)
}
