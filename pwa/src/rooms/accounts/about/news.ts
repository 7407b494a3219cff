import type { Language } from '@/kit/i18n'
import { version } from '@/kit/version'

export interface News {
  version: string
  lines: string[]
}

const key = 'nuanfang.news'
const loaders: Record<Language, () => Promise<{ default: News[] }>> = {
  'zh-CN': () => import('./news.zh-CN.json'),
  en: () => import('./news.en.json'),
}

export async function newsIn(language: Language): Promise<News[]> {
  return (await loaders[language]()).default
}

/** Whether this version has not been read about yet. Whoever comes new has nothing to catch up on. */
export function isUnread(read: string | null, now: string): boolean {
  return read !== null && read !== now
}

export function hasNews(): boolean {
  const read = localStorage.getItem(key)
  if (read === null) noteRead()
  return isUnread(read, version)
}

export function noteRead(): void {
  localStorage.setItem(key, version)
}
