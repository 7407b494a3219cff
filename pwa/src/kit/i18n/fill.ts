/** What fills the holes of a text. */
export type Filling = Readonly<Record<string, unknown>>

/** Which of a text's forms fits a number: with two, one or many; with three, none, one or many. */
function formFor(n: number, forms: number): number {
  const count = Math.abs(n)
  if (forms === 2) return count === 1 ? 0 : 1
  return Math.min(Math.trunc(count), 2, forms - 1)
}

/** `"{n} picture | {n} pictures"`, filled: forms are parted by bars, holes are named in braces, and an unfilled hole is left out. */
export function fill(text: string, filling: Filling = {}, n?: number): string {
  const forms = text.split('|')
  const number = n ?? filling.count ?? filling.n
  const form = forms.length > 1 ? forms[formFor(typeof number === 'number' ? number : 1, forms.length)] : text
  const holes: Filling = n === undefined ? filling : { n, count: n, ...filling }
  return (form ?? '').trim().replaceAll(/\{(\w+)\}/g, (_, hole: string) => String(holes[hole] ?? ''))
}

export type Words = { readonly [key: string]: string | Words }

/** `a.b.c`, step by step; null where no text stands. */
export function find(words: Words, path: string): string | null {
  let at: Words | string | undefined = words
  for (const step of path.split('.')) {
    if (typeof at !== 'object' || !Object.hasOwn(at, step)) return null
    at = at[step]
  }
  return typeof at === 'string' ? at : null
}
