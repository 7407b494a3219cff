import { type Ref, ref, shallowRef } from 'vue'
import { type Filling, type Words, fill, find } from './fill'

export const languages = ['zh-CN', 'en'] as const
export type Language = (typeof languages)[number]

/** All that is spoken now, in the language that is spoken now. */
const words = shallowRef<Words>({})
const locale = ref<Language>('zh-CN')

export function speakWith(language: Language, all: Words): void {
  words.value = all
  locale.value = language
}

/** The words for a key, filled: by name, by the number that chooses the form, or both. */
function t(key: string, filling?: Filling | number, n?: number): string {
  const text = find(words.value, key)
  if (text === null) return key
  return typeof filling === 'number' ? fill(text, {}, filling) : fill(text, filling, n)
}

/** Whether there are words for a key. */
const te = (key: string): boolean => find(words.value, key) !== null

/**
 * What a page speaks with. Forty lines do all that is asked of them; the library that did it before weighed a sixth of
 * the first screen, most of it a compiler of messages.
 */
export function useI18n(): { t: typeof t; te: typeof te; locale: Ref<Language> } {
  return { t, te, locale }
}
