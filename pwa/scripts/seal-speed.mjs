// How long finishing a visit with three pictures of 300 KB takes in a browser slowed down four times: node scripts/seal-speed.mjs
// The phone's own code, served as it is; needs a Chromium (CHROMIUM names it).
import { chromium } from 'playwright-core'
import { createServer } from 'vite'
import { newKeys } from './envelopes.mjs'

const root = new URL('../', import.meta.url).pathname
const alias = { '@': `${root}src` }
const blank = {
  name: 'blank',
  configureServer: (own) => void own.middlewares.use('/blank', (_, res) => res.end('<!doctype html>')),
}
const server = await createServer({
  root,
  configFile: false,
  logLevel: 'error',
  resolve: { alias },
  plugins: [blank],
  optimizeDeps: { include: ['dexie', '@hpke/core'] },
  server: { host: '127.0.0.1', port: 0, hmr: false, watch: null },
})
await server.listen()
const { address, port } = server.httpServer.address()
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] })
try {
  const page = await browser.newPage()
  await page.goto(`http://${address}:${port}/blank`)
  const slow = await page.context().newCDPSession(page)
  const { id, public_key } = await newKeys()
  for (const rate of [1, 4]) {
    await slow.send('Emulation.setCPUThrottlingRate', { rate })
    const times = await page.evaluate(
      async ([key, name]) => {
        const [{ Store }, { keepPicture }, { seal, prepareSealing }, { sha256Hex }] = await Promise.all(
          ['store', 'pictures', 'seal'].map((one) => import(`/src/local/${one}.ts`)).concat(import('/src/kit/hash.ts')),
        )
        await prepareSealing()
        const store = new Store(`speed-${name}`)
        await store.open()
        await store.campaigns.put({ id: 'c', seal_key: key })
        const opened = { store, user: { id: 'u' }, device: 'd', lost: 0 }
        const took = []
        for (let visit = 0; visit < 6; visit += 1) {
          const evidence = []
          for (let picture = 0; picture < 3; picture += 1) {
            const bytes = new Uint8Array(300 * 1024)
            for (let at = 0; at < bytes.length; at += 65_536) crypto.getRandomValues(bytes.subarray(at, at + 65_536))
            const one = {
              sha256: await sha256Hex(bytes),
              kind: 'photo',
              media_type: 'image/jpeg',
              taken_at: new Date().toISOString(),
            }
            await keepPicture(store, `v${visit}`, one, bytes.buffer)
            evidence.push(one)
          }
          const body = {
            campaign_id: 'c',
            household_id: 'h',
            outcome: 'reached',
            aid: [],
            amends: null,
            evidence,
            notes: 'x'.repeat(400),
          }
          const from = performance.now()
          await seal(opened, { id: `v${visit}`, kind: 'visit', body, label: 'x', made_at: new Date().toISOString() })
          took.push(Math.round(performance.now() - from))
        }
        return took
      },
      [{ id, public_key }, rate],
    )
    console.log(`${rate}× slower: ${times.join(', ')} ms`)
  }
} finally {
  await browser.close()
  await server.close()
}
