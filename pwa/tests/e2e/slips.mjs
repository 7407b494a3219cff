// Custody changes hands with two signatures: the second one is made here.
import assert from 'node:assert/strict'
import { signIn, unlock } from './browser.mjs'
import { allReceived, answers, dialog, drawName, finishAsItIs, openHousehold, outbox, ready, tab } from './steps.mjs'

const itemsAt = (fake) => [...fake.state.items.values()]
const bottom = (page) => page.getByRole('contentinfo').getByRole('button')
const theSlip = (page) => page.getByRole('link', { name: /等您点清签收|waits for you/ })

export const slipStories = {
  async a_lead_signs_a_slip_offline_after_the_app_was_killed_and_the_server_has_it({ page, context, fake }) {
    await signIn(page, fake.url)
    await ready(page)
    await context.setOffline(true)
    fake.state.faults.dead = true
    await page.reload()
    await unlock(page)
    await theSlip(page).click()
    await bottom(page).click()
    await drawName(page)
    await dialog(page, '签好了', 'Done').click()
    await page
      .getByRole('banner')
      .getByText(/已存在本机|On this phone/)
      .waitFor()
    const url = page.url()
    await page.close({ runBeforeUnload: false })

    const again = await context.newPage()
    await again.goto(url)
    await unlock(again)
    await again
      .getByRole('button', { name: /查看或重签|See or sign again/ })
      .first()
      .waitFor()
    await bottom(again).click()
    await again.getByText(/签收已存在本机|Your signature is on this phone/).waitFor()
    await outbox(again)
    await again.getByText(/领用签收|Issue signed/).waitFor()
    assert.equal(fake.state.items.size, 0)

    fake.state.faults.dead = false
    await context.setOffline(false)
    await allReceived(again)
    const [{ body }] = itemsAt(fake)
    assert.deepEqual(
      body.lines.map((line) => line.amount_fen ?? line.quantity_milli),
      [2_000_000, 20_000, 50_000],
    )
    assert.equal(body.words, '')
    assert.equal(fake.state.evidence.get(body.evidence[0].sha256).type, 'image/png')
    await tab(again, /我的|Me/).click()
    await again.getByText(/没有要签收的单子|Nothing waits/).waitFor()
  },

  async a_lead_who_counts_differently_is_asked_for_words({ page, fake }) {
    await signIn(page, fake.url)
    await theSlip(page).click()
    const rice = page.getByRole('spinbutton', { name: /大米/ })
    await rice.fill('19')
    await rice.blur()
    await page.getByText(/比单上少 1 袋|1 袋 less/).waitFor()
    await bottom(page).click()
    await page.getByLabel(/请写明情况|say what happened/).fill('少一袋米,已当场告诉库管')
    await bottom(page).click()
    await drawName(page)
    await dialog(page, '签好了', 'Done').click()
    await bottom(page).click()
    await outbox(page)
    await allReceived(page)
    const [{ body }] = itemsAt(fake)
    assert.deepEqual([body.lines[1].quantity_milli, body.words], [19_000, '少一袋米,已当场告诉库管'])
  },

  async a_lead_whose_slip_was_signed_by_another_is_told_and_nothing_else_waits({ page, fake }) {
    await signIn(page, fake.url)
    await theSlip(page).click()
    await bottom(page).click()
    await drawName(page)
    await dialog(page, '签好了', 'Done').click()
    fake.signedByAnother()
    await bottom(page).click()
    await outbox(page)
    await page.getByText(/已经有人签收过了|was signed already/).waitFor()
    await tab(page, /今日|Today/).click()
    await openHousehold(page, '王秀英')
    await answers(page).button('开始走访', 'Start the visit').click()
    await page.getByRole('radio', { name: /无人在家|Nobody home/ }).click()
    await finishAsItIs(page)
    await outbox(page)
    await page.getByText(/已收到 1|1 received/).waitFor()
  },

  async a_cadre_sees_what_the_team_holds_and_who_can_sign({ page, fake }) {
    await signIn(page, fake.url)
    assert.equal(await theSlip(page).count(), 0)
    await tab(page, /我的|Me/).click()
    await page.getByText(/发出去的比领到的多|More was handed over/).waitFor()
    await page
      .getByRole('link', { name: /等组长签收|Waits for the lead/ })
      .first()
      .click()
    await page.getByText(/只有组长能签收:李海|Only the lead can sign: 李海/).waitFor()
    assert.equal(await page.getByRole('contentinfo').count(), 0)
    assert.equal(await page.getByRole('spinbutton').count(), 0)
  },
}
