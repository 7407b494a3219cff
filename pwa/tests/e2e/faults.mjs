// What a season does to a phone: days without a line, kills, full disks, slow lines, and a colleague at the same door.
import assert from 'node:assert/strict'
import { setTimeout as rest } from 'node:timers/promises'
import { phone, signIn, unlock } from './browser.mjs'
import {
  allReceived,
  answers,
  dialog,
  fillReached,
  finishAsItIs,
  finishVisit,
  openHousehold,
  outbox,
  ready,
  shutter,
  tab,
  itemsAt,
  sendNow,
} from './steps.mjs'

const today = (page) => tab(page, /今日|Today/).click()

async function until(isSo, what) {
  for (const end = Date.now() + 20_000; Date.now() < end; await rest(20)) if (isSo()) return
  throw new Error(`${what} did not come`)
}

async function absent(page, name) {
  await openHousehold(page, name)
  await answers(page).button('开始走访', 'Start the visit').click()
  await page.getByRole('radio', { name: /无人在家|Nobody home/ }).click()
  await finishAsItIs(page)
}

async function reached(page, name) {
  await openHousehold(page, name)
  await fillReached(page)
  await finishVisit(page)
}

/** Pulls once more, and waits until the list has what came. */
async function hear(page) {
  const pulled = page.waitForResponse((answer) => answer.url().includes('/field/pull') && answer.ok())
  await outbox(page)
  await sendNow(page)
  await (await pulled).finished()
  await page.waitForFunction(() => !document.querySelector('[aria-busy="true"]'))
}

/** Chromium tells every page that it has gigabytes left, and refuses the write that finds none: that is how a full phone looks from inside. */
function fillDisk(page) {
  return page.evaluate(() => {
    const { put, add } = IDBObjectStore.prototype
    const refuse = () => {
      throw new DOMException('no room', 'QuotaExceededError')
    }
    const large = new Set(['bytes', 'outbox'])
    for (const [name, real] of Object.entries({ put, add }))
      IDBObjectStore.prototype[name] = function write(...given) {
        return large.has(this.name) ? refuse() : real.apply(this, given)
      }
    window.thereIsRoom = () => Object.assign(IDBObjectStore.prototype, { put, add })
  })
}

