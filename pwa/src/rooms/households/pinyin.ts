/** Pinyin initials for search; the dictionary is large and loads only when somebody types Latin letters. */
let loading: Promise<(text: string) => string> | null = null
const known = new Map<string, string>()

export function loadInitials(): Promise<(text: string) => string> {
  loading ??= import('pinyin-pro').then(({ pinyin }) => (text: string) => {
    const kept = known.get(text)
    if (kept !== undefined) return kept
    const sounds = pinyin(text, { pattern: 'first', toneType: 'none', type: 'array', surname: 'head' }).join('').toLowerCase()
    known.set(text, sounds)
    return sounds
  })
  return loading
}

/** How long the page may stand still for it, in one go. */
const atOnceMs = 6

/** Reads many texts beforehand, in small pieces: of thousands of addresses, done at one keystroke, the key would stick. */
export async function readBefore(initials: (text: string) => string, texts: readonly string[]): Promise<void> {
  let began = performance.now()
  for (const text of texts) {
    initials(text)
    if (performance.now() - began < atOnceMs) continue
    await new Promise((go) => setTimeout(go))
    began = performance.now()
  }
}
