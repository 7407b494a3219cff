import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { VitePWA } from 'vite-plugin-pwa'
import { defineConfig } from 'vitest/config'
import { askAhead } from './scripts/ahead'
import { manifest } from './scripts/manifest.mjs'
import { splashLinks } from './scripts/splash.mjs'

const src = fileURLToPath(new URL('./src', import.meta.url))

/** Vant's icon font weighs 30 KB and comes from a data: URL the CSP forbids; the app draws its own icons. */
const noIconFont = {
  name: 'no-icon-font',
  enforce: 'pre' as const,
  load(id: string) {
    return /vant\/(es|lib)\/icon\/index\.css$/.test(id) ? '' : null
  },
}

/** Everything under a desk folder goes to assets/desk/, which the phone never precaches. */
function isDesk(moduleIds: readonly string[]): boolean {
  return moduleIds.some((id) => /\/src\/(desk|rooms\/[^/]+\/desk)\//.test(id) || id.includes('/element-plus/'))
}

/**
 * What every page stands on comes in one file: eighty small ones, each asked of the worker, cost a cold phone more than
 * a second before the first word.
 */
function isBase(id: string): boolean {
  const used = /\/node_modules\/(@vue|vue|vue-router|pinia|dexie|openapi-fetch|@noble\/ciphers)\//
  const own =
    /\/src\/(api\/(client|problem|session|calls)|kit\/([\w]+|i18n\/(fill|useI18n|index)|ui\/(App(Button|Card|Later|Chip|Empty|Field|Icon|Line|Page|Segments)|icons))|local\/(store|sealed|opened|key|canary|cipher|outbox|pictures))\.(ts|vue)/
  const door =
    /\/src\/rooms\/(accounts\/(useSession|SignInPage|LackLines|install\/offer)|field\/(useSync|progress)|ledger\/\w*[sS]lips)\.(ts|vue)/
  return used.test(id) || own.test(id) || door.test(id)
}

/** The map's engine is large and of no use without a line: fetched when a map is looked at, and never kept in advance. */
function isMapEngine(moduleIds: readonly string[]): boolean {
  return moduleIds.some((id) => /\/(maplibre-gl|pmtiles)\//.test(id))
}

const desk = 'assets/desk/[name]-[hash]'
const deskNames = new Set<string>()

export default defineConfig({
  resolve: { alias: { '@': src } },
  plugins: [
    noIconFont,
    vue(),
    askAhead,
    { name: 'splash', transformIndexHtml: () => splashLinks },
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'src',
      filename: 'sw.ts',
      registerType: 'prompt',
      injectRegister: false,
      manifest,
      includeManifestIcons: false,
      injectManifest: {
        globPatterns: ['**/*.{js,css,html,svg,png,webmanifest}'],
        // The desk is no business of a phone, the map's engine none of one without a line, and the installer's icons are fetched by the browser when it installs.
        globIgnores: ['assets/desk/**', 'assets/map/**', 'icon-*.png', 'shortcut-*.png', 'apple-touch-icon.png', 'splash/**'],
      },
    }),
  ],
  build: {
    target: 'es2022',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rollupOptions: {
      output: {
        codeSplitting: { groups: [{ name: 'base', test: isBase }] },
        // A chunk is named before its styles are: what the desk's chunks are called tells which styles are the desk's.
        assetFileNames: (asset) => {
          // The map's worker; a server that knows only .js must hand it out as a script all the same.
          if (asset.names.some((name) => name.endsWith('.mjs'))) return 'assets/map/[name]-[hash].js'
          return asset.names.some((name) => deskNames.has(name.replace(/\.css$/, '')))
            ? `${desk}[extname]`
            : 'assets/[name]-[hash][extname]'
        },
        chunkFileNames: (chunk) => {
          if (isMapEngine(chunk.moduleIds)) return 'assets/map/[name]-[hash].js'
          if (!isDesk(chunk.moduleIds)) return 'assets/[name]-[hash].js'
          deskNames.add(chunk.name)
          return `${desk}.js`
        },
      },
    },
  },
  server: { port: 5173, proxy: { '/api': 'http://127.0.0.1:8080' } },
  preview: { proxy: { '/api': 'http://127.0.0.1:8080' } },
  test: { include: ['src/**/*.spec.ts', 'tests/**/*.spec.ts'], environment: 'node' },
})
