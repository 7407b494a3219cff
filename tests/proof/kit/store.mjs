// Looks into the store itself, by a program that is not ours: sqlite3 or psql.
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

/** The embedded database of a data folder, or the one a URL names. */
export const storeAt = (data, url = null) =>
  url
    ? { command: 'psql', args: [url, '-XAtq', '-v', 'ON_ERROR_STOP=1'], build: 'json_build_array' }
    : { command: 'sqlite3', args: ['-batch', '-bail', `${data}/nuanfang.db`], build: 'json_array' }

/** The rows of a query, one by one; `columns` are expressions. */
export async function* rows(store, columns, rest) {
  const child = spawn(store.command, store.args, { stdio: ['pipe', 'pipe', 'pipe'] })
  let wrong = ''
  child.stderr.on('data', (chunk) => (wrong += chunk))
  const ended = new Promise((resolve, reject) => child.on('error', reject).on('close', resolve))
  child.stdin.end(`SELECT ${store.build}(${columns.join(', ')}) ${rest};\n`)
  for await (const line of createInterface({ input: child.stdout, crlfDelay: Infinity })) yield JSON.parse(line)
  const code = await ended
  if (code !== 0) throw new Error(`${store.command}: ${code} ${wrong}`)
}

export async function all(store, columns, rest) {
  const found = []
  for await (const row of rows(store, columns, rest)) found.push(row)
  return found
}
