// A cadre's day in a real browser against the contract's door: node tests/e2e/run.mjs [part of a story's name]
import { launch, phone } from './browser.mjs'
import { startFake } from './fake-server.mjs'
import { stories } from './stories.mjs'

const only = process.argv[2] ?? ''
const browser = await launch()
let failed = 0
for (const [name, tell] of Object.entries(stories)) {
  if (!name.includes(only)) continue
  const fake = await startFake({ households: name.includes('thousands') ? 5000 : 40, lead: name.startsWith('a_lead') })
  const context = await phone(browser)
  const page = await context.newPage()
  const errors = []
  page.on('pageerror', (error) => errors.push(error.message))
  try {
    await tell({ page, context, fake, browser })
    if (errors.length > 0) throw new Error(`page errors: ${errors.join('; ')}`)
    if (fake.state.broken) throw new Error(fake.state.broken)
    console.log(`ok      ${name}`)
  } catch (cause) {
    failed += 1
    console.log(`FAILED  ${name}\n${cause.stack}`)
    await page.screenshot({ path: new URL(`./results/${name}.png`, import.meta.url).pathname }).catch(() => undefined)
  }
  await context.close()
  fake.close()
}
await browser.close()
process.exit(failed > 0 ? 1 : 0)
