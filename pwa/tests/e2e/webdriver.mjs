// A browser that is not Chromium, driven by the W3C's WebDriver protocol: WebKitGTK's MiniBrowser on a screen that nobody sees.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { createServer } from 'node:net'
import { setTimeout as rest } from 'node:timers/promises'

const libraries = '/usr/lib'
const patienceMs = 20_000
const elementKey = 'element-6066-11e4-a52e-4f735466cecf'

function miniBrowser() {
  for (const machine of readdirSync(libraries).filter((name) => name.endsWith('-linux-gnu')))
    for (const name of readdirSync(`${libraries}/${machine}`))
      if (name.startsWith('webkit2gtk-4')) return `${libraries}/${machine}/${name}/MiniBrowser`
  throw new Error('no MiniBrowser of WebKitGTK here: apt-get install webkit2gtk-driver')
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  server.close()
  return port
}

/** What finds an element by what a person sees of it; runs in the page. */
const finder = `
  const [role, words] = arguments
  const roles = {
    button: 'button, [role=button]',
    link: 'a[href]',
    radio: '[role=radio]',
    heading: 'h1, h2',
    group: '[role=group]',
    field: 'input, textarea',
    any: 'p, span, div, li, h1, h2, a, button, strong, summary',
  }
  const nameOf = (node) => {
    const label = node.labels?.[0]?.innerText ?? node.getAttribute('aria-label') ?? node.innerText ?? ''
    return label.replace(/\\s+/g, ' ').trim()
  }
  const isSeen = (node) => node.getClientRects().length > 0
  const pattern = new RegExp(words)
  const within = [...document.querySelectorAll('[role=dialog]')].findLast(isSeen) ?? document
  const found = [...within.querySelectorAll(roles[role])].filter((node) => isSeen(node) && pattern.test(nameOf(node)))
  return found.at(role === 'any' ? -1 : 0) ?? null
`

export async function startWebKit() {
  const port = await freePort()
  // A group of its own, so that the screen and the browser end with it.
  const driver = spawn(
    'xvfb-run',
    ['-a', '-s', '-screen 0 800x1000x24', 'WebKitWebDriver', `--port=${port}`, '--host=127.0.0.1'],
    {
      detached: true,
      stdio: 'ignore',
      env: { ...process.env, LANG: 'zh_CN.UTF-8', LANGUAGE: 'zh_CN', WEBKIT_DISABLE_COMPOSITING_MODE: '1' },
    },
  )
  const end = () => process.kill(-driver.pid, 'SIGTERM')
  const ask = async (method, path, body) => {
    const said = body ? { method, body: JSON.stringify(body) } : { method }
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, { ...said, signal: AbortSignal.timeout(60_000) })
    const { value } = await answer.json()
    if (!answer.ok) throw new Error(`${method} ${path}: ${value.error} ${value.message}`)
    return value
  }
  try {
    await within(() => ask('GET', '/status').catch(() => null), 'the driver')
    const options = { binary: miniBrowser(), args: ['--automation'] }
    const { sessionId } = await ask('POST', '/session', {
      capabilities: { alwaysMatch: { 'webkitgtk:browserOptions': options } },
    })
    return person((method, path, body) => ask(method, `/session/${sessionId}${path}`, body), end)
  } catch (cause) {
    end()
    throw cause
  }
}

async function within(work, what, ms = patienceMs) {
  for (const until = Date.now() + ms; Date.now() < until; await rest(100)) {
    const found = await work()
    if (found) return found
  }
  throw new Error(`${what} did not come`)
}

/** What a person does with a page. */
function person(ask, end) {
  const run = (script, args = []) => ask('POST', '/execute/sync', { script, args })
  const peek = async (role, words) => (await run(finder, [role, words.source]))?.[elementKey] ?? null
  const find = (role, words, ms) => within(() => peek(role, words).catch(() => null), `${role} ${words}`, ms)
  return {
    run,
    peek,
    find,
    open: (url) => ask('POST', '/url', { url }),
    press: async (role, words) => {
      const id = await find(role, words)
      // In the middle, where no bar of the page lies over it.
      await run("arguments[0].scrollIntoView({ block: 'center' })", [{ [elementKey]: id }])
      await ask('POST', `/element/${id}/click`, {})
    },
    fill: async (words, text) => ask('POST', `/element/${await find('field', words)}/value`, { text }),
    type: async (text) => {
      const actions = [...text].flatMap((value) => ['keyDown', 'keyUp'].map((type) => ({ type, value })))
      await ask('POST', '/actions', { actions: [{ type: 'key', id: 'keys', actions }] })
    },
    picture: async () => Buffer.from(await ask('GET', '/screenshot'), 'base64'),
    async close() {
      await ask('DELETE', '').catch(() => undefined)
      end()
    },
  }
}
