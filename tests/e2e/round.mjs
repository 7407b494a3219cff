// What else a cadre does in a day, against the real server: a need, a correction, a group.
import assert from 'node:assert/strict'
import { phone, signIn } from '../../pwa/tests/e2e/browser.mjs'
import { allReceived, answers, dialog, fillReached, finishVisit, openHousehold, outbox } from '../../pwa/tests/e2e/steps.mjs'
import { addPeople, beginGroup } from '../../pwa/tests/e2e/visits-group.mjs'
import { drawAs, next, photograph } from '../../pwa/tests/e2e/visits-steps.mjs'
import { somebody, somewhereToGo } from './server.mjs'

async function cadreAt(browser, place, pages) {
  const context = await phone(browser)
  await context.setGeolocation({ ...place, accuracy: 10 })
  const page = await context.newPage()
  pages.push(page)
  return { context, page }
}

export const roundStories = {
  async a_need_that_was_heard_reaches_the_team_and_a_visit_that_was_wrong_is_corrected({ browser, url, pages }) {
    const { cadre, household } = await somewhereToGo(url)
    const { latitude, longitude } = household.home
    const { context, page } = await cadreAt(browser, { latitude, longitude }, pages)
    await signIn(page, url)
    await openHousehold(page, household.head_name)
    await fillReached(page)
    await answers(page).button('记一条诉求', 'Note a need').click()
    await page.getByRole('radio', { name: /^(上学|Schooling)$/ }).click()
    await page.getByLabel(/他们怎么说|In their words/).fill('孙子下学期的学费还差一千')
    await finishVisit(page)
    await outbox(page)
    await allReceived(page)
    const heard = await cadre.get('/field/pull')
    const [need] = heard.needs.filter((one) => one.household_id === household.id)
    assert.deepEqual([need.kind, need.words], ['schooling', '孙子下学期的学费还差一千'])
    const first = heard.visits.find((visit) => visit.household_id === household.id)
    assert.ok(first.aid.length > 0, 'what was handed over is told')

    await page.locator('summary').first().click()
    await answers(page).button('更正这次走访', 'Correct this visit').first().click()
    await page.getByLabel(/为什么更正|Why it is corrected/).fill('金额记错了')
    await answers(page).button('不补了,直接完成', 'Finish as it is').click()
    await outbox(page)
    await allReceived(page)
    const corrected = await cadre.get('/field/pull')
    const visits = corrected.visits.filter((visit) => visit.household_id === household.id)
    const second = visits.find((visit) => visit.amends === first.id)
    assert.equal(visits.find((visit) => visit.id === first.id).amended_by, second?.id)
    assert.ok(!second.findings.some((finding) => finding.code === 'P01'), 'where it was still holds')
    await context.close()
  },

  async a_group_receives_with_a_signature_each_and_its_sum_is_believed({ browser, url, pages }) {
    const { campaign, household } = await somewhereToGo(url)
    const { latitude, longitude } = household.home
    const { context, page } = await cadreAt(browser, { latitude, longitude }, pages)
    await beginGroup(page, { url })
    const names = ['赵玉兰', '钱国栋']
    await addPeople(page, names)
    const each = page.getByRole('spinbutton', { name: /每人金额|Amount each/ })
    await each.fill('200')
    await each.blur()
    await answers(page).button('每人一样', 'Same for all').click()
    for (const at of names.keys()) {
      await next(page).click()
      await drawAs(page, at)
      await dialog(page, '签好了', 'Done').click()
      await page
        .getByRole('img', { name: /的签名$|^Signature of/ })
        .nth(at)
        .waitFor()
    }
    await photograph(page, 2)
    await finishVisit(page)
    await outbox(page)
    await allReceived(page)
    const centre = await somebody(url, 'centre')
    const { items } = await centre.get(`/visits?campaign=${campaign.id}&limit=500`)
    const group = items.find((visit) => visit.mode === 'collective')
    const seen = await centre.get(`/visits/${group.id}`)
    assert.equal(
      seen.aid.reduce((sum, line) => sum + line.amount_fen, 0),
      40_000,
    )
    const codes = seen.findings.map((finding) => finding.code)
    for (const code of ['G01', 'E01', 'E02', 'I01', 'P01'])
      assert.ok(!codes.includes(code), `${code}: ${JSON.stringify(seen.findings)}`)

    // The phone cannot read what it sealed; its correction begins with what the server says of it.
    await page.locator('summary').first().click()
    await answers(page).button('更正这次走访', 'Correct this visit').first().click()
    await page.getByLabel(/为什么更正|Why it is corrected/).fill('单位名称写全')
    for (const name of names) await page.getByRole('button', { name: new RegExp(`${name}.*200`) }).waitFor()
    await page.getByLabel(/单位或集体的名称|Name of the workplace/).fill('环卫三所(东关)')
    await finishVisit(page)
    await outbox(page)
    await allReceived(page)
    const [newest] = (await centre.get(`/visits?campaign=${campaign.id}&limit=500`)).items.filter(
      (one) => one.amends === group.id,
    )
    const corrected = await centre.get(`/visits/${newest.id}`)
    assert.equal(corrected.found.name, '环卫三所(东关)')
    assert.deepEqual(
      corrected.evidence.map((one) => one.sha256).toSorted(),
      seen.evidence.map((one) => one.sha256).toSorted(),
      'photos and signatures stand',
    )
    for (const { code } of corrected.findings) assert.ok(!['G01', 'E02', 'E03', 'I02', 'P01'].includes(code), code)
    await context.close()
  },
}
