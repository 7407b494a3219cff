// What a phone downloads before the first screen: index.html's script, its static imports and styles, and one language. Exit 1 past the budget.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

const budget = 150 * 1024
const dist = new URL('../dist/', import.meta.url).pathname
const seen = new Map()

function weigh(path) {
  if (seen.has(path)) return
  const text = readFileSync(join(dist, path), 'utf8')
  seen.set(path, gzipSync(text, { level: 9 }).length)
  if (!path.endsWith('.js')) return
  for (const match of text.matchAll(/(?:from|import)\s*["']\.\/([\w.-]+\.js)["']/g)) weigh(`assets/${match[1]}`)
}

const html = readFileSync(join(dist, 'index.html'), 'utf8')
for (const match of html.matchAll(/(?:src|href)="\/(assets\/[^"]+\.(?:js|css))"/g)) weigh(match[1])
const firstScreen = /^(zh-CN|TodayPage)-.*\.(js|css)$/
for (const name of readdirSync(join(dist, 'assets'))) if (firstScreen.test(name)) weigh(`assets/${name}`)

const total = [...seen.values()].reduce((sum, size) => sum + size, 0)
for (const [path, size] of [...seen].sort((a, b) => b[1] - a[1]))
  console.log(`${(size / 1024).toFixed(1).padStart(7)} KB  ${path}`)
console.log(`${(total / 1024).toFixed(1).padStart(7)} KB  first screen, gzip (budget ${budget / 1024} KB)`)

// The desk and its controls are no business of a phone: neither precached nor in a chunk of the phone's.
const strays = ['sw.js', ...readdirSync(join(dist, 'assets')).map((name) => `assets/${name}`)]
  .filter((path) => /\.(js|css)$/.test(path))
  .filter((path) => /--el-color|url:"assets\/desk|"url":"assets\/desk/.test(readFileSync(join(dist, path), 'utf8')))
for (const path of strays) console.log(`${path} carries the desk to the phone`)
// The worker is a plain script to the browser: what only a module may say would keep it from starting, and the app from opening offline.
const isPlain = !readFileSync(join(dist, 'sw.js'), 'utf8').includes('import.meta')
if (!isPlain) console.log('sw.js can only be read as a module')
process.exit(total > budget || strays.length > 0 || !isPlain ? 1 : 0)
