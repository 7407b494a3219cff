// Each story is a sentence that must hold, from the phone at the door to the desk.
import assert from 'node:assert/strict'
import { phone, signIn, unlock } from '../../pwa/tests/e2e/browser.mjs'
import { answers, fillReached, finishVisit, openHousehold, tab } from '../../pwa/tests/e2e/steps.mjs'
import { centreStories } from './centre.mjs'
import { checkStories } from './checks.mjs'
import { drawStories } from './draw.mjs'
import { evidenceStories } from './evidence.mjs'
import { judgedStories } from './judged.mjs'
import { fileStories } from './files.mjs'
import { leadStories } from './lead.mjs'
import { roundStories } from './round.mjs'
import { somebody, somewhereToGo } from './server.mjs'
import { seesSomethingOfItsOwn } from './view.mjs'

async function ready(page) {
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
}

const outbox = (page) => tab(page, /^(发送|Outbox)/).click()

export const stories = {
  // First: the city as it was raised.
  ...judgedStories,
  ...roundStories,
  ...fileStories,
  ...leadStories,
  ...centreStories,
  ...drawStories,
  ...checkStories,
  ...evidenceStories,

  async an_offline_visit_with_photo_and_signature_survives_being_killed_and_is_reconciled_at_the_desk({ browser, url, pages }) {
    const { cadre, campaign, household } = await somewhereToGo(url)
    const context = await phone(browser)
    await context.setGeolocation({
      latitude: household.home.latitude,
      longitude: household.home.longitude,
      accuracy: 10,
    })
    await seesSomethingOfItsOwn(context)
    const page = await context.newPage()
    pages.push(page)
    await signIn(page, url)
    await ready(page)

    // No line from here on: the app opens, the household opens, the visit is made.
    await context.setOffline(true)
    await page.reload()
    await unlock(page)
    await openHousehold(page, household.head_name)
    await fillReached(page)
    await page
      .getByRole('banner')
      .getByText(/已存在本机|On this phone/)
      .waitFor()

    // The browser kills the app in the middle of it; it comes back where it was.
    const visit = page.url()
    await page.close({ runBeforeUnload: false })
    const again = await context.newPage()
    pages.push(again)
    await again.goto(visit)
    await unlock(again)
    await again
      .getByRole('button', { name: /查看或重签|See or sign again/ })
      .first()
      .waitFor()
    await finishVisit(again)
    await outbox(again)
    await again
      .getByText(/在本机|On this phone/)
      .first()
      .waitFor()
    assert.ok(!(await known(cadre, household)), 'nothing can have arrived without a line')

    // Killed once more with the visit in the outbox; then the line comes back.
    await again.close({ runBeforeUnload: false })
    const third = await context.newPage()
    pages.push(third)
    await third.goto(url)
    await unlock(third)
    await outbox(third)
    await third
      .getByText(/在本机|On this phone/)
      .first()
      .waitFor()
    await context.setOffline(false)
    await answers(third).text('全部收到了', 'Everything has been received').waitFor({ timeout: 60_000 })
    await context.close()

    await settled(cadre, household, campaign)
    await atTheDesk({ browser, url, pages, campaign, household })
  },
}

const known = async (cadre, household) => {
  const pack = await cadre.get('/field/pull')
  return pack.visits.find((visit) => visit.household_id === household.id)
}

/** The background has held the visit against its evidence. */
async function settled(cadre, household, campaign) {
  for (const deadline = Date.now() + 30_000; Date.now() < deadline;) {
    const pack = await cadre.get('/field/pull')
    const now = pack.households.find((h) => h.id === household.id).standings.find((s) => s.campaign_id === campaign.id)
    if (now.standing === 'matched') return
    const visit = pack.visits.find((v) => v.household_id === household.id)
    if (now.standing === 'disputed') throw new Error(`disputed: ${JSON.stringify(visit.findings)}`)
  }
  throw new Error('the visit was not reconciled in half a minute')
}

async function atTheDesk({ browser, url, pages, campaign, household }) {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
  })
  const page = await context.newPage()
  pages.push(page)
  await page.goto(`${url}/`)
  await page.getByLabel(/用户名|User name/).fill('centre')
  await page.getByLabel(/密码|Password/).fill('nuanfang-demo')
  await page.getByRole('button', { name: /^(登录|Sign in)$/ }).click()
  await page.waitForURL(/\/desk/)
  const centre = await somebody(url, 'centre')
  const { items } = await centre.get(`/visits?campaign=${campaign.id}&household=${household.id}`)
  assert.equal(items.length, 1)
  await page.goto(`${url}/desk/visits/${items[0].id}`)
  await page.getByText(household.head_name).first().waitFor()
  await page.locator('img[src^="blob:"]').first().waitFor()
  await context.close()
}
