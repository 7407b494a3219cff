// The app's own files as the server hands them out: compressed beforehand, named assets for good, the rest asked for each time.
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { extname, join, normalize } from 'node:path'

const dist = new URL('../../dist/', import.meta.url).pathname
const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webmanifest': 'application/manifest+json',
  '.wasm': 'application/wasm',
  '.txt': 'text/plain; charset=utf-8',
}
const encodings = [
  ['br', '.br'],
  ['gzip', '.gz'],
]
const bytesOf = (name) => readFile(join(dist, name)).catch(() => null)

async function smallest(asked, accepted) {
  for (const [encoding, suffix] of encodings) {
    const bytes = accepted.includes(encoding) ? await bytesOf(`${asked}${suffix}`) : null
    if (bytes) return { encoding, bytes }
  }
  return { encoding: 'identity', bytes: await bytesOf(asked) }
}

/** With `newShell` the worker is another one than before, as after an update. */
export async function files(req, res, { path, csp, newShell }) {
  const asked = normalize(path).replace(/^(\.\.[/\\])+/, '')
  const name = extname(asked) ? asked : '/index.html'
  const isChanged = newShell && name === '/sw.js'
  const accepted = isChanged ? [] : (req.headers['accept-encoding'] ?? '').split(/[,;]\s*/)
  const { encoding, bytes: kept } = await smallest(name, accepted)
  if (!kept) return res.writeHead(404).end()
  const bytes = isChanged ? Buffer.concat([kept, Buffer.from(`\n// ${newShell}`)]) : kept
  const etag = `"${createHash('sha256').update(bytes).digest('hex').slice(0, 32)}"`
  const headers = {
    etag,
    vary: 'Accept-Encoding',
    'content-security-policy': csp,
    'cache-control': name.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
  }
  if (req.headers['if-none-match'] === etag) return res.writeHead(304, headers).end()
  return res
    .writeHead(200, {
      ...headers,
      'content-type': types[extname(name)] ?? 'application/octet-stream',
      'content-encoding': encoding,
      'content-length': bytes.length,
    })
    .end(bytes)
}
