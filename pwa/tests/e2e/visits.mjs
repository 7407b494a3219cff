// Every kind of visit, each to its receipt.
import assert from 'node:assert/strict'
import { signIn } from './browser.mjs'
import {
  allReceived,
  answers,
  dialog,
  drawName,
  fillReached,
  finishVisit,
  openHousehold,
  outbox,
  shutter,
  tab,
} from './steps.mjs'
import { next, nextWords, onceSaved, photograph, reached, visitsAt } from './visits-steps.mjs'
import { amendStories } from './visits-amend.mjs'
import { groupStories } from './visits-group.mjs'
import { cameraStories } from './visits-camera.mjs'
import { speedStories } from './visits-speed.mjs'

const bodies = (fake) => visitsAt(fake).map((item) => item.body)

async function begin(page, fake, name, mode) {
  await signIn(page, fake.url)
  await openHousehold(page, name)
  await answers(page).button('开始走访', 'Start the visit').click()
  await page.getByLabel(/走访方式|Kind of visit/).selectOption(mode)
}

async function toTheReceipt(page) {
  await finishVisit(page)
  await outbox(page)
  await allReceived(page)
}

export const visitStories = {
  ...groupStories,
  ...amendStories,
  ...cameraStories,
  ...speedStories,

  async a_call_asks_for_no_place_no_photo_and_no_signature({ page, fake }) {
    await begin(page, fake, '王秀英', 'phone')
    await reached(page)
    assert.equal(await page.getByRole('heading', { name: /^(照片|Photos)$/ }).count(), 0)
    assert.equal(await page.getByRole('heading', { name: /^(签名|Signature)$/ }).count(), 0)
    await toTheReceipt(page)
    const [body] = bodies(fake)
    assert.deepEqual([body.mode, body.position, body.aid, body.recipient, body.evidence], ['phone', null, [], null, []])
  },

  async a_letter_with_a_gift_by_post_says_so_and_is_signed_for({ page, fake }) {
    await begin(page, fake, '王秀英', 'letter')
    await reached(page)
    await page.getByRole('switch', { name: /也发了款物|handed over too/ }).click()
    await page.getByRole('button', { name: /^(签名|Sign)$/ }).click()
    await drawName(page)
    await dialog(page, '签好了', 'Done').click()
    await toTheReceipt(page)
    const [body] = bodies(fake)
    assert.deepEqual([body.mode, body.aid.length, body.evidence.length, body.recipient.name], ['letter', 3, 1, '王秀英'])
  },

  async a_visit_in_the_ward_and_one_at_work_carry_their_place({ page, fake }) {
    for (const [name, mode] of [
      ['王秀英', 'ward'],
      ['李淑珍', 'workplace'],
    ]) {
      await begin(page, fake, name, mode)
      await reached(page)
      await photograph(page)
      await next(page).click()
      await drawName(page)
      await dialog(page, '签好了', 'Done').click()
      await toTheReceipt(page)
      await tab(page, /今日|Today/).click()
    }
    assert.deepEqual(
      bodies(fake).map((body) => [body.mode, body.position.accuracy_m > 0, body.evidence.length]),
      [
        ['ward', true, 2],
        ['workplace', true, 2],
      ],
    )
  },

  async a_household_found_at_the_door_is_recorded_with_name_place_and_words({ page, fake }) {
    await signIn(page, fake.url)
    await answers(page).button('名单外一户', 'Not on the list').click()
    await page.getByLabel(/^(姓名|Name)$/).fill('何秀芝')
    await page.getByLabel(/^(住址|Address)$/).fill('红星巷 9 号后院')
    await page.getByLabel(/看到的情况|What you saw/).fill('一个人住,腿脚不便')
    await reached(page)
    await photograph(page)
    assert.match(await nextWords(page), /请对方签名|Ask for the signature/)
    await next(page).click()
    await page
      .getByText(/何秀芝.*签名|何秀芝, please sign/)
      .first()
      .waitFor()
    await drawName(page)
    await dialog(page, '签好了', 'Done').click()
    await toTheReceipt(page)
    const [body] = bodies(fake)
    assert.deepEqual(
      [body.household_id, body.found, body.group, body.recipient],
      [
        null,
        { name: '何秀芝', address: '红星巷 9 号后院', words: '一个人住,腿脚不便' },
        null,
        { name: '何秀芝', relation: 'self' },
      ],
    )
  },

  async needs_and_the_six_things_known_arrive_as_they_were_said_and_nothing_else({ page, fake }) {
    await signIn(page, fake.url)
    await openHousehold(page, '王秀英')
    await fillReached(page)
    await answers(page).button('记一条诉求', 'Note a need').click()
    await page.getByRole('radio', { name: /^(上学|Schooling)$/ }).click()
    await page.getByLabel(/他们怎么说|In their words/).fill('孙子下学期的学费还差一千')
    await page.getByRole('radio', { name: /^(马上|Now)$/ }).click()
    await answers(page).button('再记一条', 'Another need').click()
    await page.locator('summary', { hasText: /六知一定|Six things known/ }).click()
    await answers(page).button('和档案一样', 'As on file').first().click()
    await page.getByLabel(/生活状况|Living conditions/).fill('租房,漏雨')
    await onceSaved(page)
    await page.getByText(/有诉求没有写内容|has no words/).waitFor()
    await toTheReceipt(page)
    const [body] = bodies(fake)
    assert.deepEqual(body.needs, [{ kind: 'schooling', words: '孙子下学期的学费还差一千', urgency: 'now' }])
    const { address } = fake.pack.households.find((one) => one.head_name === '王秀英')
    assert.deepEqual(body.six_knows, { address, living_conditions: '租房,漏雨' })
  },

  async a_paper_the_file_lacks_is_photographed_and_marked_as_done({ page, fake }) {
    const lacking = fake.pack.households.find((one) => one.missing_materials.length > 0)
    await signIn(page, fake.url)
    await openHousehold(page, lacking.head_name)
    await answers(page).button('开始走访', 'Start the visit').click()
    await reached(page)
    await page.getByRole('button', { name: /^银行卡号|^bank/i }).click()
    await shutter(page).click()
    await page.getByText(/已存好|photo kept/).waitFor()
    await dialog(page, '拍好了', 'Done').click()
    await page.getByRole('button', { name: /银行卡号.*(已拍|Taken)|bank.*taken/i }).waitFor()
    await page.getByRole('button', { name: /^电话.*拍照|^phone.*photograph/i }).waitFor()
    await answers(page).button('不补了,直接完成', 'Finish as it is').click()
    await outbox(page)
    await allReceived(page)
    const [photo] = bodies(fake)[0].evidence
    assert.deepEqual([photo.kind, photo.subject], ['document', 'material'])
  },
}
