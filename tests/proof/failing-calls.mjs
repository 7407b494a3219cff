// Every fsync, write, rename and the rest of a scripted day fails once: EIO, ENOSPC, EINTR. The program answers an error and goes on,
// or it stops — after a failed sync it must —, and after a new start nothing acknowledged is gone.
import { readFile, rm } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { Dice } from './kit/dice.mjs'
import { Day, deeds } from './kit/day.mjs'
import { History } from './kit/history.mjs'
import { judge } from './kit/judge.mjs'
import { child, serve } from './kit/program.mjs'
import { scratch } from './kit/workshop.mjs'
import { freshSeason } from './kit/world.mjs'
import { rest } from './kit/writers.mjs'

const calls = ['fsync', 'fdatasync', 'write', 'pwrite64', 'rename', 'ftruncate', 'mkdir', 'openat']
const errors = ['EIO', 'ENOSPC', 'EINTR']
const visits = 4
/** Days that are lived at once. */
const lanes = availableParallelism() + 1
const one = ['--workers', '1']

/** The program started under a tracer that keeps its process number. */
const under = (options) => (line) => ['strace', '-D', '-f', '-qq', '-y', ...options, '--', ...line]

/** A tracer for a program that runs already. */
async function attach(server, options) {
  const tracer = child('strace', ['-f', '-y', ...options, '-p', String(server.pid)], { stdio: ['ignore', 'ignore', 'pipe'] })
  await new Promise((resolve, reject) => {
    tracer.stderr.on('data', (said) => String(said).includes('attached') && resolve())
    tracer.once('exit', (code) => reject(new Error(`strace ended with ${code}`)))
  })
}

