// The demo city, served by the real program on a port and a folder of its own.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const program =
  process.env.NUANFANG ??
  join(process.env.CARGO_TARGET_DIR ?? new URL('../../target', import.meta.url).pathname, 'debug/nuanfang')

/** Small pictures make a city that stands soon. */
export async function startCity({ pictureWidth = 320 } = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'nuanfang-e2e-'))
  const child = spawn(
    program,
    ['demo', '--picture-width', String(pictureWidth), '--listen', '127.0.0.1:0', '--data', join(folder, 'demo')],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  )
  const url = await new Promise((resolve, reject) => {
    let said = ''
    const hear = (chunk) => {
      said += chunk
      // As it greets people, on a line of its own.
      const address = /^ +(http:\/\/127\.0\.0\.1:\d+)$/m.exec(said)?.[1]
      if (address) resolve(address)
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.on('exit', (code) => reject(new Error(`the program ended with ${code}: ${said.slice(-2000)}`)))
  })
  for (;;) {
    const ready = await fetch(`${url}/readyz`).then(
      (answer) => answer.ok,
      () => false,
    )
    if (ready) break
  }
  const stop = async () => {
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.removeAllListeners('exit').once('exit', () => undefined)
    child.kill('SIGTERM')
    await Promise.race([ended, new Promise((resolve) => child.once('close', resolve))])
    await rm(folder, { recursive: true, force: true })
  }
  return { url, stop }
}

/** Somebody at the API, without a browser. */
export async function somebody(url, username) {
  const call = async (path, { token, method = 'GET', body } = {}) => {
    const headers = {
      'Content-Type': 'application/json',
      ...(token ? { Authorization: `Bearer ${token}` } : {}),
    }
    const answer = await fetch(`${url}/api/v1${path}`, {
      method,
      headers,
      body: body && JSON.stringify(body),
    })
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
    return answer.json()
  }
  const { access_token: token } = await call('/session', {
    method: 'POST',
    body: { username, password: 'nuanfang-demo' },
  })
  return { get: (path) => call(path, { token }) }
}

/** A household nobody has reached, with something to bring and a home to stand before. */
export async function somewhereToGo(url) {
  const cadre = await somebody(url, 'cadre1')
  const pack = await cadre.get('/field/pull')
  const open = pack.campaigns.find((campaign) => campaign.status === 'open')
  const promised = new Set(pack.entitlements.filter((e) => e.campaign_id === open.id).map((e) => e.household_id))
  const names = pack.households.map((household) => household.head_name)
  const there = pack.households.find(
    (household) =>
      household.home?.datum === 'wgs84' &&
      promised.has(household.id) &&
      names.filter((name) => name.includes(household.head_name)).length === 1 &&
      household.standings.some((s) => s.campaign_id === open.id && s.standing === 'unreached'),
  )
  assert.ok(there, 'the demo city has somebody left to visit')
  return { cadre, campaign: open, household: there }
}
