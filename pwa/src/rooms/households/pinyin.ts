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