export default async function failingCalls({ amount, seed }) {
  const folder = await scratch('calls')
  const places = await callsOfADay(folder, seed)
  const dice = new Dice(seed)
  // PROOF_ONLY runs those again whose description matches it.
  const only = new RegExp(process.env.PROOF_ONLY ?? '')
  const all = places
    .flatMap((place) => errors.map((error) => ({ ...place, error })))
    .filter((place) => only.test(described(place)))
  // A part of them, each as likely as the next, where not all are wanted.
  const chosen = all
    .map((place) => ({ place, turn: dice.unit() }))
    .sort((a, b) => a.turn - b.turn)
    .slice(0, amount)
    .map(({ place }) => place)
  const sum = { 'call sites': all.length, stopped: 0, 'answered with an error': 0, 'went unnoticed': 0, 'was not asked for': 0 }
  const wrong = []
  const left = chosen.entries()
  // A day is mostly waiting for the disk and for its tracer; each has a folder and a program of its own.
  const lane = async () => {
    for (const [n, place] of left) {
      try {
        sum[await oneFails(`${folder}/${n}`, place, seed)] += 1
      } catch (cause) {
        wrong.push(`${described(place)}: ${cause.message}`)
      }
      await rm(`${folder}/${n}`, { recursive: true, force: true })
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  if (wrong.length > 0) throw new Error(`${wrong.length} of ${chosen.length}: ${wrong.slice(0, 6).join(' · ')}`)
  return { done: chosen.length, figures: sum }
}

const described = ({ part, call, shown, nth, error }) => `${part}: ${call} of ${shown}, number ${nth}, with ${error}`

async function prepared(data, seed) {
  const season = await freshSeason(data, 100)
  const history = new History()
  return { season, history, list: deeds(season, history, new Dice(seed), visits) }
}

/** What a start and a day ask of the disk, by file and call, and how often. */
async function callsOfADay(folder, seed) {
  const data = `${folder}/first`
  const { season, history, list } = await prepared(data, seed)
  const watch = (part) => ['-o', `${folder}/${part}.log`, '-e', `trace=${calls.join(',')}`]
  let server = await serve(data, { more: one, through: under(watch('start')) })
  await server.stop()
  server = await serve(data, { more: one })
  await attach(server, watch('day'))
  const day = new Day(() => server.url, history)
  const mayNotBe = (cause) => {
    throw cause
  }
  await day.signIn(mayNotBe)
  await day.live(list, mayNotBe)
  await server.stop()
  await judge(data, history, season)
  const places = []
  for (const part of ['start', 'day'])
    places.push(...counted(await readFile(`${folder}/${part}.log`, 'utf8'), part, data, server.pid))
  return places
}

function counted(log, part, data, pid) {
  const counts = new Map()
  for (const line of log.split('\n')) {
    const [, thread, call, rest] = /^(\d+) +(\w+)\((.*)/.exec(line) ?? []
    const path = call && pathOf(call, rest, data)
    if (!path) continue
    const key = `${call} ${path.replace(`/${pid}-`, '/PID-')}`
    const threads = counts.get(key) ?? new Map()
    counts.set(key, threads.set(thread, (threads.get(thread) ?? 0) + 1))
  }
  // The tracer counts by thread, and so do we.
  return [...counts].flatMap(([key, threads]) => {
    const [call, shown] = key.split(' ')
    return Array.from({ length: Math.max(...threads.values()) }, (_, n) => ({ part, call, shown, nth: n + 1 }))
  })
}

/** The file of a call, below the data folder; nothing of those that change nothing or that may fail without harm. */
function pathOf(call, rest, data) {
  if (call === 'openat' && !rest.includes('O_CREAT')) return null
  const path = ['openat', 'mkdir', 'rename'].includes(call) ? /"([^"]+)"/.exec(rest)?.[1] : /^\d+<([^>]+)>/.exec(rest)?.[1]
  if (!path?.startsWith(data) || path.endsWith('-shm')) return null
  return path.slice(data.length) || '/'
}

async function oneFails(data, { part, call, shown, nth, error }, seed) {
  const { season, history, list } = await prepared(data, seed)
  const log = `${data}.log`
  const failing = (pid) => [
    '-o',
    log,
    '-P',
    `${data}${shown}`.replace('PID', pid),
    '-e',
    `trace=${call}`,
    '-e',
    `inject=${call}:error=${error}:when=${nth}`,
  ]
  let outcome = 'went unnoticed'
  // It may fail to start; then it starts without the fault.
  let server = await serve(data, { more: one, ...(part === 'start' && { through: under(failing(0)) }) }).catch(() => null)
  if (!server) {
    outcome = 'stopped'
    server = await serve(data, { more: one })
  }
  if (part === 'day') await attach(server, failing(server.pid))
  const day = new Day(() => server.url, history)
  const whenCut = async () => {
    const ended = await Promise.race([server.ended, rest(30_000)])
    if (!ended) throw new Error('it hung up without a word and did not stop')
    outcome = 'stopped'
    server = await serve(data, { more: one })
  }
  await day.signIn(whenCut)
  await day.live(list, whenCut)
  if (!(await inGoodOrder(server))) {
    // It stopped over what it does by itself, after the last answer.
    outcome = 'stopped'
    server = await serve(data, { more: one })
    await server.stop()
  }
  if (outcome !== 'stopped' && Object.keys(day.refusals).length > 0) outcome = 'answered with an error'
  await judge(data, history, season)
  const wasFailed = (await readFile(log, 'utf8')).includes('(INJECTED)')
  await rm(log)
  const mustStop = wasFailed && error === 'EIO' && ['fsync', 'fdatasync'].includes(call)
  if (mustStop && outcome !== 'stopped')
    throw new Error(`a sync failed, and it went on (${outcome} ${JSON.stringify(day.refusals)})`)
  return wasFailed ? outcome : 'was not asked for'
}

/** Stops it; false where it had stopped by itself, over the disk. */
async function inGoodOrder(server) {
  try {
    await server.stop()
    return true
  } catch (cause) {
    if ((await server.ended).signal === 'SIGABRT') return false
    throw cause
  }
}
