// What the phone's door does with one item: its chain, its envelope, its hash; and the receipt it answers with.
import { sign } from 'node:crypto'
import { sha256 } from './fake-evidence.mjs'
import { visitFaults } from './fake-visits.mjs'

/** The raw text of each item's content, as the server must hash it: of a sealed one the envelope's, else the body's. */
export function rawContents(text, items) {
  const bodies = rawBodies(text)
  return items.map((item) => item.sealed ?? bodies.shift())
}

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

export function receiptBy(privateKey, claims) {
  const text = [{ alg: 'EdDSA', typ: 'receipt+jwt', kid: 'k1' }, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.')
  return `${text}.${sign(null, Buffer.from(text), privateKey).toString('base64url')}`
}

const answerOf = (item, status, more = {}) => ({ id: item.id, status, missing_evidence: [], findings: [], ...more })
const refusal = (item, problem) => answerOf(item, 'refused', { problem })

export async function takeItem({ state, keys, receipt, acknowledge, ask }, { item, raw, device, owner, bringer }) {
  const hash = sha256(raw)
  const before = state.items.get(item.id)
  if (before) return before.hash === hash ? { ...before.result, status: 'duplicate' } : answerOf(item, 'conflict')
  const isLate = state.unopened.delete(item.id)
  if (!isLate) joinChain(state, item, hash, device)
  let body = item.body
  if (item.sealed) {
    try {
      body = JSON.parse(await keys.open(Buffer.from(item.sealed, 'base64'), `item\n${item.id}\n${item.kind}`))
    } catch ({ code }) {
      if (code === 'seal_key_unknown') state.unopened.add(item.id)
      return refusal(item, { code, title: code, detail: code, status: 422 })
    }
  }
  if (state.faults.refuse?.has(body.household_id)) {
    const detail = '这户的档案已关闭,请把情况告诉帮扶中心。'
    return refusal(item, { code: 'household_closed', title: '这户的档案已关闭', detail, status: 422 })
  }
  const faults = item.kind === 'visit' ? visitFaults(body) : []
  if (faults.length > 0) return refusal(item, { code: 'invalid', title: 'invalid', detail: faults.join(' '), status: 422 })
  const judge = { acknowledge, check: ask }[item.kind]
  const problem = judge?.(body) ?? null
  if (problem) return refusal(item, problem)
  const missing = body.evidence.map((one) => one.sha256).filter((name) => !state.evidence.has(name))
  const standing =
    item.kind !== 'visit' ? null : body.outcome === 'reached' ? (missing.length > 0 ? 'pending' : 'matched') : 'attempted'
  const claims = { id: item.id, hash, at: new Date().toISOString(), device: device.id, sequence: item.sequence }
  const result = answerOf(item, 'stored', {
    standing,
    missing_evidence: missing,
    receipt: state.faults.badReceipt ? 'no.good.receipt' : receipt(claims),
  })
  const { sequence, kind } = item
  state.items.set(item.id, { hash, body, result, device: device.id, sequence, kind, sealed: item.sealed ?? null, owner, bringer })
  return result
}

function joinChain(state, item, hash, device) {
  const tail = state.tails.get(device.id)
  if ((tail?.link ?? '') !== item.previous || item.sequence !== (tail?.sequence ?? 0) + 1)
    throw new Error(`chain broken at ${item.sequence}`)
  state.tails.set(device.id, {
    sequence: item.sequence,
    link: sha256([item.id, item.sequence, item.previous, item.kind, item.made_at, hash].join('\n')),
  })
}
