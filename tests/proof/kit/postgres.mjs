// A PostgreSQL of the run's own, as user postgres where we are root; it may be killed and comes back.
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { chmod, mkdir } from 'node:fs/promises'
import { createServer, connect } from 'node:net'
import { join } from 'node:path'
import { child, run } from './program.mjs'

const isRoot = process.getuid?.() === 0

function binaries() {
  const base = '/usr/lib/postgresql'
  const found = existsSync(base) ? readdirSync(base).map((version) => join(base, version, 'bin')) : []
  return (
    found
      .filter((bin) => existsSync(join(bin, 'initdb')))
      .sort()
      .pop() ?? '/usr/bin'
  )
}

const idOf = (which) => Number(execFileSync('id', [which, 'postgres'], { encoding: 'utf8' }))

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
  const who = isRoot ? { uid: idOf('-u'), gid: idOf('-g'), cwd: '/' } : {}
  const must = (command, args) => execFileSync(command, args, { ...who, stdio: 'pipe', encoding: 'utf8' })
  must(`${bin}/initdb`, ['-D', data, '-A', 'trust', '-U', 'postgres', '-E', 'UTF8', '--locale=C'])
  const url = (database) => `postgres://postgres@127.0.0.1:${port}/${database}`
  const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'max_connections=100', 'shared_buffers=64MB']
  let mother = null
  // Our own child, so that it is really gone when it was killed.
  const start = async () => {
    mother = child(`${bin}/postgres`, ['-D', data, '-p', String(port), ...settings.flatMap((one) => ['-c', one])], {
      ...who,
      stdio: 'ignore',
    })
    while ((await run([url('postgres'), '-Xqc', 'SELECT 1'], { command: 'psql' })).code !== 0) {
      if (mother.exitCode !== null) throw new Error(`PostgreSQL ended with ${mother.exitCode}`)
    }
  }
  await start()
  return {
    port,
    /** A database of its own; answers its URL. */
    addDatabase(name) {
      must('psql', [url('postgres'), '-Xqc', `CREATE DATABASE ${name} TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'`])
      return url(name)
    },
    dropDatabase: (name) => must('psql', [url('postgres'), '-Xqc', `DROP DATABASE ${name}`]),
    /** The processes that serve connections to our databases. */
    backends: () =>
      execFileSync('psql', [url('postgres'), '-XAtqc', "SELECT pid FROM pg_stat_activity WHERE datname LIKE 'proof%'"], {
        encoding: 'utf8',
      })
        .split('\n')
        .filter(Boolean)
        .map(Number),
    /** The whole of it at once, and up again. */
    async killPostmaster() {
      const children = readdirSync('/proc').filter((id) => /^\d+$/.test(id) && Number(stat(id)[1]) === mother.pid)
      const gone = new Promise((resolve) => mother.once('exit', resolve))
      mother.kill('SIGKILL')
      await gone
      // Its children end by themselves, each as soon as it looks; a new one may not begin beside them.
      while (children.some(isAlive)) await new Promise((resolve) => setTimeout(resolve, 5))
      await start()
    },
  }
}

const isAlive = (id) => !['', 'Z', 'X'].includes(stat(id)[0] ?? '')

/** State, parent and the rest; nothing of one that is gone. */
function stat(id) {
  try {
    return readFileSync(`/proc/${id}/stat`, 'utf8').split(') ')[1].split(' ')
  } catch {
    return []
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
      // Else Nagle's algorithm and the late acknowledgement of the other end add 40 ms to a statement.
      one.setNoDelay(true)
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
