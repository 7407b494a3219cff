// A phone that runs the app's own code: fourteen days of visits into its store, then sending, until all is received. A process of its own.
import { createRequire } from 'node:module'
import { request } from 'node:http'
import { pathToFileURL } from 'node:url'
import { Dice } from './dice.mjs'
import { sha256, visit } from './phone.mjs'

const root = new URL('../../../', import.meta.url).pathname
const require = createRequire(`${root}pwa/package.json`)
const load = (name) => import(pathToFileURL(require.resolve(name)).href)
const modules = ['api/session', 'local/key', 'local/opened', 'local/pictures', 'local/seal', 'local/sync']
/** What an envelope adds to what is in it. */
const sealBytes = 101
const dayMs = 86_400_000
/** The server as the phone reaches it just now. */
let where = ''

process.once('message', (wish) => {
  void live(wish).then(
    (told) => process.send(told),
    (cause) => {
      console.error(cause)
      process.exit(1)
    },
  )
})

async function live(wish) {
  where = wish.office
  const app = await startApp(wish)
  const begin = (token) => app.session.begin({ access_token: token, expires_in: 86_400, user: wish.me })
  begin(wish.token)
  const opened = await app.opened.open(wish.me)
  opened.store.vault = await app.key.Vault.make(1)
  // On the last morning at the office it fetches its list, and with it the key that its visits are sealed to.
  await app.sync.pullNow(opened)
  where = wish.url
  const needed = await fortnight(app, opened, wish)
  const since = Date.now()
  for (;;) {
    const ending = await app.sync.syncOnce(opened, false)
    if (ending === 'all_sent') break
    if (ending === 'signed_out') begin(await freshToken())
    const due = await app.sync.dueAt(opened)
    await new Promise((resolve) => setTimeout(resolve, Math.max(100, (due ?? Date.now()) - Date.now())))
  }
  const hours = Math.round((Date.now() - since) / 360_000) / 10
  const items = await opened.store.outbox.toArray()
  const pictures = await opened.store.pictures.toArray()
  return {
    needed,
    hours,
    items: items.map(({ id, body_sha256: hash }) => ({ id, hash })),
    deliveries: await opened.store.deliveries.toArray(),
    pictures: pictures.map(({ sha256: name, arrived_at: at }) => ({ sha256: name, arrived: at !== null })),
  }
}

function freshToken() {
  process.send({ wantsToken: true })
  return new Promise((resolve) => process.once('message', ({ token }) => resolve(token)))
}

/** The visits of two weeks, sealed as the app seals them; how many bytes there are to be sent. */
async function fortnight(app, opened, { season, visits, picturesEach, pictureBytes, seed }) {
  const dice = new Dice(seed)
  let needed = 0
  for (let n = 0; n < visits; n += 1) {
    const now = new Date(Date.now() - 14 * dayMs * (1 - n / visits) - dayMs / 2)
    const taken = Array.from({ length: picturesEach }, () => jpeg(dice, pictureBytes))
    const [id, body] = [
      dice.id(now.getTime()),
      visit(season, season.homes[n % season.homes.length], taken, new Date(now - dayMs / 24)),
    ]
    for (const [at, { bytes }] of taken.entries()) {
      await app.pictures.keepPicture(opened.store, id, body.evidence[at], new Uint8Array(bytes).buffer)
      needed += bytes.length + sealBytes
    }
    const item = await app.seal.seal(opened, { id, kind: 'visit', body, label: 'visit', made_at: now.toISOString() })
    if (!item.sealed) throw new Error('a visit was kept in the clear')
    needed += item.sealed.length
  }
  return needed
}

/** A JPEG of one grey pixel, and as many bytes after its end as a photo has, which nobody can make smaller. */
const grey = Buffer.from(
  '/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAA//EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AR//Z',
  'base64',
)
function jpeg(dice, length) {
  const bytes = Buffer.concat([grey, Buffer.alloc(length - grey.length)])
  for (let at = grey.length; at + 4 <= length; at += 4) bytes.writeUInt32LE(Math.floor(dice.unit() * 4_294_967_296), at)
  return { bytes, sha256: sha256(bytes), mediaType: 'image/jpeg' }
}

