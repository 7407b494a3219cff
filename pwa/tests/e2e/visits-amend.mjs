// What was sent and was wrong: a correction with a reason; the earlier visit stays.
import assert from 'node:assert/strict'
import { signIn } from './browser.mjs'
import { allReceived, answers, dialog, drawName, fillReached, finishVisit, openHousehold, outbox, tab } from './steps.mjs'
import { addPeople, beginGroup, signNext } from './visits-group.mjs'
import { drawAs, next, nextWords, photograph, visitsAt } from './visits-steps.mjs'

const amend = (page) => answers(page).button('更正这次走访', 'Correct this visit').first()
const reason = (page) => page.getByLabel(/为什么更正|Why it is corrected/)

export async function sendOne(page, fake) {
  await signIn(page, fake.url)
  await openHousehold(page, '王秀英')
  await fillReached(page)
  await finishVisit(page)
  await outbox(page)
  await allReceived(page)
}

export const amendStories = {
  async a_sent_visit_is_corrected_with_a_reason_and_keeps_its_times_and_photos({ page, fake }) {
    await sendOne(page, fake)
    await page.locator('summary').first().click()
    await amend(page).click()
    assert.match(await nextWords(page), /写更正原因|Say why/)
    await page.getByText(/原来的记录会留着|earlier record stays/).waitFor()
    await answers(page).button('不补了,直接完成', 'Finish as it is').click()
    await page.getByText(/没有原因不能更正|without a reason/).waitFor()
    await reason(page).fill('金额记错,实际发了 500 元')
    const cash = page.getByRole('spinbutton', { name: /^(慰问金|Cash)/ })
    assert.equal(await cash.inputValue(), '1000')
    await page.getByText(/原来的签名还有效|earlier signature stands/).waitFor()
    await cash.fill('500')
    await cash.blur()
    await page.getByText(/原来的签名不算数了|no longer counts/).waitFor()
    await next(page).click()
    await drawName(page)
    await dialog(page, '签好了', 'Done').click()
    await finishVisit(page)
    await outbox(page)
    await allReceived(page)
    const [first, second] = visitsAt(fake).map((item) => item.body)
    const [firstId] = fake.state.items.keys()
    assert.deepEqual([second.amends, second.amend_reason], [firstId, '金额记错,实际发了 500 元'])
    assert.deepEqual([second.started_at, second.ended_at], [first.started_at, first.ended_at])
    assert.equal(second.aid[0].amount_fen, 50_000)
    assert.equal(second.position, null)
    const photo = (body) => body.evidence.find((one) => one.kind === 'photo').sha256
    assert.equal(photo(second), photo(first))
  },

  async a_correction_of_words_alone_keeps_all_else_and_the_signature({ page, fake }) {
    await sendOne(page, fake)
    await page.locator('summary').first().click()
    await amend(page).click()
    await reason(page).fill('漏记了情况')
    await page.getByLabel(/想说明的情况|Anything to explain/).fill('听力不好,敲门要久一点')
    await finishVisit(page)
    await outbox(page)
    await allReceived(page)
    const [first, second] = visitsAt(fake).map((item) => item.body)
    const signature = (body) => body.evidence.find((one) => one.kind === 'signature').sha256
    assert.equal(signature(second), signature(first))
    assert.deepEqual([second.signature_ink, second.recipient, second.aid], [first.signature_ink, first.recipient, first.aid])
    assert.match(second.notes, /听力不好/)
  },

  async a_roster_comes_back_and_only_who_gets_another_sum_signs_again({ page, fake }) {
    await beginGroup(page, fake)
    await addPeople(page, ['赵玉兰', '钱国栋'])
    await page.getByRole('spinbutton', { name: /每人金额|Amount each/ }).fill('200')
    await page.getByRole('spinbutton', { name: /每人金额|Amount each/ }).blur()
    await answers(page).button('每人一样', 'Same for all').click()
    for (const at of [0, 1]) await signNext(page, at)
    await photograph(page, 2)
    await finishVisit(page)
    await outbox(page)
    await allReceived(page)
    await page.locator('summary').first().click()
    await amend(page).click()
    await reason(page).fill('钱国栋实发 300 元')
    await page.getByRole('button', { name: /钱国栋.*200/ }).click()
    const amount = page.getByRole('spinbutton', { name: /钱国栋/ })
    await amount.fill('300')
    await amount.blur()
    await next(page).click()
    await drawAs(page, 3)
    await dialog(page, '签好了', 'Done').click()
    await finishVisit(page)
    await outbox(page)
    await allReceived(page)
    const [first, second] = visitsAt(fake).map((item) => item.body.group)
    assert.deepEqual(
      second.recipients.map((one) => [one.name, one.amount_fen]),
      [
        ['赵玉兰', 20_000],
        ['钱国栋', 30_000],
      ],
    )
    assert.equal(second.recipients[0].signature, first.recipients[0].signature)
    assert.notEqual(second.recipients[1].signature, first.recipients[1].signature)
    const evidence = new Set(visitsAt(fake)[1].body.evidence.map((one) => one.sha256))
    assert.ok(second.recipients.every((one) => evidence.has(one.signature)))
  },

  async a_correction_begun_without_a_line_fetches_later_what_was_filled_in({ page, context, fake }) {
    await sendOne(page, fake)
    await page.locator('summary').first().click()
    await context.setOffline(true)
    await amend(page).click()
    await page.getByText(/没有带过来|not here/).waitFor()
    const fetchIt = answers(page).button('取来原来填的', 'Fetch what was filled in')
    await fetchIt.click()
    await page.getByText(/还是取不到|still cannot/).waitFor()
    await reason(page).fill('补记')
    await context.setOffline(false)
    await fetchIt.click()
    await page.getByText(/原来的签名还有效|earlier signature stands/).waitFor()
    assert.equal(await reason(page).inputValue(), '补记')
    await finishVisit(page)
    await outbox(page)
    await allReceived(page)
    const [first, second] = visitsAt(fake).map((item) => item.body)
    assert.deepEqual([second.recipient, second.aid], [first.recipient, first.aid])
  },

  async a_correction_begun_is_gone_on_with_and_a_corrected_visit_offers_the_newest({ page, fake }) {
    await sendOne(page, fake)
    await page.locator('summary').first().click()
    await amend(page).click()
    await reason(page).fill('数目不对')
    const url = page.url()
    await page.goBack()
    await page.locator('summary').first().click()
    await amend(page).click()
    await reason(page).waitFor()
    assert.deepEqual([page.url(), await reason(page).inputValue()], [url, '数目不对'])
    await answers(page).button('不补了,直接完成', 'Finish as it is').click()
    await page.getByRole('searchbox').waitFor()
    await outbox(page)
    await allReceived(page)
    await page.locator('summary').first().click()
    await page
      .getByText(/已经更正过|Corrected since/)
      .first()
      .waitFor()
    await answers(page).button('更正最新的一次', 'Correct the newest').click()
    await reason(page).fill('再改一次')
    await answers(page).button('不补了,直接完成', 'Finish as it is').click()
    await outbox(page)
    await allReceived(page)
    const ids = [...fake.state.items.keys()]
    assert.deepEqual(
      visitsAt(fake).map((item) => item.body.amends),
      [null, ids[0], ids[1]],
    )
  },

  async a_visit_the_server_told_of_is_corrected_from_the_households_page({ page, fake }) {
    const told = fake.pack.visits.find((visit) => visit.outcome === 'reached')
    told.aid = [{ kind: 'goods', item_id: fake.pack.goods[0].id, quantity_milli: 2000 }]
    const { head_name } = fake.pack.households.find((one) => one.id === told.household_id)
    await signIn(page, fake.url)
    await openHousehold(page, head_name)
    await amend(page).click()
    await reason(page).fill('多记了一袋')
    const rice = page.getByRole('spinbutton', { name: /大米/ })
    assert.equal(await rice.inputValue(), '2')
    await rice.fill('1')
    await rice.blur()
    await answers(page).button('不补了,直接完成', 'Finish as it is').click()
    await outbox(page)
    await allReceived(page)
    const [{ body }] = visitsAt(fake)
    assert.deepEqual([body.amends, body.aid[0].quantity_milli], [told.id, 1000])
    await tab(page, /今日|Today/).click()
  },
}
