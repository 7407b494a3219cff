// Takes the pictures of public/screens, which an app store or the browser's own install page shows: real pages of an invented city.
import { mkdir } from 'node:fs/promises'
import { launch, phone, signIn } from '../tests/e2e/browser.mjs'
import { startFake } from '../tests/e2e/fake-server.mjs'
import { allReceived, fillReached, finishVisit, openHousehold, outbox } from '../tests/e2e/steps.mjs'

const folder = new URL('../public/screens/', import.meta.url).pathname
await mkdir(folder, { recursive: true })
const fake = await startFake()
const browser = await launch()
const page = await (await phone(browser)).newPage()

async function shoot(name) {
  await page.waitForLoadState('networkidle')
  await page.screenshot({ path: `${folder}${name}.jpg`, type: 'jpeg', quality: 60 })
}

await signIn(page, fake.url)
await shoot('today')
await openHousehold(page, '王秀英')
await shoot('household')
await fillReached(page)
await page.evaluate(() => window.scrollTo(0, 0))
await shoot('visit')
await finishVisit(page)
await outbox(page)
await allReceived(page)
await page.evaluate(() => window.scrollTo(0, 0))
await shoot('outbox')
await browser.close()
fake.close()
