// The app's own source, importable in a page under the fake server's own address, where the phone's store lies.
import { createServer } from 'vite'

const root = new URL('../../', import.meta.url).pathname

export async function startOwnCode() {
  const server = await createServer({
    root,
    configFile: false,
    logLevel: 'error',
    resolve: { alias: { '@': `${root}src` } },
    optimizeDeps: { include: ['dexie', '@hpke/core', 'hash-wasm', '@noble/ciphers/aes.js'] },
    server: { host: '127.0.0.1', port: 0, hmr: false, watch: null },
  })
  await server.listen()
  const { port } = server.httpServer.address()
  return {
    /** An empty page of the same address, with the source beside it. */
    async pageIn(context, url) {
      const isSource = (asked) => asked.origin === url && /^\/(src|node_modules|@\w+|blank)(\/|$)/.test(asked.pathname)
      await context.route(isSource, async (route) => {
        const { pathname, search } = new URL(route.request().url())
        if (pathname === '/blank') return route.fulfill({ contentType: 'text/html', body: '<!doctype html>' })
        return route.fulfill({ response: await route.fetch({ url: `http://127.0.0.1:${port}${pathname}${search}` }) })
      })
      const page = await context.newPage()
      await page.goto(`${url}/blank`)
      return page
    },
    close: () => server.close(),
  }
}

/** So many finished visits with so many pictures each, sealed and kept by the app's own code; none of them sent. */
export function fillOutbox(page, { userId, secret, visits, pictures }) {
  return page.evaluate(
    async ([user, pin, count, each]) => {
      const load = (path) => import(/* @vite-ignore */ path)
      const [{ Store, databaseName, readMeta }, { unlock }, { keepPicture }, { seal, prepareSealing }, { sha256Hex }] =
        await Promise.all(
          ['local/store', 'local/vault', 'local/pictures', 'local/seal', 'kit/hash'].map((name) => load(`/src/${name}.ts`)),
        )
      const store = new Store(databaseName(user, 0))
      await store.open()
      await unlock(store, pin)
      await prepareSealing()
      const device = await readMeta(store, 'device')
      const [campaign] = await store.campaigns.toArray()
      const households = await store.households.toArray()
      const begun = Date.now() - count * 600_000
      for (let visit = 0; visit < count; visit += 1) {
        const id = crypto.randomUUID()
        const at = new Date(begun + visit * 600_000).toISOString()
        const household = households[visit % households.length]
        const evidence = []
        for (let picture = 0; picture < each; picture += 1) {
          const bytes = crypto.getRandomValues(new Uint8Array(2_000))
          const one = { sha256: await sha256Hex(bytes), kind: 'photo', media_type: 'image/jpeg', taken_at: at }
          await keepPicture(store, id, one, bytes.buffer)
          evidence.push(one)
        }
        const rest = { mode: 'home', position: null, recipient: null, group: null, signature_ink: null, six_knows: null }
        const said = { outcome: 'reached', started_at: at, ended_at: at, aid: [], needs: [], notes: '', amends: null }
        const body = { campaign_id: campaign.id, household_id: household.id, ...rest, ...said, evidence }
        await seal(
          { store, user: { id: user }, device, lost: 0 },
          { id, kind: 'visit', body, label: household.head_name, made_at: at },
        )
      }
      store.close()
    },
    [userId, secret, visits, pictures],
  )
}