export const faultStories = {
  async a_whole_day_without_a_line_is_kept_through_a_kill_and_ends_reconciled({ page, context, fake }) {
    fake.state.faults.tellsVisits = true
    await signIn(page, fake.url)
    await ready(page)
    fake.state.faults.dead = true
    await context.setOffline(true)
    await page.reload()
    await unlock(page)
    await reached(page, '王秀英')
    await absent(page, '李淑珍')
    await page.close({ runBeforeUnload: false })
    const evening = await context.newPage()
    await evening.goto(fake.url)
    await unlock(evening)
    await reached(evening, '刘志强')
    await outbox(evening)
    await evening
      .getByText(/在本机|On this phone/)
      .first()
      .waitFor()
    assert.equal(itemsAt(fake).length, 0)

    fake.state.faults.dead = false
    await context.setOffline(false)
    await allReceived(evening)
    await evening.getByText(/服务器都有了|holds everything/).waitFor()
    assert.deepEqual([itemsAt(fake).length, fake.state.evidence.size], [3, 4])
    assert.deepEqual(
      itemsAt(fake).map(({ sequence }) => sequence),
      [1, 2, 3],
    )
    await hear(evening)
    await today(evening)
    await openHousehold(evening, '王秀英')
    await evening
      .getByText(/^(已相符|Matched)$/)
      .first()
      .waitFor()
  },

  async killed_in_the_middle_of_an_upload_it_goes_on_from_there_at_the_next_start({ page, context, fake }) {
    await signIn(page, fake.url)
    await openHousehold(page, '王秀英')
    await fillReached(page)
    fake.state.faults.cuts = [9_000]
    await finishVisit(page)
    await until(() => fake.state.requests.some((line) => line.startsWith('CUT')), 'the cut')
    fake.state.faults.dead = true
    await page.close({ runBeforeUnload: false })
    fake.state.faults.dead = false
    const again = await context.newPage()
    await again.goto(fake.url)
    await unlock(again)
    await outbox(again)
    await allReceived(again)
    assert.deepEqual([itemsAt(fake).length, fake.state.evidence.size], [1, 2])
  },

  async two_phones_at_one_door_are_both_heard_and_the_office_asks_which({ page, browser, fake }) {
    fake.state.faults.tellsVisits = true
    await signIn(page, fake.url)
    const second = await phone(browser)
    const other = await second.newPage()
    await signIn(other, fake.url)
    // Neither has heard of the other when it sends.
    await Promise.all([page, other].map((one) => openHousehold(one, '王秀英')))
    await fillReached(page)
    await fillReached(other)
    await finishVisit(page)
    await finishVisit(other)
    for (const one of [page, other]) {
      await outbox(one)
      await allReceived(one)
    }
    const devices = new Set(itemsAt(fake).map(({ device }) => device))
    assert.deepEqual([itemsAt(fake).length, devices.size, fake.state.evidence.size], [2, 2, 4])
    for (const one of [page, other]) {
      await hear(one)
      await today(one)
      await openHousehold(one, '王秀英')
      await one
        .getByText(/^(有疑点|In question)/)
        .first()
        .waitFor()
      await one
        .getByText(/已经走访过|Already reached/)
        .first()
        .waitFor()
    }
    await second.close()
  },

  async a_full_phone_says_so_keeps_the_visit_and_finishes_it_when_there_is_room({ page, fake }) {
    await signIn(page, fake.url)
    await openHousehold(page, '王秀英')
    await fillReached(page)
    await fillDisk(page)
    await page.getByRole('button', { name: /^(再拍一张|Take another|Another photo)$/ }).click()
    await shutter(page).click()
    await page
      .getByRole('dialog')
      .getByText(/空间不够|no room|not enough|space/)
      .waitFor()
    await dialog(page, '拍好了', 'Done').click()
    const next = page.getByRole('contentinfo').getByRole('button')
    await next.click()
    if ((await page.getByText(/没有存好|was not kept|not saved/).count()) === 0) await next.click().catch(() => undefined)
    await page
      .getByText(/没有存好|was not kept|not saved/)
      .first()
      .waitFor()
    assert.equal(itemsAt(fake).length, 0)
    assert.match(page.url(), /\/visits\//)

    await page.evaluate(() => window.thereIsRoom())
    await finishVisit(page)
    await outbox(page)
    await allReceived(page)
    assert.deepEqual([itemsAt(fake).length, fake.state.evidence.size], [1, 2])
  },

  async an_update_with_a_full_outbox_loses_nothing({ page, fake }) {
    await signIn(page, fake.url)
    await ready(page)
    Object.assign(fake.state.faults, { pushStatus: 503, evidenceStatus: 503 })
    await reached(page, '王秀英')
    await absent(page, '李淑珍')
    fake.state.faults.newShell = 'two'
    await page.evaluate(() => navigator.serviceWorker.getRegistration().then((one) => one.update()))
    await page.getByRole('button', { name: /^(现在更新|立即更新|Update now)$/ }).click()
    await unlock(page)
    await outbox(page)
    for (const name of ['王秀英', '李淑珍']) await page.getByText(name).first().waitFor()
    delete fake.state.faults.pushStatus
    delete fake.state.faults.evidenceStatus
    await sendNow(page)
    await allReceived(page)
    assert.deepEqual([itemsAt(fake).length, fake.state.evidence.size], [2, 2])
  },

  async on_a_slow_3g_line_a_visit_with_photo_and_signature_gets_its_receipt({ page, context, fake }) {
    const line = await context.newCDPSession(page)
    const slow = { offline: false, latency: 400, downloadThroughput: 400_000 / 8, uploadThroughput: 400_000 / 8 }
    await line.send('Network.emulateNetworkConditions', slow)
    await signIn(page, fake.url)
    await reached(page, '王秀英')
    await outbox(page)
    await allReceived(page)
    assert.deepEqual([itemsAt(fake).length, fake.state.evidence.size], [1, 2])
  },
}
