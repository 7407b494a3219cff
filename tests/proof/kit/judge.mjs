// Nothing lost: acknowledged ⊆ stored ⊆ attempted, each visit at most one handover, a ledger that holds, a log whose chain holds,
// evidence that hashes to its name. Judged from a history kept outside the server, in the store itself, while nobody serves it.
import { createReadStream, existsSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { pipeline } from 'node:stream/promises'
import { join } from 'node:path'
import { cashFen } from './world.mjs'
import { sha256 } from './phone.mjs'
import { run } from './program.mjs'
import { all, rows, storeAt } from './store.mjs'

export class Verdict extends Error {}

function must(holds, what) {
  if (!holds) throw new Verdict(what)
}

/** Holds the store against the history; answers what there was. `url` where the database is not the embedded one. */
export async function judge(data, history, season, { url = null } = {}) {
  const store = storeAt(data, url)
  const stored = await items(store, history)
  const handed = await handovers(store, stored)
  await entries(store, history, season)
  await ledgerHolds(store, handed)
  await chainHolds(store)
  const pictures = await evidence(store, data, history)
  const doctor = await run(['doctor', '--data', data, ...(url ? ['--database-url', url] : [])])
  must(doctor.code === 0, `doctor: ${doctor.said}`)
  return { visits: stored.size, acknowledged: history.acknowledged.size, pictures, entries: history.entries.size }
}

async function items(store, history) {
  const stored = new Set()
  for await (const [id, hash, receipt, status] of rows(store, ['id', 'content_hash', 'receipt', 'status'], 'FROM items')) {
    must(history.attempted.has(id), `item ${id} was sent by nobody`)
    must(history.attempted.get(id) === hash, `item ${id} is not what was sent`)
    must(status === 'stored', `item ${id} was sent in good order and is ${status}`)
    const said = history.acknowledged.get(id)
    must(!said || said === receipt, `item ${id} has another receipt than was given`)
    stored.add(id)
  }
  for (const id of history.acknowledged.keys()) must(stored.has(id), `item ${id} was acknowledged and is gone`)
  const visits = await all(store, ['id'], 'FROM visits')
  must(visits.length === stored.size, `${visits.length} visits of ${stored.size} items`)
  for (const [id] of visits) must(stored.has(id), `visit ${id} has no item`)
  const [[aside]] = await all(store, ['count(*)'], 'FROM set_aside')
  must(aside === 0, `${aside} false conflicts`)
  return stored
}

async function handovers(store, stored) {
  const seen = new Set()
  for await (const [visit] of rows(store, ['visit_id'], "FROM entries WHERE kind = 'handover'")) {
    must(!seen.has(visit), `visit ${visit} handed over twice`)
    must(stored.has(visit), `a handover of ${visit}, which is no visit`)
    seen.add(visit)
  }
  // What was taken in from a crowd is worked off a moment later, also by the server that comes after this one: once, and none is forgotten.
  const waiting = new Set((await all(store, ['subject'], "FROM jobs WHERE queue = 'intake'")).map(([id]) => id))
  for (const id of waiting) {
    must(stored.has(id), `${id} waits to be worked off and is no visit`)
    must(!seen.has(id), `visit ${id} was worked off and waits for it`)
  }
  const forgotten = [...stored].filter((id) => !seen.has(id) && !waiting.has(id))
  must(forgotten.length === 0, `${forgotten.length} visits handed nothing over and wait for nothing`)
  return seen.size
}

async function entries(store, history, season) {
  const there = new Set()
  for await (const [id, kind] of rows(store, ['id', 'kind'], "FROM entries WHERE kind <> 'handover'")) {
    if (season.entries.includes(id)) continue
    must(history.entriesTried.get(id)?.kind === kind, `entry ${id} (${kind}) was sent by nobody`)
    there.add(id)
  }
  for (const id of history.entries) must(there.has(id), `entry ${id} was acknowledged and is gone`)
  const moved = await all(
    store,
    ['e.id', 'sum(p.amount)'],
    "FROM entries e JOIN postings p ON p.entry_id = e.id WHERE e.kind <> 'handover' AND p.amount > 0 GROUP BY e.id",
  )
  for (const [id, fen] of moved.filter(([id]) => !season.entries.includes(id)))
    must(Number(fen) === history.entriesTried.get(id).fen, `entry ${id} moves ${fen}`)
}

async function ledgerHolds(store, handed) {
  const odd = await all(
    store,
    ['entry_id', 'commodity_id'],
    'FROM postings GROUP BY entry_id, commodity_id HAVING sum(amount) <> 0 OR sum(coalesce(value_fen, 0)) <> 0',
  )
  must(odd.length === 0, `${odd.length} entries do not sum to nothing: ${odd[0]}`)
  const of = 'campaign_id, account_kind, account_id, commodity_kind, commodity_id'
  const folded = `SELECT ${of}, sum(amount) AS amount, sum(coalesce(value_fen, 0)) AS value_fen FROM postings GROUP BY ${of}`
  for (const [a, b] of [
    [folded, `SELECT ${of}, amount, value_fen FROM balances`],
    [`SELECT ${of}, amount, value_fen FROM balances`, folded],
  ]) {
    const [[differs]] = await all(store, ['count(*)'], `FROM (${a} EXCEPT ${b}) AS differing`)
    must(differs === 0, `${differs} balances are not the sum of their postings`)
  }
  const [[debts]] = await all(
    store,
    ['count(*)'],
    "FROM balances WHERE amount < 0 AND account_kind NOT IN ('source', 'unexplained')",
  )
  must(debts === 0, `${debts} accounts hold less than nothing`)
  const [[given]] = await all(
    store,
    ['coalesce(sum(amount), 0)'],
    "FROM balances WHERE commodity_kind = 'cash' AND account_kind = 'household'",
  )
  must(Number(given) === handed * cashFen, `households have ${given} fen of ${handed} handovers`)
}

async function chainHolds(store) {
  const last = new Map()
  const columns = [
    'chain',
    'sequence',
    'at',
    "coalesce(actor, '')",
    'verb',
    'subject_kind',
    'subject',
    'facts',
    'previous_hash',
    'hash',
  ]
  for await (const [chain, sequence, ...rest] of rows(store, columns, 'FROM log ORDER BY chain, sequence')) {
    const [at, actor, verb, kind, subject, facts, previous, hash] = rest
    const before = last.get(chain) ?? { sequence: 0, hash: '' }
    must(sequence === before.sequence + 1, `a gap in the log of ${chain} after ${before.sequence}`)
    must(previous === before.hash, `a link of the log of ${chain} is broken at ${sequence}`)
    must(
      sha256([previous, sequence, at, actor, verb, kind, subject, facts].join('\n')) === hash,
      `row ${sequence} of the log of ${chain} was changed`,
    )
    last.set(chain, { sequence, hash })
  }
  for (const [chain, sequence, hash] of await all(store, ['chain', 'sequence', 'hash'], 'FROM chains')) {
    const end = last.get(chain) ?? { sequence: 0, hash: '' }
    must(end.sequence === sequence && end.hash === hash, `the log of ${chain} ends before its head`)
  }
}

async function evidence(store, data, history) {
  const named = new Set()
  for await (const [name] of rows(store, ['sha256'], 'FROM evidence')) {
    must(history.picturesTried.has(name), `picture ${name} was sent by nobody`)
    const path = join(data, 'evidence', name.slice(0, 2), name)
    must(existsSync(path), `picture ${name} has no file`)
    const hash = createHash('sha256')
    await pipeline(createReadStream(path), hash)
    must(hash.digest('hex') === name, `picture ${name} is not what it is called`)
    named.add(name)
  }
  for (const name of history.pictures) must(named.has(name), `picture ${name} was acknowledged and is gone`)
  return named.size
}
