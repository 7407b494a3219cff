// How things get from the phone to the server, and what is said of it.
import assert from 'node:assert/strict'
import { signIn } from './browser.mjs'
import {
  allReceived,
  answers,
  fillReached,
  finishAsItIs,
  finishVisit,
  openHousehold,
  outbox,
  tab,
  sendNow,
  itemsAt,
} from './steps.mjs'

export const sendingStories = {
  async pictures_cut_on_their_way_go_on_from_where_they_were({ page, fake }) {
    await signIn(page, fake.url)
    await openHousehold(page, '王秀英')
    await fillReached(page)
    fake.state.faults.cuts = [5_000, 7_000, 3_000]
    await finishVisit(page)
    await outbox(page)
    await allReceived(page)
    assert.equal(fake.state.evidence.size, 2)
    const uploads = fake.state.requests.filter((line) => line.includes('/evidence/')).map((line) => line.split(' ')[0])
    assert.equal(uploads.filter((one) => one === 'CUT').length, 3)
    assert.ok(uploads.includes('HEAD') && uploads.includes('PATCH'))
  },

  async pictures_kept_for_wifi_wait_and_say_so_until_the_person_sends_them({ page, fake }) {
    await page.addInitScript(() => Object.defineProperty(navigator, 'connection', { value: undefined }))
    await signIn(page, fake.url)
    await tab(page, /我的|Me/).click()
    await page.getByRole('switch', { name: /只用 Wi-Fi|Wi-Fi only/ }).click()
    await tab(page, /今日|Today/).click()
    await openHousehold(page, '王秀英')
    await fillReached(page)
    await finishVisit(page)
    await outbox(page)
    await page.getByText(/2 张照片在等 Wi-Fi|2 pictures wait for Wi-Fi/).waitFor()
    assert.deepEqual([itemsAt(fake).length, fake.state.evidence.size], [1, 0])
    await sendNow(page)
    await allReceived(page)
    assert.equal(fake.state.evidence.size, 2)
  },

  async the_day_is_compared_with_the_server_and_what_it_lost_is_named_and_sent_again({ page, fake }) {
    await signIn(page, fake.url)
    await openHousehold(page, '王秀英')
    await fillReached(page)
    await finishVisit(page)
    await outbox(page)
    await page.getByText(/服务器都有了|holds everything/).waitFor()
    await page.getByText(/^(2\/2|2 of 2)$/).waitFor()
    const [lost] = fake.state.evidence.keys()
    fake.state.evidence.delete(lost)
    fake.state.items.clear()
    fake.state.tails.clear()
    const sentAgain = page.waitForResponse((answer) => answer.url().endsWith('/field/push') && answer.ok())
    await answers(page).button('和服务器核对', 'Compare with the server').click()
    await sentAgain
    assert.equal(itemsAt(fake).length, 1)
    await answers(page).button('和服务器核对', 'Compare with the server').click()
    await page.getByText(/缺 1 张|1 missing/).waitFor()
  },

  async a_receipt_that_does_not_verify_is_none_and_says_what_to_do({ page, fake }) {
    await signIn(page, fake.url)
    await openHousehold(page, '王秀英')
    await answers(page).button('开始走访', 'Start the visit').click()
    await page.getByRole('radio', { name: /无人在家|Nobody home/ }).click()
    fake.state.faults.badReceipt = true
    await finishAsItIs(page)
    await outbox(page)
    await page.getByText(/回执核对不上|does not verify/).waitFor()
    await page.getByText(/已收到 1|1 received/).waitFor({ state: 'detached' })
  },

  async pictures_arrive_at_a_server_that_takes_no_parts({ page, fake }) {
    await signIn(page, fake.url)
    await openHousehold(page, '王秀英')
    await fillReached(page)
    Object.assign(fake.state.faults, { noParts: true, cuts: [5_000] })
    await finishVisit(page)
    await outbox(page)
    await allReceived(page)
    assert.equal(fake.state.evidence.size, 2)
  },
}
