// A phone without a line before the deadline: its outbox goes to a file, and the file goes to the server from elsewhere.
import assert from 'node:assert/strict'
import { mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { phone, signIn, unlock } from './browser.mjs'
import { lead1, user } from './city.mjs'
import { allReceived, answers, fillReached, finishVisit, openHousehold, outbox } from './steps.mjs'

const pick = async (page, words, path) => {
  const chosen = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: words }).click()
  await (await chosen).setFiles(path)
}

/** A visit finished where nothing gets through, and the outbox saved to a file that was checked. */
async function savedOutbox(page, fake) {
  await signIn(page, fake.url)
  await openHousehold(page, '王秀英')
  await fillReached(page)
  fake.state.faults.pushStatus = 503
  await finishVisit(page)
  await outbox(page)
  await page.getByRole('link', { name: /存一份到文件|Save a copy/ }).click()
  await page.getByText(/1 件记录、2 张照片|1 records and 2 pictures/).waitFor()
  const passphrase = await page.getByText(/^(\d{4} ){4}\d{4}$/).innerText()
  const download = page.waitForEvent('download')
  await answers(page).button('生成文件', 'Make the file').click()
  const path = join(await mkdtemp(join(tmpdir(), 'nuanfang-')), 'copy.nfbox')
  await (await download).saveAs(path)
  assert.ok(!(await readFile(path)).includes('王秀英'))
  await pick(page, /核对存好的文件|Check the saved file/, path)
  await page.getByText(/存好并核对过了|Saved and checked/).waitFor()
  return { path, passphrase: passphrase.replaceAll(' ', '') }
}

async function leadAtTheDesk(browser, fake) {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
  })
  const page = await context.newPage()
  await page.goto(`${fake.url}/sign-in?next=/desk/copies`)
  await page.getByLabel(/用户名|User name/).fill('lead1')
  await page.getByLabel(/密码|Password/).fill('nuanfang-demo')
  await page.getByRole('button', { name: /^(登录|Sign in)$/ }).click()
  await page.getByRole('heading', { name: /代为送交|Bring a file/ }).waitFor()
  return { context, page }
}

async function openAtTheDesk(page, { path, passphrase }) {
  await pick(page, /^(选文件|Choose the file)$/, path)
  await page.getByLabel(/口令|Passphrase/).fill(passphrase)
  await answers(page).button('发送里面的东西', 'Send what is in it').click()
  await page.getByText(/周敏的:1 件记录、2 张照片|周敏's: 1 records and 2 pictures/).waitFor()
  await answers(page).button('替周敏发送', 'Send for 周敏').click()
}

export const copyStories = {
  async an_outbox_saved_to_a_file_is_sent_from_another_phone_by_the_same_person({ page, fake, browser }) {
    const { path, passphrase } = await savedOutbox(page, fake)

    delete fake.state.faults.pushStatus
    await page.close()
    const context = await phone(browser)
    const other = await context.newPage()
    await signIn(other, fake.url)
    await outbox(other)
    await other.getByRole('link', { name: /打开存好的文件|Open a saved copy/ }).click()
    await pick(other, /^(选文件|Choose the file)$/, path)
    await other.getByLabel(/口令|Passphrase/).fill('0000')
    await answers(other).button('发送里面的东西', 'Send what is in it').click()
    await other.getByText(/口令不对|does not fit/).waitFor()
    await other.getByLabel(/口令|Passphrase/).fill(passphrase)
    await answers(other).button('发送里面的东西', 'Send what is in it').click()
    await other.getByText(/发好了|^Sent:/).waitFor()
    assert.deepEqual([fake.state.items.size, fake.state.evidence.size], [1, 2])
    await context.close()
  },

  async an_outbox_brought_to_the_desk_by_a_lead_is_written_down_as_the_cadres({ page, fake, browser }) {
    const saved = await savedOutbox(page, fake)
    // The cadre's phone stays without a line, or it would be the quicker of the two.
    await page.context().setOffline(true)
    delete fake.state.faults.pushStatus
    const { context, page: desk } = await leadAtTheDesk(browser, fake)
    await openAtTheDesk(desk, saved)
    await desk.getByText(/都记在周敏名下,由您代为送交|written down as 周敏's, brought by you/).waitFor()
    const [{ owner, bringer, body }] = fake.state.items.values()
    assert.deepEqual([owner, bringer, fake.state.evidence.size], [user.id, lead1.id, 2])
    assert.equal(body.outcome, 'reached')
    await context.close()

    // The cadre's own phone comes to a line later: nothing is there twice.
    await page.context().setOffline(false)
    await page.goto(`${fake.url}/outbox`)
    await unlock(page)
    await answers(page).button('现在发送', 'Send now').click()
    await allReceived(page)
    assert.equal(fake.state.items.size, 1)
  },

  async a_lead_of_another_team_is_told_who_may_bring_it_and_nothing_is_sent({ page, fake, browser }) {
    const saved = await savedOutbox(page, fake)
    await page.context().setOffline(true)
    delete fake.state.faults.pushStatus
    fake.state.faults.mayNotBring = true
    const { context, page: desk } = await leadAtTheDesk(browser, fake)
    await openAtTheDesk(desk, saved)
    await desk.getByText(/您不能替周敏送交|You cannot bring 周敏's records/).waitFor()
    assert.deepEqual([fake.state.items.size, fake.state.evidence.size], [0, 0])
    await context.close()
  },
}
