// The phone's door as the contract describes it, for the browser tests: it checks the chain, the hashes and the shapes, and signs receipts.
import { generateKeyPairSync } from 'node:crypto'
import { createServer } from 'node:http'
import { city, lead1, leadOf, user as cadre } from './city.mjs'
import { answer as deskAnswer } from './desk-answers.mjs'
import { tallyOf } from './fake-tally.mjs'
import { answerCheck, drawsOf, pulledBy, supervisor1 } from './fake-checks.mjs'
import { evidenceDoor, startOfCut } from './fake-evidence.mjs'
import { files } from './fake-files.mjs'
import { heard } from './fake-heard.mjs'
import { rawContents, receiptBy, takeItem } from './fake-items.mjs'
import { keyRing } from './fake-keys.mjs'

const csp =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' blob: data:; connect-src 'self'; worker-src 'self'; media-src 'self' blob:; manifest-src 'self'"

/** `faults` may be changed while it runs: { pushStatus, evidenceStatus, refuse: Set of ids, dead, tokenSeconds, sessionEnded, noParts, cuts: [bytes], badReceipt, noSealing, sealKeyUnknown, mayNotBring, noVault: code, newShell: a version's name, tellsVisits }. */
export async function startFake({ households = 40, port = 0, lead = false, keepAlive = false, nowMs = null } = {}) {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const rawKey = Buffer.from(publicKey.export({ format: 'jwk' }).x, 'base64url').toString('base64')
  const user = lead ? leadOf(cadre) : cadre
  const pack = city(households, nowMs ?? Date.now())
  if (lead) for (const slip of pack.slips) slip.may_sign = slip.state === 'waiting'
  const state = {
    items: new Map(),
    evidence: new Map(),
    begun: new Map(),
    tails: new Map(),
    unopened: new Set(),
    answered: new Map(),
    faults: {},
    requests: [],
  }

  const keys = await keyRing(state.faults)
  const receipt = (claims) => receiptBy(privateKey, claims)

  /** The second signature: every line named once, words where a count differs, and the first signature stands. */
  function acknowledge(body) {
    const refuse = (code, status = 422) => ({ code, title: code, detail: code, status })
    const slip = pack.slips.find((one) => one.id === body.slip_id)
    if (!slip || !slip.may_sign) return slip?.acknowledged ? refuse('already_acknowledged', 409) : refuse('not_found', 404)
    const counts = new Map(body.lines.map((line) => [line.fund_id ?? line.item_id, line.amount_fen ?? line.quantity_milli]))
    const lines = slip.lines.map((line) => ({ ...line, counted: counts.get(line.fund_id ?? line.item_id) }))
    const agrees = lines.every((line) => line.counted === line.amount)
    const [signature, ...more] = body.evidence
    const isWhole =
      counts.size === lines.length && lines.every((line) => Number.isInteger(line.counted)) && body.signature_ink?.points > 0
    if (!isWhole || more.length > 0 || signature?.kind !== 'signature' || signature.source !== 'ink') return refuse('invalid')
    if (!agrees && [...body.words].length < 2) return refuse('invalid')
    const acknowledged = { by_name: user.name, at: body.acknowledged_at, words: body.words }
    Object.assign(slip, { lines, acknowledged, may_sign: false, state: agrees ? 'agreed' : 'differs' })
    return null
  }

  const reply = (res, status, body, headers = {}) => {
    res.writeHead(status, { 'content-type': 'application/json', 'x-request-id': 'r1', 'cache-control': 'no-store', ...headers })
    res.end(body === undefined ? undefined : JSON.stringify(body))
  }
  const no = (res, status, code) =>
    reply(
      res,
      status,
      { code, title: code, detail: code, status, request_id: 'r1' },
      { 'content-type': 'application/problem+json' },
    )
  const people = { cadre1: user, lead1, supervisor1 }
  const whoIs = (text, mark) => Object.keys(people).find((name) => text?.includes(`${mark}${name}`))
  const session = (res, name) =>
    reply(
      res,
      200,
      { access_token: `token-${name}`, expires_in: state.faults.tokenSeconds ?? 900, user: people[name] },
      { 'set-cookie': `nuanfang_refresh=${name}; HttpOnly; SameSite=Strict; Path=/api/v1/session` },
    )

  /** The way back into a vault, for the person whose id stands in what was sealed. */
  async function vaultDoor({ device, sealed }, me, res) {
    if (state.faults.noVault) return no(res, 422, state.faults.noVault)
    try {
      const key = await keys.open(Buffer.from(sealed, 'base64'), `vault\n${me.id}\n${device}`)
      return reply(res, 200, { key: key.toString('base64') })
    } catch (cause) {
      return no(res, 422, cause.code)
    }
  }

  /** What somebody said of a visit of their own, with the fields that the server fills in. */
  function saidDoor(id, me, res) {
    const item = state.items.get(id)
    if (item?.kind !== 'visit' || item.owner !== me.id) return no(res, 404, 'not_found')
    return reply(res, 200, { enterprise_id: null, found: null, amend_reason: null, ...item.body })
  }

  async function api(req, res, path, body) {
    if (path === '/session' && req.method === 'POST') {
      const { username, password } = JSON.parse(body)
      if (username === 'slow')
        return reply(res, 429, { code: 'too_many_tries', title: '', status: 429 }, { 'retry-after': '600' })
      if (!people[username] || password !== 'nuanfang-demo') return no(res, 401, 'wrong_credentials')
      delete state.faults.sessionEnded
      return session(res, username)
    }
    if (path === '/session/refresh') {
      const name = whoIs(req.headers.cookie, 'nuanfang_refresh=')
      return state.faults.sessionEnded || !name ? no(res, 401, 'session_ended') : session(res, name)
    }
    if (path === '/session' && req.method === 'DELETE') return reply(res, 204, undefined)
    if (path === `/public/campaigns/${pack.campaigns[0].id}/draws`) return reply(res, 200, drawsOf(pack))
    if (path.startsWith('/public/')) return no(res, 404, 'not_found')
    const me = people[whoIs(req.headers.authorization, 'Bearer token-')]
    if (state.faults.sessionEnded || !me) return no(res, 401, 'unauthenticated')
    if (path === '/field/pull') {
      const whole = !req.url.includes('since=')
      const news = state.faults.tellsVisits ? heard(state, pack, cadre) : { households: [], visits: [] }
      const delta = { entitlements: [], needs: [], ...news, ...state.delta }
      return reply(res, 200, {
        ...pack,
        campaigns: pack.campaigns.map((one) => ({ ...one, seal_key: keys.current() })),
        ...(whole ? {} : delta),
        ...(me.roles.includes('supervisor') ? pulledBy(pack, state) : {}),
        removed: [],
        whole,
        cursor: 'c1',
        server_time: new Date(nowMs ?? Date.now()).toISOString(),
        time_token: 'tt',
        receipt_key: { kid: 'k1', public_key: rawKey },
      })
    }
    if (path === '/field/vault') return vaultDoor(JSON.parse(body), me, res)
    if (path === '/field/push') {
      if (state.faults.pushStatus) return no(res, state.faults.pushStatus, 'fault')
      const text = body.toString('utf8')
      const { device, items, on_behalf_of } = JSON.parse(text)
      const isBrought = Boolean(on_behalf_of)
      if (isBrought && (state.faults.mayNotBring || !me.teams.some((one) => one.is_lead))) return no(res, 404, 'not_found')
      const raw = rawContents(text, items)
      const whose = { device, owner: on_behalf_of ?? me.id, bringer: isBrought ? me.id : null }
      try {
        const results = []
        for (const [at, item] of items.entries())
          results.push(
            await takeItem(
              { state, keys, receipt, acknowledge, ask: (said) => answerCheck(state, pack, said) },
              { item, raw: raw[at], ...whose },
            ),
          )
        if (state.faults.loseAnswer) {
          state.faults.loseAnswer = false
          return res.destroy()
        }
        return reply(res, 200, { results, device: { accepted_through: items.at(-1).sequence, gaps: [] } })
      } catch (cause) {
        state.broken = String(cause)
        return no(res, 500, 'broken')
      }
    }
    if (path.startsWith('/field/visits/')) return saidDoor(path.slice('/field/visits/'.length), me, res)
    if (path === '/field/tally')
      return reply(res, 200, tallyOf(state, new URL(req.url, 'http://fake').searchParams.get('device')))
    if (path === '/campaigns' || path === '/teams') {
      const { searchParams } = new URL(req.url, 'http://fake')
      return reply(res, ...(await deskAnswer(req.method, path, searchParams, me.roles)))
    }
    if (path.startsWith('/evidence/')) return evidenceDoor({ state, keys }, { req, res, path, body, reply, no })
    return no(res, 404, 'not_found')
  }

  const server = createServer(async (req, res) => {
    const path = new URL(req.url, 'http://fake').pathname
    // A browser sends again by itself what a connection used before did not answer. Where each request has its own, a cut is a cut.
    res.shouldKeepAlive = keepAlive
    if (nowMs) res.setHeader('date', new Date(nowMs).toUTCString())
    if (state.faults.dead) return res.destroy()
    const parts = []
    for await (const part of req) parts.push(part)
    if (startOfCut(state, req, path, Buffer.concat(parts))) return res.destroy()
    state.requests.push(`${req.method} ${path}`)
    return path.startsWith('/api/v1')
      ? api(req, res, path.slice(7), Buffer.concat(parts))
      : files(req, res, { path, csp, newShell: state.faults.newShell })
  })
  await new Promise((done) => server.listen(port, '127.0.0.1', done))
  /** The team's other lead was quicker. */
  const signedByAnother = () => {
    const acknowledged = { by_name: '李海', at: new Date().toISOString(), words: '' }
    for (const slip of pack.slips.filter((one) => one.may_sign))
      Object.assign(slip, { acknowledged, may_sign: false, state: 'agreed' })
  }
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    state,
    pack,
    openSealed: keys.open,
    rotateKey: keys.rotate,
    signedByAnother,
    close: () => server.close(),
  }
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const { url } = await startFake({ port: 8080, households: Number(process.argv[2] ?? 40) })
  console.log(url)
}
