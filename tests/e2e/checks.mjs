// The spot check away from any line, chosen by a finding, and told to strangers: against the real server.
import assert from 'node:assert/strict'
import { givePassword, phone, setPin, unlock } from '../../pwa/tests/e2e/browser.mjs'
import { answers } from '../../pwa/tests/e2e/steps.mjs'
import { somebody } from './server.mjs'

const bottom = (page) => page.getByRole('contentinfo').getByRole('button')

async function campaignOf(supervisor) {
  return (await supervisor.get('/campaigns')).items[0]
}

export const checkStories = {
  async answers_given_without_a_line_stand_beside_the_record_once_they_have_arrived({ browser, url, pages }) {
    const supervisor = await somebody(url, 'supervisor')
    const context = await phone(browser)
    const page = await context.newPage()
    pages.push(page)
    await page.goto(url)
    await givePassword(page, 'supervisor')
    await setPin(page)
    await page.getByRole('heading', { level: 1, name: /^(待核查|To be asked)$/ }).waitFor()
    const first = page
      .getByRole('list', { name: /待核查|To be asked/ })
      .locator('a.who')
      .first()
    await first.waitFor()
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
    await context.setOffline(true)
    await first.click()
    await page
      .getByRole('group', { name: /有人来慰问过吗|Did anybody come/ })
      .getByRole('radio', { name: /^(来过|Yes)$/ })
      .click()
    await page.getByLabel(/收到现金|Cash received/).fill('1')
    await page
      .getByRole('banner')
      .getByText(/已存在本机|On this phone/)
      .waitFor()
    const address = page.url()
    const check = new URL(address).pathname.split('/').at(-1)
    await page.close({ runBeforeUnload: false })

    const again = await context.newPage()
    pages.push(again)
    await again.goto(address)
    await unlock(again)
    assert.equal(await again.getByLabel(/收到现金|Cash received/).inputValue(), '1')
    await bottom(again).click()
    await again.getByText(/回答已存在本机|kept on this phone/).waitFor()
    assert.equal((await supervisor.get(`/checks/${check}`)).state, 'waiting')
    await context.setOffline(false)
    await again
      .getByRole('navigation')
      .getByRole('link', { name: /^(发送|Outbox)/ })
      .click()
    await answers(again).text('全部收到了', 'Everything has been received').waitFor()
    const kept = await supervisor.get(`/checks/${check}`)
    assert.deepEqual([kept.state, kept.answers.cash_fen, kept.answers.how], ['answered', 100, 'phone'])
    await again.locator('summary').first().click()
    await again.getByRole('link', { name: /联网对照|Compare with the record/ }).click()
    await again.getByRole('heading', { name: /^(对照|Side by side)$/ }).waitFor()
    await context.close()
  },

  async a_household_is_put_on_the_list_because_of_a_finding_with_its_reason({ browser, url, pages }) {
    const supervisor = await somebody(url, 'supervisor')
    const campaign = await campaignOf(supervisor)
    const { items } = await supervisor.get(`/findings?campaign=${campaign.id}&status=open&limit=500`)
    const finding = items.find((one) => one.household && one.visit)
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN' })
    const page = await context.newPage()
    pages.push(page)
    await page.goto(`${url}/desk`)
    await givePassword(page, 'supervisor')
    await page.waitForURL((at) => at.pathname.startsWith('/desk'))
    await page.goto(`${url}/desk/visits/${finding.visit.id}`)
    await page
      .locator('article.finding')
      .getByRole('button', { name: /核查这户|Check this household/ })
      .first()
      .click()
    const why = page.getByRole('dialog').getByRole('textbox')
    assert.match(await why.inputValue(), /^(疑点|Finding) [A-Z]\d\d/)
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /列入核查|Put on the list/ })
      .click()
    await page.waitForURL(/\/desk\/samples\//)
    await page
      .getByText(/定向核查只针对|A targeted check/)
      .first()
      .waitFor()
    const { items: samples } = await supervisor.get(`/samples?campaign=${campaign.id}`)
    assert.deepEqual([samples[0].kind, samples[0].households], ['targeted', 1])
    await context.close()
  },

  async a_stranger_reads_the_promise_and_the_draws_in_either_language({ browser, url, pages }) {
    const supervisor = await somebody(url, 'supervisor')
    const campaign = await campaignOf(supervisor)
    const { commitment, draws } = await fetch(`${url}/api/v1/public/campaigns/${campaign.id}/draws`).then((one) => one.json())
    const context = await phone(browser)
    const page = await context.newPage()
    pages.push(page)
    await page.goto(`${url}/public/draws/${campaign.id}`)
    await page.getByText(campaign.name).waitFor()
    await page.getByText(commitment).waitFor()
    assert.equal(await page.locator('h3').count(), draws.length)
    await page.getByText(/sys\.argv\[1\]/).waitFor()
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    assert.ok(wide <= 0, `the page is ${wide} px too wide`)
    await page.getByRole('button', { name: 'English' }).click()
    await page.getByRole('heading', { level: 1, name: 'Public data of the spot check' }).waitFor()
    await page.goto(`${url}/public/draws/01900000-0000-7000-8000-00000000dead`)
    await page.getByText('There is no such campaign').waitFor()
    await context.close()
  },
}
