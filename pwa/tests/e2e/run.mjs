// A cadre's day in a real browser against the contract's door: node tests/e2e/run.mjs [part of a story's name]
import { launch, phone } from './browser.mjs'
import { startFake } from './fake-server.mjs'
import { stories } from './stories.mjs'

/** Stories that hold a stopwatch are told when nothing else is. */
const timed = /^(a_second_start|an_outbox_of|a_whole_visit)/
const atOnce = 2

const only = process.argv[2] ?? ''
const browser = await launch()
let failed = 0

async function act([name, tell]) {
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

/** Tells them in order, so many at once. */
async function tellAll(told, many) {
  const waiting = [...told]
  const worker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) await act(next)
  }
  await Promise.all(Array.from({ length: many }, worker))
}

const wanted = Object.entries(stories).filter(([name]) => name.includes(only))
await tellAll(
  wanted.filter(([name]) => !timed.test(name)),
  atOnce,
)
await tellAll(
  wanted.filter(([name]) => timed.test(name)),
  1,
)
await browser.close()
console.log(`${wanted.length - failed} passed, ${failed} failed`)
process.exit(failed > 0 || wanted.length === 0 ? 1 : 0)
