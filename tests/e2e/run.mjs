// A cadre's day against the real server, in a real browser: node tests/e2e/run.mjs [part of a story's name]
import { mkdir } from 'node:fs/promises'
import { launch } from '../../pwa/tests/e2e/browser.mjs'
import { stories } from './day.mjs'
import { startCity } from './server.mjs'

const results = new URL('./results/', import.meta.url).pathname
await mkdir(results, { recursive: true })
const city = await startCity()
const browser = await launch()
let failed = 0
const wanted = Object.entries(stories).filter(([name]) => name.includes(process.argv[2] ?? ''))
for (const [name, tell] of wanted) {
  const pages = []
  try {
    await tell({ browser, url: city.url, pages })
    console.log(`ok      ${name}`)
  } catch (cause) {
    failed += 1
    console.log(`FAILED  ${name}\n${cause.stack}`)
    for (const [n, page] of pages.entries()) await page.screenshot({ path: `${results}${name}-${n}.png` }).catch(() => undefined)
  }
}
await browser.close()
await city.stop()
console.log(`${wanted.length - failed} passed, ${failed} failed`)
process.exit(failed > 0 || wanted.length === 0 ? 1 : 0)
