import { type Language, addWords } from '@/kit/i18n'

type Words = { default: object }
const files: Record<Language, Record<string, () => Promise<Words>>> = {
  'zh-CN': import.meta.glob<Words>(['/src/desk/messages.zh-CN.json', '/src/rooms/*/desk/messages.zh-CN.json']),
  en: import.meta.glob<Words>(['/src/desk/messages.en.json', '/src/rooms/*/desk/messages.en.json']),
}

/** `/src/rooms/ledger/desk/messages.en.json` speaks under `desk.ledger`, the shell's own words under `desk.shell`. */
export function roomOf(path: string): string {
  return /\/rooms\/([^/]+)\/desk\//.exec(path)?.[1] ?? 'shell'
}

async function deskWords(language: Language): Promise<{ desk: object }> {
  const loaded = await Promise.all(
    Object.entries(files[language]).map(async ([path, load]) => [roomOf(path), (await load()).default] as const),
  )
  return { desk: Object.fromEntries(loaded) }
}

let added: Promise<void> | null = null
export function loadDeskWords(): Promise<void> {
  added ??= addWords(deskWords)
  return added
}
