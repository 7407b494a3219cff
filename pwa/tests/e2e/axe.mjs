// Every page of the phone before its judges, in both themes and with large text: node tests/e2e/axe.mjs [part of a look's name]
import { enlarge, launch, phone, signIn } from './browser.mjs'
import { startFake } from './fake-server.mjs'
import { axeFindings, smallTargets, tooWide } from './judge.mjs'
import { pages } from './pages.mjs'

const only = process.argv[2] ?? ''
const looks = [
  { name: 'zh-light', width: 360, height: 640 },
  { name: 'en-dark', width: 360, height: 640, language: 'en', dark: true },
  { name: 'en-narrow', width: 320, height: 640, language: 'en' },
  { name: 'zh-big', width: 360, height: 640, textScale: 2 },
  { name: 'en-big-dark', width: 360, height: 640, language: 'en', dark: true, textScale: 2 },
]
const browser = await launch()
let [seen, found] = [0, 0]
/** One thing wrong in the same way on many pages is said once. */
const said = new Set()

async function judge(look) {
  const fake = await startFake({ lead: true })
  const context = await phone(browser, look)
  const page = await context.newPage()
  if (look.textScale) await enlarge(page, look.textScale)
  const shoot = async (name) => {
    await page.waitForLoadState('networkidle', { timeout: 3_000 }).catch(() => undefined)
    await page
      .locator('h1')
      .first()
      .waitFor({ state: 'attached', timeout: 3_000 })
      .catch(() => undefined)
    seen += 1
    const wrong = [...(await axeFindings(page)), ...(await smallTargets(page)), ...(await tooWide(page))]
    found += wrong.length
    for (const words of wrong) {
      const known = said.has(words)
      said.add(words)
      console.log(`${look.name} ${name}: ${known ? words.split('\n')[0] : words}`)
    }
  }
  await pages({ page, fake, shoot, context, signIn: () => signIn(page, fake.url) })
  await context.close()
  fake.close()
}

const waiting = looks.filter(({ name }) => name.includes(only))
const worker = async () => {
  for (let look = waiting.shift(); look; look = waiting.shift()) await judge(look)
}
await Promise.all([worker(), worker()])
await browser.close()
console.log(found === 0 ? `${seen} pages, nothing to say` : `${found} findings on ${seen} pages`)
process.exit(found > 0 || seen === 0 ? 1 : 0)
