// What is on the phone is locked: by a PIN, with a way back, and never at the cost of a visit.
import assert from 'node:assert/strict'
import { user } from './city.mjs'
import { askedPin, givePassword, newPin, pin, setPin, signIn, typePin, unlock } from './browser.mjs'
import { allReceived, answers, openHousehold, outbox, ready, tab } from './steps.mjs'
import { allOnThePhone } from './sealed.mjs'
import { searchStory } from './vault-search.mjs'
import { lockedOutbox, openVisit, oldStore } from './vault-steps.mjs'

const rescueKept = (page) =>
  page.waitForFunction(async () => {
    const done = (request) => new Promise((resolve) => request.addEventListener('success', () => resolve(request.result)))
    const [{ name }] = await indexedDB.databases()
    const database = await done(indexedDB.open(name))
    const row = await done(database.transaction('meta').objectStore('meta').get('rescue'))
    database.close()
    return Boolean(row)
  })
const wrongPins = async (page, times) => {
  for (let left = 4; left > 4 - times; left -= 1) {
    await typePin(page, askedPin, '730155')
    if (left > 0) await page.getByText(new RegExp(`还可以试 ${left} 次|Tries left: ${left};`)).waitFor()
  }
}
const signInAgain = async (page) => {
  await page.getByRole('link', { name: /登录并重设|Sign in and reset/ }).click()
  await givePassword(page)
}
const theList = (page) => page.getByRole('list', { name: /家庭名单|Households/ }).waitFor()

