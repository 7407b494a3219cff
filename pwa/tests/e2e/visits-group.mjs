// A group: a roster, a signature each, and a sum that agrees.
import assert from 'node:assert/strict'
import { signIn, unlock } from './browser.mjs'
import { allReceived, answers, dialog, finishVisit, outbox } from './steps.mjs'
import { drawAs, next, onceSaved, photograph, visitsAt } from './visits-steps.mjs'

const five = ['赵玉兰', '钱国栋', '孙桂英', '李大山', '周小妹']

export async function beginGroup(page, fake) {
  await signIn(page, fake.url)
  await answers(page).button('集体慰问', 'Group visit').click()
  await page.getByLabel(/单位或集体的名称|Name of the workplace/).fill('环卫三所')
}

export async function addPeople(page, names) {
  for (const [at, name] of names.entries()) {
    await answers(page)
      .button(at === 0 ? '添加第一个人' : '再加一个人', at === 0 ? 'Add the first person' : 'Add a person')
      .click()
    await page.getByLabel(/^(姓名|Name)$/).fill(name)
  }
}

export async function signNext(page, at) {
  await next(page).click()
  await drawAs(page, at)
  await dialog(page, '签好了', 'Done').click()
  await page
    .getByRole('img', { name: /的签名$|^Signature of/ })
    .nth(at)
    .waitFor()
}

export const groupStories = {
  async a_group_of_five_receives_the_same_and_each_signs({ page, fake }) {
    await beginGroup(page, fake)
    await addPeople(page, five)
    await page.getByLabel(/^(身份证号|Identity number)/).fill('11010519491231002X')
    await page.getByText(/身份证号无误|is right/).waitFor()
    await page.getByRole('spinbutton', { name: /每人金额|Amount each/ }).fill('200')
    await page.getByRole('spinbutton', { name: /每人金额|Amount each/ }).blur()
    await answers(page).button('每人一样', 'Same for all').click()
    await page.getByText(/合计 ¥1,000|Total ¥1,000/).waitFor()
    for (const at of five.keys()) await signNext(page, at)
    await page.getByText('110105********002X').waitFor()
    await photograph(page, 2)
    await finishVisit(page)
    await outbox(page)
    await allReceived(page)
    const [{ body }] = visitsAt(fake)
    assert.deepEqual(body.found, { name: '环卫三所', address: '', words: '' })
    assert.deepEqual(
      body.group.recipients.map((one) => [one.name, one.amount_fen]),
      five.map((name) => [name, 20_000]),
    )
    assert.equal(body.group.recipients[4].id_number, '11010519491231002X')
    assert.deepEqual([body.group.total_fen, body.aid.map((line) => line.amount_fen)], [100_000, [100_000]])
    const signatures = new Set(body.group.recipients.map((one) => one.signature))
    assert.equal(signatures.size, 5)
    for (const sha256 of signatures) assert.equal(fake.state.evidence.get(sha256).type, 'image/png')
    assert.deepEqual([body.mode, body.household_id, body.recipient, body.signature_ink], ['collective', null, null, null])
  },

  async a_wrong_number_and_one_that_stands_twice_are_said_at_once_and_stop_nothing({ page, fake }) {
    await beginGroup(page, fake)
    await addPeople(page, five.slice(0, 1))
    const number = page.getByLabel(/^(身份证号|Identity number)/)
    await number.fill('110105194912310021')
    await page.getByText(/有一位输错了|character is wrong/).waitFor()
    await number.fill('11010519491231002x')
    await page.getByText(/身份证号无误|is right/).waitFor()
    await addPeople(page, [])
    await answers(page).button('再加一个人', 'Add a person').click()
    await page.getByLabel(/^(姓名|Name)$/).fill(five[1])
    await number.fill('11010519491231002X')
    await page
      .getByText(/在名册上有两次|stands twice/)
      .first()
      .waitFor()
    await page.getByText(/会被当作重复发放|count as receiving twice/).waitFor()
    await page.getByText(/应有 2 人签名|Signatures needed: 2/).waitFor()
    await answers(page).button('不补了,直接完成', 'Finish as it is').click()
    await outbox(page)
    await allReceived(page)
    assert.equal(visitsAt(fake)[0].body.group.recipients.length, 2)
  },

  async cash_that_differs_from_the_roster_is_asked_about_and_mended_by_one_press({ page, fake }) {
    await beginGroup(page, fake)
    await addPeople(page, five.slice(0, 2))
    const amounts = page.getByRole('spinbutton', { name: /的金额|Amount for/ })
    await amounts.fill('300')
    await amounts.blur()
    const cash = page.getByRole('spinbutton', { name: /^(慰问金|Cash)/ })
    await page.getByText(/合计 ¥300|Total ¥300/).waitFor()
    assert.equal(await cash.inputValue(), '300')
    await cash.fill('250')
    await cash.blur()
    await page.getByText(/名册合计 ¥300,发放的慰问金却记了 ¥250|roster comes to ¥300, but ¥250/).waitFor()
    await answers(page).button('按名册', 'As on the roster').click()
    await page.getByText(/却记了 ¥250|but ¥250/).waitFor({ state: 'detached' })
  },

  async a_roster_killed_in_the_middle_comes_back_with_every_line_signature_and_stroke({ page, context, fake }) {
    await beginGroup(page, fake)
    await addPeople(page, five.slice(0, 3))
    await signNext(page, 0)
    await next(page).click()
    await drawAs(page, 1)
    await onceSaved(page)
    await page.close({ runBeforeUnload: false })
    const again = await context.newPage()
    await again.goto(fake.url)
    await unlock(again)
    await again.getByRole('link', { name: /集体慰问环卫三所|group visit 环卫三所/ }).click()
    await again.getByRole('img', { name: '赵玉兰的签名' }).waitFor()
    assert.equal(await again.getByRole('img', { name: /的签名$/ }).count(), 1)
    // The second one's strokes are still on the pad.
    await next(again).click()
    await dialog(again, '签好了', 'Done').click()
    await again.getByRole('img', { name: '钱国栋的签名' }).waitFor()
    await next(again).click()
    await drawAs(again, 2)
    await dialog(again, '签好了', 'Done').click()
    await photograph(again, 2)
    await finishVisit(again)
    await outbox(again)
    await allReceived(again)
    const [{ body }] = visitsAt(fake)
    assert.equal(new Set(body.group.recipients.map((one) => one.signature)).size, 3)
  },
}
