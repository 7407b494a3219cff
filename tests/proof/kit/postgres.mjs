// A PostgreSQL of the run's own, as user postgres where we are root; it may be killed and comes back.
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { chmod, mkdir } from 'node:fs/promises'
import { createServer, connect } from 'node:net'
import { join } from 'node:path'
import { run } from './program.mjs'

const isRoot = process.getuid?.() === 0

function binaries() {
  const base = '/usr/lib/postgresql'
  const found = existsSync(base) ? readdirSync(base).map((version) => join(base, version, 'bin')) : []
  return found.filter((bin) => existsSync(join(bin, 'initdb'))).sort().pop() ?? '/usr/bin'
}

const as = (...line) => (isRoot ? ['runuser', '-u', 'postgres', '--', ...line] : line)

function freePort() {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address()
      probe.close(() => resolve(port))
    })
  })
}

export async function cluster(folder) {
  const [bin, data, port] = [binaries(), join(folder, 'postgres'), await freePort()]
  await mkdir(data)
  await chmod(folder, 0o755)
  if (isRoot) execFileSync('chown', ['postgres', data])
  const must = async (line) => {
    const { code, said } = await run(line.slice(1), { command: line[0] })
    if (code !== 0) throw new Error(`${line.join(' ')}: ${said}`)
  }
  await must(as(`${bin}/initdb`, '-D', data, '-A', 'trust', '-U', 'postgres', '-E', 'UTF8', '--locale=C'))
  const options = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections=100 -c shared_buffers=64MB`
  const start = () => must(as(`${bin}/pg_ctl`, '-D', data, '-w', '-t', '120', '-l', join(data, 'log'), '-o', options, 'start'))
  await start()
  const pid = () => Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0])
  const isAlive = (id) => existsSync(`/proc/${id}`)
  const url = (database) => `postgres://postgres@127.0.0.1:${port}/${database}`
  await must(['psql', url('postgres'), '-Xqc', "CREATE DATABASE proof TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'"])
  process.on('exit', () => {
    try {
      execFileSync(as(`${bin}/pg_ctl`)[0], as(`${bin}/pg_ctl`, '-D', data, '-m', 'immediate', 'stop').slice(1), { stdio: 'ignore' })
    } catch {
      // It is gone already.
    }
  })
  return {
    port,
    url: url('proof'),
    start,
    /** The processes that serve connections to our database. */
    backends: () => execFileSync('psql', [url('postgres'), '-XAtqc', "SELECT pid FROM pg_stat_activity WHERE datname = 'proof'"], { encoding: 'utf8' }).split('\n').filter(Boolean).map(Number),
    /** The whole of it at once, and up again. */
    async killPostmaster() {
      const mother = pid()
      const children = readdirSync('/proc').filter((id) => /^\d+$/.test(id) && parent(id) === mother)
      process.kill(mother, 'SIGKILL')
      // Its children end by themselves, each as soon as it looks; a new one may not begin beside them.
      while ([mother, ...children].some(isAlive)) await new Promise((resolve) => setTimeout(resolve, 10))
      await start()
    },
  }
}

function parent(id) {
  try {
    return Number(readFileSync(`/proc/${id}/stat`, 'utf8').split(') ')[1].split(' ')[1])
  } catch {
    return 0
  }
}

/** A line to the database that can be cut. */
export async function wire(port) {
  const open = new Set()
  const server = createServer((near) => {
    const far = connect(port, '127.0.0.1')
    for (const [one, other] of [
      [near, far],
      [far, near],
    ]) {
      open.add(one)
      one.on('error', () => other.destroy())
      one.on('close', () => {
        open.delete(one)
        other.destroy()
      })
      one.pipe(other)
    }
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { port: server.address().port, cut: () => open.forEach((socket) => socket.destroy()), close: () => server.close() }
}