export const vaultStories = {
  ...searchStory,

  async five_wrong_pins_wipe_the_lock_and_the_password_brings_back_the_visit_that_was_being_written({ page, fake }) {
    await signIn(page, fake.url)
    await rescueKept(page)
    await openVisit(page, '王秀英', '门口有狗')
    const visit = page.url()
    await page.reload()
    await wrongPins(page, 5)
    await page.getByText(/已经错了 5 次|Five wrong tries/).waitFor()
    await page.reload()
    await page.getByText(/已经错了 5 次|Five wrong tries/).waitFor()
    await signInAgain(page)
    await setPin(page, '915037')
    await page.waitForURL(visit)
    assert.equal(await page.getByLabel(/想说明|Anything to explain/).inputValue(), '门口有狗')
    await page.reload()
    await unlock(page, '915037')
  },

  async a_reload_in_the_middle_of_a_try_gives_no_try_for_nothing({ page, fake }) {
    await signIn(page, fake.url)
    await page.reload()
    await typePin(page, askedPin, '730155')
    await page.getByText(/还可以试 4 次|Tries left: 4;/).waitFor()
    await page.reload()
    await page.getByText(/还可以试 4 次|Tries left: 4;/).waitFor()
    await unlock(page)
  },

  async a_forgotten_pin_is_set_anew_by_password_and_the_list_is_still_there({ page, fake }) {
    await signIn(page, fake.url)
    await rescueKept(page)
    await page.reload()
    await page.getByRole('button', { name: /忘了 PIN|Forgot PIN/ }).click()
    await signInAgain(page)
    await setPin(page, '915037')
    await theList(page)
    assert.equal(fake.state.requests.filter((line) => line.includes('/field/vault')).length, 1)
  },

  async where_the_server_has_no_key_the_person_chooses_and_nothing_is_deleted({ page, fake }) {
    await signIn(page, fake.url)
    await rescueKept(page)
    await openVisit(page, '王秀英', '门口有狗')
    await page.reload()
    await page.getByRole('button', { name: /忘了 PIN|Forgot PIN/ }).click()
    fake.state.faults.noVault = 'seal_key_unknown'
    await signInAgain(page)
    await page.getByText(/1 件没写完的|unfinished ones \(1\)/).waitFor()
    await answers(page).button('设新的 PIN,继续工作', 'Set a new PIN and go on').click()
    await setPin(page, '915037')
    await theList(page)
    await openHousehold(page, '李淑珍')
    await page.goBack()
    await tab(page, /我的|Me/).click()
    await page.getByText(/有 1 件没写完的走访|earlier key: 1/).waitFor()
  },

  async easy_pins_are_refused_with_words_and_two_unlike_ones_too({ page, fake }) {
    await page.goto(fake.url)
    await givePassword(page)
    for (const easy of ['111111', '123456', '654321', '121212']) {
      await typePin(page, newPin, easy)
      await page.getByText(/太容易猜到|too easy to guess/).waitFor()
    }
    await typePin(page, newPin)
    await typePin(page, /再输一次这个 PIN|once more/, '284918')
    await page.getByText(/两次输入的不一样|not the same/).waitFor()
    await setPin(page)
    await theList(page)
  },

  async a_passphrase_opens_too_and_a_pin_can_take_its_place({ page, fake }) {
    await page.goto(fake.url)
    await givePassword(page)
    await page.getByRole('button', { name: /改用一句口令|Use a passphrase/ }).click()
    const words = page.getByLabel(/^(口令|Passphrase)$/)
    for (let twice = 0; twice < 2; twice += 1) {
      await words.fill('腊月二十三送到门口再回来')
      await page.getByRole('button', { name: /^(下一步|Next)$/ }).click()
    }
    await theList(page)
    await page.goto(`${fake.url}/me`)
    await words.fill('腊月二十三送到门口再回来')
    await page.getByRole('button', { name: /^(打开|Open)$/ }).click()
    await page.getByRole('link', { name: /换 PIN 或口令|Change PIN/ }).click()
    await words.fill('腊月二十三送到门口再回来')
    await page.getByRole('button', { name: /^(下一步|Next)$/ }).click()
    await setPin(page)
    await answers(page).button('现在锁上', 'Lock now').click()
    await unlock(page)
    await page.waitForURL(/\/me/)
  },

  async the_pin_opens_without_a_line_and_the_wrong_one_does_not({ page, context, fake }) {
    await signIn(page, fake.url)
    await ready(page)
    await context.setOffline(true)
    fake.state.faults.dead = true
    await page.reload()
    await wrongPins(page, 1)
    await unlock(page)
    await openHousehold(page, '王秀英')
  },

  async two_people_on_one_phone_each_have_a_pin_and_see_nothing_of_the_other({ page, fake }) {
    await signIn(page, fake.url)
    await openVisit(page, '王秀英', '门口有狗')
    await page.goto(`${fake.url}/me`)
    await unlock(page)
    await answers(page).button('退出登录', 'Sign out').click()
    await answers(page).button('仍然退出', 'Sign out anyway').click()
    await page.getByLabel(/用户名|User name/).waitFor()
    await signIn(page, fake.url, { username: 'lead1', digits: '915037' })
    assert.equal(await page.getByRole('link', { name: /还没有完成|not finished/ }).count(), 0)
    await page.reload()
    await wrongPins(page, 1)
    await unlock(page, '915037')
    await theList(page)
    await tab(page, /我的|Me/).click()
    await answers(page).button('退出登录', 'Sign out').click()
    await page.getByLabel(/用户名|User name/).waitFor()
    await signIn(page, fake.url)
    await page.getByRole('link', { name: /还没有完成|not finished/ }).waitFor()
  },

  async two_pages_are_both_open_and_one_sends_while_a_locked_one_sends_too({ page, context, fake }) {
    await signIn(page, fake.url)
    const other = await context.newPage()
    await other.goto(fake.url)
    await unlock(other)
    await theList(other)
    await lockedOutbox(page, fake)
    await other.reload()
    await other.getByRole('group', { name: askedPin }).waitFor()
    await page.close()
    delete fake.state.faults.pushStatus
    delete fake.state.faults.evidenceStatus
    // Without the PIN: what is finished goes all the same.
    await other.evaluate(() => window.dispatchEvent(new Event('online')))
    for (const deadline = Date.now() + 20_000; fake.state.evidence.size < 2 && Date.now() < deadline;)
      await other.waitForEvent('response', { timeout: 2_000 }).catch(() => undefined)
    assert.deepEqual([fake.state.items.size, fake.state.evidence.size], [1, 2])
    await unlock(other)
    await outbox(other)
    await allReceived(other)
    await other.locator('summary').first().click()
    await other.getByText('王秀英').first().waitFor()
  },

  async signing_out_with_a_full_outbox_loses_nothing_and_the_same_pin_opens_it_again({ page, fake }) {
    await signIn(page, fake.url)
    await lockedOutbox(page, fake)
    await tab(page, /我的|Me/).click()
    await answers(page).button('退出登录', 'Sign out').click()
    await answers(page).button('仍然退出', 'Sign out anyway').click()
    await page.getByLabel(/用户名|User name/).waitFor()
    delete fake.state.faults.pushStatus
    delete fake.state.faults.evidenceStatus
    await page.goto(fake.url)
    await givePassword(page)
    await unlock(page)
    await outbox(page)
    await allReceived(page)
    await page.locator('summary').first().click()
    await page.getByText('王秀英').first().waitFor()
  },

  async hidden_for_a_quarter_of_an_hour_it_locks_and_comes_back_to_the_visit({ page, fake }) {
    await page.clock.install()
    await signIn(page, fake.url)
    await openVisit(page, '王秀英', '门口有狗')
    const visit = page.url()
    const show = (state) =>
      page.evaluate((value) => {
        Object.defineProperty(document, 'visibilityState', { value, configurable: true })
        document.dispatchEvent(new Event('visibilitychange'))
      }, state)
    await show('hidden')
    await page.clock.runFor('14:00')
    await show('visible')
    assert.equal(page.url(), visit)
    await show('hidden')
    await page.clock.runFor('15:01')
    await show('visible')
    await unlock(page)
    await page.waitForURL(visit)
    assert.equal(await page.getByLabel(/想说明|Anything to explain/).inputValue(), '门口有狗')
  },

  async a_store_of_the_version_before_is_locked_after_the_update_with_its_open_visit_and_its_queue({ page, fake }) {
    await oldStore(page, fake.url, { user, ...fake.pack }, '门口有狗')
    await page.goto(fake.url)
    await givePassword(page)
    await setPin(page)
    await page.getByRole('link', { name: /还没有完成|not finished/ }).click()
    assert.equal(await page.getByLabel(/想说明|Anything to explain/).inputValue(), '门口有狗')
    assert.equal(
      await page.evaluate((secret) => JSON.stringify({ ...localStorage, ...sessionStorage }).includes(secret), pin),
      false,
    )
    await page.goto(`${fake.url}/outbox`)
    await unlock(page)
    await page.getByText(/已收到 1|1 received/).waitFor()
    assert.equal(fake.state.items.size, 1)
    const drafts = await allOnThePhone(page)
    assert.ok(drafts.length > 40 && !drafts.some(({ store, text }) => store !== 'outbox' && text.includes('门口有狗')))
  },
}
