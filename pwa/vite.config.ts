import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { VitePWA } from 'vite-plugin-pwa'
import { defineConfig } from 'vitest/config'

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

const desk = 'assets/desk/[name]-[hash]'
const deskNames = new Set<string>()

export default defineConfig({
  resolve: { alias: { '@': src } },
  define: { __VUE_I18N_LEGACY_API__: false, __VUE_I18N_FULL_INSTALL__: false, __INTLIFY_PROD_DEVTOOLS__: false },
  plugins: [
    noIconFont,
    vue(),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'src',
      filename: 'sw.ts',
      registerType: 'prompt',
      injectRegister: false,
      manifest: {
        id: '/',
        name: '暖访',
        short_name: '暖访',
        description: '送温暖走访',
        lang: 'zh-CN',
        start_url: '/',
        display: 'standalone',
        background_color: '#fbf8f4',
        theme_color: '#a3271f',
        icons: [
          { src: 'icon-192.png', sizes: '192x192', type: 'image/png' },
          { src: 'icon-512.png', sizes: '512x512', type: 'image/png' },
          { src: 'icon-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
        ],
      },
      injectManifest: {
        globPatterns: ['**/*.{js,css,html,svg,png,webmanifest}'],
        globIgnores: ['assets/desk/**'],
      },
    }),
  ],
  build: {
    target: 'es2022',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rollupOptions: {
      output: {
        // A chunk is named before its styles are: what the desk's chunks are called tells which styles are the desk's.
        assetFileNames: (asset) =>
          asset.names.some((name) => deskNames.has(name.replace(/\.css$/, '')))
            ? `${desk}[extname]`
            : 'assets/[name]-[hash][extname]',
        chunkFileNames: (chunk) => {
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
