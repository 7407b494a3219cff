import type { Plugin } from 'vite'

/** What a phone that opens the app for the first time asks for anyway, one step after the other: named in the page, it comes at once. */
const first = new Set(['zh-CN', 'SignInPage'])

export const askAhead: Plugin = {
  name: 'ask-ahead',
  transformIndexHtml: {
    order: 'post',
    handler(html, { bundle = {} }) {
      const chunks = Object.values(bundle).flatMap((one) => (one.type === 'chunk' && first.has(one.name) ? [one] : []))
      const scripts = chunks.flatMap((one) => [one.fileName, ...one.imports])
      const styles = scripts.flatMap((name) => {
        const one = bundle[name]
        return one?.type === 'chunk' ? [...(one.viteMetadata?.importedCss ?? [])] : []
      })
      const isNew = (name: string, at: number, all: string[]) => all.indexOf(name) === at && !html.includes(name)
      const link = (rel: string) => (name: string) => ({
        tag: 'link',
        injectTo: 'head' as const,
        attrs: { rel, href: `/${name}`, crossorigin: true, ...(rel === 'preload' ? { as: 'style' } : {}) },
      })
      return [...scripts.filter(isNew).map(link('modulepreload')), ...styles.filter(isNew).map(link('preload'))]
    },
  },
}