/** What a browser has and Node has not, the app's modules, and then the clocks. */
async function startApp({ pace }) {
  await load('fake-indexeddb/auto')
  watchDurability()
  const kept = new Map()
  const storage = {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, String(value)),
    removeItem: (key) => void kept.delete(key),
  }
  const absolute = (asked) => (typeof asked === 'string' ? new URL(asked, where).href : asked)
  const PlainRequest = Request
  const given = {
    location: new URL(where),
    localStorage: storage,
    sessionStorage: storage,
    navigator: {},
    Request: class extends PlainRequest {
      constructor(asked, options) {
        super(absolute(asked), options)
      }
    },
    fetch: (asked, options) =>
      overTheLine(asked instanceof PlainRequest ? asked : new PlainRequest(absolute(asked), options), options?.signal),
  }
  for (const [name, value] of Object.entries(given))
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true })
  const { createServer } = await load('vite')
  const vite = await createServer({
    root: `${root}pwa`,
    configFile: `${root}pwa/vite.config.ts`,
    logLevel: 'error',
    server: { middlewareMode: true, hmr: false, ws: false, watch: null },
    appType: 'custom',
  })
  const app = {}
  for (const name of modules) app[name.split('/')[1]] = await vite.ssrLoadModule(`/src/${name}.ts`)
  runFaster(pace)
  return app
}

/** What a browser keeps only in memory for a while is not saved: every write of this app must wait for the disk. */
function watchDurability() {
  const { transaction } = IDBDatabase.prototype
  IDBDatabase.prototype.transaction = function watched(names, mode, options) {
    if (mode === 'readwrite' && options?.durability !== 'strict') {
      console.error(`a write that is called saved before the disk has it: ${[names].flat()} (${options?.durability})`)
      process.exit(1)
    }
    return transaction.call(this, names, mode, options)
  }
}

/** A request on a connection of its own. */
async function overTheLine(asked, signal) {
  const body = Buffer.from(await asked.arrayBuffer())
  const headers = {
    ...Object.fromEntries(asked.headers),
    connection: 'close',
    ...(body.length > 0 ? { 'content-length': body.length } : {}),
  }
  return new Promise((resolve, reject) => {
    const broken = (cause) => reject(new TypeError(`fetch failed: ${cause?.message}`))
    const sent = request(asked.url, { method: asked.method, headers, agent: false }, (answer) => {
      const chunks = []
      answer.on('data', (chunk) => chunks.push(chunk))
      answer.on('error', broken)
      answer.on('end', () => {
        const isEmpty = [204, 304].includes(answer.statusCode) || asked.method === 'HEAD'
        resolve(
          new Response(isEmpty ? null : Buffer.concat(chunks), {
            status: answer.statusCode,
            headers: new Headers(Object.entries(answer.headers).map(([name, value]) => [name, String(value)])),
          }),
        )
      })
    })
    sent.on('error', broken)
    signal?.addEventListener('abort', () => sent.destroy(new Error('too slow')))
    sent.end(body)
  })
}

function runFaster(pace) {
  const [PlainDate, timer, mono] = [Date, globalThis.setTimeout, performance.now.bind(performance)]
  const [from, fromMono] = [PlainDate.now(), mono()]
  const now = () => Math.round(from + (mono() - fromMono) * pace)
  globalThis.Date = class extends PlainDate {
    constructor(...given) {
      super(...(given.length === 0 ? [now()] : given))
    }
    static now() {
      return now()
    }
  }
  performance.now = () => fromMono + (mono() - fromMono) * pace
  globalThis.setTimeout = (work, ms = 0, ...rest) => timer(work, ms / pace, ...rest)
  AbortSignal.timeout = (ms) => {
    const control = new AbortController()
    timer(() => control.abort(), ms / pace).unref()
    return control.signal
  }
}
