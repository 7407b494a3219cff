// The real program, as a process that can be killed. NUANFANG names another build of it.
import { spawn } from 'node:child_process'
import { request } from 'node:http'
import { join } from 'node:path'

export const root = new URL('../../../', import.meta.url).pathname
const target = process.env.CARGO_TARGET_DIR ?? join(root, 'target')
/** Which build; none where NUANFANG names one. */
export const profile = process.env.NUANFANG ? null : (process.env.PROOF_PROFILE ?? 'release')

export const program = process.env.NUANFANG ?? join(target, profile, 'nuanfang')

/** Nothing that was started outlives who started it. */
const started = new Set()
process.on('exit', () => started.forEach((child) => child.kill('SIGKILL')))
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => process.exit(130))

export function child(command, args, options) {
  const one = spawn(command, args, options)
  started.add(one)
  return one.once('exit', () => started.delete(one))
}

const environment = () => {
  const { NUANFANG_LOG: _, ...rest } = process.env
  return rest
}

/** Runs a command to its end: its exit status and all it said. */
export function run(args, { input = '', command = program, cwd, more = {} } = {}) {
  return new Promise((resolve, reject) => {
    const one = child(command, args, { cwd, env: { ...environment(), ...more }, stdio: ['pipe', 'pipe', 'pipe'] })
    let said = ''
    one.stdout.on('data', (chunk) => (said += chunk))
    one.stderr.on('data', (chunk) => (said += chunk))
    one.on('error', reject)
    one.on('close', (code, signal) => resolve({ code: code ?? signal, said }))
    one.stdin.end(input)
  })
}

const answers = (url) =>
  new Promise((resolve) => {
    const asked = request(`${url}/readyz`, { agent: false }, (answer) => {
      answer.resume().on('end', () => resolve(answer.statusCode === 200))
    })
    asked.on('error', () => resolve(false))
    asked.end()
  })

/** Until it says that it is ready; how long that took from a moment on. */
export async function ready(url, since, patienceMs = 120_000) {
  while (!(await answers(url))) {
    if (performance.now() - since > patienceMs) throw new Error(`not ready after ${patienceMs} ms`)
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
  return performance.now() - since
}

/**
 * Starts the program on a data folder and waits until it says it is ready. `through` makes a command line out of its own: a tracer's.
 */
export async function serve(data, { as = ['serve'], more = [], through = (line) => line, listen = '127.0.0.1:0' } = {}) {
  const since = performance.now()
  const [command, ...args] = through([program, ...as, '--listen', listen, '--data', data, ...more])
  const process = child(command, args, { env: environment(), stdio: ['ignore', 'ignore', 'pipe'] })
  const ended = new Promise((resolve) => process.once('exit', (code, signal) => resolve({ code, signal })))
  let said = ''
  let open = ''
  const [errors, slow] = [[], []]
  const url = await new Promise((resolve, reject) => {
    process.on('error', reject)
    process.stderr.on('data', (chunk) => {
      // What it says later is of use only when something goes wrong.
      said = (said + chunk).slice(-20_000)
      const lines = (open + chunk).split('\n')
      open = lines.pop()
      errors.push(...lines.filter((line) => line.includes('"ERROR"')).slice(0, 20 - errors.length))
      slow.push(...lines.filter((line) => line.includes('took long')).map((line) => JSON.parse(line)))
      const address = /"address":"([^"]+)"/.exec(said)?.[1]
      if (address) resolve(`http://${address}`)
    })
    void ended.then(({ code, signal }) => reject(new Error(`the program ended with ${code ?? signal}: ${said}`)))
  })
  const server = {
    url,
    pid: process.pid,
    ended,
    words: () => said,
    errors: () => errors.join('\n'),
    /** Groups of writes that held everybody up: what the work took of it and what the disk took, in milliseconds. */
    slow: () => slow.map((line) => ({ work_ms: Number(line.work_ms), disk_ms: Number(line.disk_ms) })),
    isUp: () => process.exitCode === null && process.signalCode === null,
  }
  const first = await Promise.race([ready(url, since), ended.then(() => null)])
  if (first === null) throw new Error(`the program ended before it was ready: ${said}`)
  server.readyMs = first
  server.kill = () => {
    process.kill('SIGKILL')
    return ended
  }
  server.stop = async () => {
    process.kill('SIGTERM')
    const { code, signal } = await ended
    if (code !== 0) throw new Error(`it does not stop in good order: ${code ?? signal}: ${said}`)
  }
  return server
}
