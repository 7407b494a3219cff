// A supervisor asks at a door without a line: nothing of the cadre's record is on the phone, and the answers get home.
import assert from 'node:assert/strict'
import { givePassword, setPin, unlock } from './browser.mjs'
import { allReceived, answers, dialog, itemsAt, outbox, ready, shutter } from './steps.mjs'

const bottom = (page) => page.getByRole('contentinfo').getByRole('button')
const choose = (page, question, answer) =>
  page.getByRole('group', { name: question }).getByRole('radio', { name: answer }).click()
const kept = (page) =>
  page
    .getByRole('banner')
    .getByText(/已存在本机|On this phone/)
    .waitFor()
const list = (page) => page.getByRole('heading', { level: 1, name: /^(待核查|To be asked)$/ }).waitFor()

export async function signInToAsk(page, url) {
  await page.goto(url)
  await givePassword(page, 'supervisor1')
  await setPin(page)
  await list(page)
  await page.getByRole('list', { name: /待核查|To be asked/ }).waitFor()
}

/** From the open household, as far as the last button: helped, with rice, by a second visit with a photo. */
async function askAtTheDoor(page) {
  await choose(page, /核查方式|How/, /上门|Second visit/)
  await choose(page, /有人来慰问过吗|Did anybody come/, /^(来过|Yes)$/)
  await page.getByLabel(/谁来的|Who came/).fill('小周')
  await page.getByLabel(/收到现金|Cash received/).fill('500')
  await page.getByLabel(/收到大米|大米 received/).fill('2')
  await answers(page).button('拍照', 'Take a photo').click()
  await shutter(page).click()
  await page.getByText(/已存好 1 张|1 photo kept/).waitFor()
  await dialog(page, '拍好了', 'Done').click()
  await page.getByText(/已定位|Position taken/).waitFor()
}

export const checkStories = {
  async a_supervisor_asks_without_a_line_after_the_app_was_killed_and_the_server_has_it({ page, context, fake }) {
    await signInToAsk(page, fake.url)
    await ready(page)
    await context.setOffline(true)
    fake.state.faults.dead = true
    await page.getByRole('link', { name: /^王秀英/ }).click()
    await askAtTheDoor(page)
    await kept(page)
    const url = page.url()
    await page.close({ runBeforeUnload: false })

    const again = await context.newPage()
    await again.goto(url)
    await unlock(again)
    assert.equal(await again.getByLabel(/谁来的|Who came/).inputValue(), '小周')
    assert.equal(await again.locator('figure img').count(), 1)
    await bottom(again).click()
    await again.getByText(/回答已存在本机|kept on this phone/).waitFor()
    await list(again)
    await again.getByRole('heading', { name: /本机已问过|Asked on this phone/ }).waitFor()
    assert.equal(
      await again
        .getByRole('list', { name: /待核查|To be asked/ })
        .getByText('王秀英')
        .count(),
      0,
    )
    assert.equal(fake.state.items.size, 0)

    fake.state.faults.dead = false
    await context.setOffline(false)
    await outbox(again)
    await allReceived(again)
    const [item] = itemsAt(fake)
    assert.equal(item.kind, 'check')
    assert.ok(item.sealed, 'sealed to the campaign, as a visit is')
    const { answers: said, evidence } = item.body
    assert.deepEqual([said.how, said.came, said.who, said.cash_fen], ['visit', true, '小周', 50_000])
    assert.deepEqual(
      said.goods.map((line) => line.quantity_milli),
      [2000],
    )
    assert.ok(said.position.accuracy_m > 0)
    assert.equal(fake.state.evidence.get(evidence[0].sha256).type, 'image/jpeg')
    await again.getByText(/户核查|households asked/).waitFor()
  },

  async nothing_that_a_cadre_wrote_lies_on_the_phone_of_whoever_is_to_ask({ page, fake }) {
    await signInToAsk(page, fake.url)
    const rows = await page.evaluate(async () => {
      const { name } = (await indexedDB.databases()).find((one) => one.name.startsWith('nuanfang-'))
      const db = await new Promise((done) => {
        const asked = indexedDB.open(name)
        asked.addEventListener('success', () => done(asked.result))
      })
      const count = (table) =>
        new Promise((done) => {
          const asked = db.transaction(table).objectStore(table).count()
          asked.addEventListener('success', () => done(asked.result))
        })
      return Promise.all(['checks', 'households', 'visits', 'entitlements'].map(count))
    })
    assert.deepEqual(rows, [12, 0, 0, 0])
  },

  async answers_that_are_not_whole_are_asked_for_before_they_are_kept({ page, fake }) {
    await signInToAsk(page, fake.url)
    await page.getByRole('link', { name: /^王秀英/ }).click()
    await bottom(page).click()
    await page.getByText(/请选一项|choose one/).waitFor()
    await choose(page, /有人来慰问过吗|Did anybody come/, /^(来过|Yes)$/)
    await bottom(page).click()
    await page.getByText(/没有收到填 0|0 where none/).waitFor()
    await page.getByLabel(/收到现金|Cash received/).fill('0')
    await bottom(page).click()
    await list(page)
    await outbox(page)
    await allReceived(page)
    assert.deepEqual(
      itemsAt(fake).map((item) => item.body.answers.cash_fen),
      [0],
    )
  },

  async a_household_that_another_has_asked_says_so_and_what_was_written_is_set_aside({ page, fake }) {
    await signInToAsk(page, fake.url)
    await page.getByRole('link', { name: /^王秀英/ }).click()
    await choose(page, /有人来慰问过吗|Did anybody come/, /^(没有来过|No)$/)
    await kept(page)
    const [check] = (await page.evaluate(() => location.pathname)).split('/').slice(-1)
    fake.state.answered.set(check, {})
    await page.goBack()
    await outbox(page)
    await answers(page).button('现在发送', 'Send now').click()
    await page
      .getByRole('navigation')
      .getByRole('link', { name: /^(核查|Checks)/ })
      .click()
    await page.getByText(/不用再核查|No longer needed/).waitFor()
    await page.getByRole('link', { name: /^王秀英/ }).click()
    await page.getByText(/另存备查|sets it aside/).waitFor()
    await bottom(page).click()
    await outbox(page)
    await page.getByText(/另存,没有丢|kept aside and not lost/).waitFor()
    await page.getByRole('link', { name: /联网对照|Compare with the record/ }).waitFor()
  },
}
