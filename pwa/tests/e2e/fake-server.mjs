// The phone's door as the contract describes it, for the browser tests: it checks the chain, the hashes and the shapes, and signs receipts.
import { generateKeyPairSync, sign } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { extname, join, normalize } from 'node:path'
import { city, leadOf, user as cadre } from './city.mjs'
import { tallyOf } from './fake-tally.mjs'
import { evidenceDoor, sha256, startOfCut } from './fake-evidence.mjs'

const dist = new URL('../../dist/', import.meta.url).pathname
const types = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webmanifest': 'application/manifest+json',
}
const csp =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' blob: data:; connect-src 'self'; worker-src 'self'; media-src 'self' blob:; manifest-src 'self'"

/** `faults` may be changed while it runs: { pushStatus, evidenceStatus, refuse: Set of ids, dead, tokenSeconds, sessionEnded, noParts, cuts: [bytes], badReceipt }. */
export async function startFake({ households = 40, port = 0, lead = false } = {}) {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const rawKey = Buffer.from(publicKey.export({ format: 'jwk' }).x, 'base64url').toString('base64')
  const user = lead ? leadOf(cadre) : cadre
  const pack = city(households, Date.now())
  if (lead) for (const slip of pack.slips) slip.may_sign = slip.state === 'waiting'
  const state = { items: new Map(), evidence: new Map(), begun: new Map(), tails: new Map(), faults: {}, requests: [] }

  const receipt = (claims) => {
    const text = [{ alg: 'EdDSA', typ: 'receipt+jwt', kid: 'k1' }, claims]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.')
    return `${text}.${sign(null, Buffer.from(text), privateKey).toString('base64url')}`
  }

  /** The raw text of each item's body, as the server must hash it. */
  function rawBodies(text) {
    const bodies = []
    let at = 0
    while ((at = text.indexOf(',"body":{', at)) !== -1) {
      const from = at + 8
      let depth = 0
      let quoted = false
      let end = from
      for (; end < text.length; end += 1) {
        const char = text[end]
        if (quoted) {
          if (char === '\\') end += 1
          else if (char === '"') quoted = false
        } else if (char === '"') quoted = true
        else if (char === '{') depth += 1
        else if (char === '}' && --depth === 0) break
      }
      bodies.push(text.slice(from, end + 1))
      at = end
    }
    return bodies
  }

  function take(item, raw, device) {
    const hash = sha256(raw)
    const before = state.items.get(item.id)
    const body = item.body
    if (before)
      return before.hash === hash
        ? { ...before.result, status: 'duplicate' }
        : { id: item.id, status: 'conflict', missing_evidence: [], findings: [] }
    const tail = state.tails.get(device.id)
    if ((tail?.link ?? '') !== item.previous || item.sequence !== (tail?.sequence ?? 0) + 1)
      throw new Error(`chain broken at ${item.sequence}`)
    state.tails.set(device.id, {
      sequence: item.sequence,
      link: sha256([item.id, item.sequence, item.previous, item.kind, item.made_at, hash].join('\n')),
    })
    if (state.faults.refuse?.has(body.household_id)) {
      const problem = {
        code: 'household_closed',
        title: '这户的档案已关闭',
        detail: '这户的档案已关闭,请把情况告诉帮扶中心。',
        status: 422,
      }
      return { id: item.id, status: 'refused', missing_evidence: [], findings: [], problem }
    }
    const problem = item.kind === 'acknowledge' ? acknowledge(body) : null
    if (problem) return { id: item.id, status: 'refused', missing_evidence: [], findings: [], problem }
    const missing = body.evidence.map((one) => one.sha256).filter((name) => !state.evidence.has(name))
    const standing =
      item.kind === 'acknowledge' ? null : body.outcome === 'reached' ? (missing.length > 0 ? 'pending' : 'matched') : 'attempted'
    const claims = { id: item.id, hash, at: new Date().toISOString(), device: device.id, sequence: item.sequence }
    const result = {
      id: item.id,
      status: 'stored',
      standing,
      missing_evidence: missing,
      findings: [],
      receipt: state.faults.badReceipt ? 'no.good.receipt' : receipt(claims),
    }
    state.items.set(item.id, { hash, body, result, device: device.id, sequence: item.sequence, kind: item.kind })
    return result
  }

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
    res.writeHead(status, { 'content-type': 'application/json', 'x-request-id': 'r1', ...headers })
    res.end(body === undefined ? undefined : JSON.stringify(body))
  }
  const no = (res, status, code) =>
    reply(
      res,
      status,
      { code, title: code, detail: code, status, request_id: 'r1' },
      { 'content-type': 'application/problem+json' },
    )
  const session = (res) =>
    reply(
      res,
      200,
      { access_token: 'token', expires_in: state.faults.tokenSeconds ?? 900, user },
      { 'set-cookie': 'nuanfang_refresh=1; HttpOnly; SameSite=Strict; Path=/api/v1/session' },
    )

  async function api(req, res, path, body) {
    if (path === '/session' && req.method === 'POST') {
      const { username, password } = JSON.parse(body)
      if (username === 'slow')
        return reply(res, 429, { code: 'too_many_tries', title: '', status: 429 }, { 'retry-after': '600' })
      return username === 'cadre1' && password === 'nuanfang-demo' ? session(res) : no(res, 401, 'wrong_credentials')
    }
    if (path === '/session/refresh')
      return state.faults.sessionEnded || !req.headers.cookie?.includes('nuanfang_refresh')
        ? no(res, 401, 'session_ended')
        : session(res)
    if (path === '/session' && req.method === 'DELETE') return reply(res, 204, undefined)
    if (state.faults.sessionEnded || req.headers.authorization !== 'Bearer token') return no(res, 401, 'unauthenticated')
    if (path === '/field/pull') {
      const whole = !req.url.includes('since=')
      const delta = { households: [], entitlements: [], visits: [] }
      return reply(res, 200, {
        ...pack,
        ...(whole ? {} : delta),
        removed: [],
        whole,
        cursor: 'c1',
        server_time: new Date().toISOString(),
        time_token: 'tt',
        receipt_key: { kid: 'k1', public_key: rawKey },
      })
    }
    if (path === '/field/push') {
      if (state.faults.pushStatus) return no(res, state.faults.pushStatus, 'fault')
      const text = body.toString('utf8')
      const { device, items } = JSON.parse(text)
      const raw = rawBodies(text)
      try {
        const results = items.map((item, at) => take(item, raw[at], device))
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
    if (path === '/field/tally')
      return reply(res, 200, tallyOf(state, new URL(req.url, 'http://fake').searchParams.get('device')))
    if (path.startsWith('/evidence/')) return evidenceDoor(state, { req, res, path, body, reply, no })
    return no(res, 404, 'not_found')
  }

  async function files(res, path) {
    const asked = normalize(path).replace(/^(\.\.[/\\])+/, '')
    for (const name of [asked, 'index.html']) {
      const bytes = await readFile(join(dist, name)).catch(() => null)
      if (!bytes) continue
      res.writeHead(200, {
        'content-type': types[extname(name)] ?? 'application/octet-stream',
        'content-security-policy': csp,
        'cache-control': 'no-cache',
      })
      return res.end(bytes)
    }
    res.writeHead(404)
    return res.end()
  }

  const server = createServer(async (req, res) => {
    const path = new URL(req.url, 'http://fake').pathname
    // A browser sends again by itself what a connection used before did not answer. Here each request has its own: a cut is a cut.
    res.shouldKeepAlive = false
    if (state.faults.dead) return res.destroy()
    const parts = []
    for await (const part of req) parts.push(part)
    if (startOfCut(state, req, path, Buffer.concat(parts))) return res.destroy()
    state.requests.push(`${req.method} ${path}`)
    return path.startsWith('/api/v1') ? api(req, res, path.slice(7), Buffer.concat(parts)) : files(res, path)
  })
  await new Promise((done) => server.listen(port, '127.0.0.1', done))
  /** The team's other lead was quicker. */
  const signedByAnother = () => {
    const acknowledged = { by_name: '李海', at: new Date().toISOString(), words: '' }
    for (const slip of pack.slips.filter((one) => one.may_sign))
      Object.assign(slip, { acknowledged, may_sign: false, state: 'agreed' })
  }
  return { url: `http://127.0.0.1:${server.address().port}`, state, signedByAnother, close: () => server.close() }
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const { url } = await startFake({ port: 8080, households: Number(process.argv[2] ?? 40) })
  console.log(url)
}
