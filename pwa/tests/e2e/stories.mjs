// Each story is a sentence that must hold.
import assert from 'node:assert/strict'
import { signIn, unlock } from './browser.mjs'
import {
  allReceived,
  answers,
  dialog,
  drawName,
  fillReached,
  finishAsItIs,
  finishVisit,
  openHousehold,
  outbox,
  ready,
  shutter,
  tab,
  itemsAt,
  sendNow,
} from './steps.mjs'
import { listStories } from './lists.mjs'
import { checkStories } from './checks.mjs'
import { copyStories } from './copies.mjs'
import { faultStories } from './faults.mjs'
import { outboxStories } from './outbox.mjs'
import { sealedStories } from './sealed.mjs'
import { sendingStories } from './sending.mjs'
import { shellStories } from './shell.mjs'
import { slipStories } from './slips.mjs'
import { vaultStories } from './vault.mjs'
import { visitStories } from './visits.mjs'

export const stories = {
  ...slipStories,
  ...listStories,
  ...copyStories,
  ...checkStories,
  ...faultStories,
  ...sendingStories,
  ...vaultStories,
  ...visitStories,
  ...sealedStories,
  ...shellStories,
  ...outboxStories,

  async a_visit_goes_from_the_door_to_a_receipt_with_photo_and_signature({ page, fake }) {
    await signIn(page, fake.url)
    await openHousehold(page, '王秀英')
    await fillReached(page)
    await finishVisit(page)
    await outbox(page)
    await allReceived(page)
    const [{ body }] = itemsAt(fake)
    assert.equal(body.outcome, 'reached')
    assert.equal(body.recipient.relation, 'self')
    assert.deepEqual(
      body.aid.map((line) => line.amount_fen ?? line.quantity_milli),
      [100_000, 1000, 2500],
    )
    assert.ok(body.position.accuracy_m > 0 && body.signature_ink.points >= 12)
    const [photo, signature] = body.evidence
    assert.equal(fake.state.evidence.get(photo.sha256).type, 'image/jpeg')
    assert.equal(fake.state.evidence.get(signature.sha256).type, 'image/png')
    assert.ok(photo.bytes <= 350 * 1024 && photo.original_sha256 && photo.position)
  },

  async the_shell_and_the_list_open_without_a_line_and_a_visit_is_kept_until_there_is_one({ page, context, fake }) {
    await signIn(page, fake.url)
    await ready(page)
    await context.setOffline(true)
    fake.state.faults.dead = true
    await page.reload()
    await unlock(page)
    await openHousehold(page, '王秀英')
    await fillReached(page)
    await finishVisit(page)
    await outbox(page)
    await page
      .getByText(/在本机|On this phone/)
      .first()
      .waitFor()
    assert.equal(itemsAt(fake).length, 0)
    fake.state.faults.dead = false
    await context.setOffline(false)
    await allReceived(page)
    assert.equal(itemsAt(fake).length, 1)
    assert.equal(fake.state.evidence.size, 2)
  },

  async a_visit_killed_in_the_middle_comes_back_with_every_stroke_and_photo({ page, context, fake }) {
    await signIn(page, fake.url)
    await openHousehold(page, '王秀英')
    await fillReached(page)
    await page.getByLabel(/想说明|Anything to explain/).fill('门口有狗')
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
    assert.equal(await again.getByLabel(/想说明|Anything to explain/).inputValue(), '门口有狗')
    assert.equal(await again.locator('figure img').count(), 1)
    await again.goto(fake.url)
    await unlock(again)
    await again.getByRole('link', { name: /还没有完成|not finished/ }).click()
    await finishVisit(again)
    await outbox(again)
    await allReceived(again)
    assert.equal(itemsAt(fake)[0].body.notes, '门口有狗')
  },

  async an_app_ended_while_the_camera_was_open_comes_back_to_the_visit_with_the_camera_closed({ page, context, fake }) {
    await signIn(page, fake.url)
    await openHousehold(page, '王秀英')
    await answers(page).button('开始走访', 'Start the visit').click()
    await page.getByRole('button', { name: /^(拍照|Take a photo)$/ }).click()
    await shutter(page).waitFor()
    await page.close({ runBeforeUnload: false })
    const again = await context.newPage()
    await again.goto(fake.url)
    await unlock(again)
    await again.getByText(/被手机关掉了|closed the app/).waitFor()
    assert.match(again.url(), /\/visits\//)
    assert.equal(await again.getByRole('dialog').count(), 0)
  },

  async a_lost_answer_is_sent_again_and_stored_once({ page, fake }) {
    await signIn(page, fake.url)
    await openHousehold(page, '王秀英')
    await fillReached(page)
    fake.state.faults.loseAnswer = true
    await finishVisit(page)
    await outbox(page)
    await page
      .getByText(/在本机|On this phone/)
      .first()
      .waitFor()
    await sendNow(page)
    await allReceived(page)
    assert.equal(itemsAt(fake).length, 1)
  },

  async a_refused_visit_needs_me_and_holds_up_no_other({ page, fake }) {
    await signIn(page, fake.url)
    await openHousehold(page, '李淑珍')
    fake.state.faults.refuse = new Set([new URL(page.url()).pathname.split('/').at(-1)])
    await answers(page).button('开始走访', 'Start the visit').click()
    await page.getByRole('radio', { name: /无人在家|Nobody home/ }).click()
    await finishAsItIs(page)
    await outbox(page)
    await page.getByText('这户的档案已关闭').waitFor()
    await tab(page, /今日|Today/).click()
    await openHousehold(page, '王秀英')
    await answers(page).button('开始走访', 'Start the visit').click()
    await page.getByRole('radio', { name: /无人在家|Nobody home/ }).click()
    await finishAsItIs(page)
    await outbox(page)
    await page.getByText(/已收到 1|1 received/).waitFor()
    assert.equal(itemsAt(fake).length, 1)
    await page.getByText('这户的档案已关闭').waitFor()
  },

  async an_ended_session_stops_sending_but_not_visiting({ page, context, fake }) {
    await signIn(page, fake.url)
    await ready(page)
    fake.state.faults.sessionEnded = true
    await page.reload()
    await unlock(page)
    await page.getByText(/登录已过期|session has ended/).waitFor()
    await openHousehold(page, '王秀英')
    await answers(page).button('开始走访', 'Start the visit').click()
    await page.getByRole('radio', { name: /无人在家|Nobody home/ }).click()
    await finishAsItIs(page)
    await outbox(page)
    assert.equal(itemsAt(fake).length, 0)
    // Until somebody signs in: what the app tries by itself in between must not bring the session back.
    await page
      .getByText(/登录已过期|session has ended/)
      .first()
      .click()
    await page.getByLabel(/密码|Password/).fill('nuanfang-demo')
    await page.getByRole('button', { name: /^(登录|Sign in)$/ }).click()
    await allReceived(page)
    assert.equal(itemsAt(fake).length, 1)
    assert.equal(
      (await context.cookies()).some((cookie) => cookie.name === 'nuanfang_refresh'),
      true,
    )
  },

  async signing_out_warns_of_what_is_unsent_and_keeps_it_for_the_next_sign_in({ page, fake }) {
    await signIn(page, fake.url)
    await openHousehold(page, '王秀英')
    await answers(page).button('开始走访', 'Start the visit').click()
    await page.getByRole('radio', { name: /无人在家|Nobody home/ }).click()
    fake.state.faults.pushStatus = 503
    await finishAsItIs(page)
    await tab(page, /我的|Me/).click()
    await answers(page).button('退出登录', 'Sign out').click()
    await page.getByText(/1 件记录没有送达|1 records have not arrived/).waitFor()
    await answers(page).button('仍然退出', 'Sign out anyway').click()
    await page.getByLabel(/用户名|User name/).waitFor()
    delete fake.state.faults.pushStatus
    await signIn(page, fake.url)
    await outbox(page)
    await sendNow(page)
    await allReceived(page)
    assert.equal(itemsAt(fake).length, 1)
  },

  async a_wrong_password_and_too_many_tries_say_what_to_do({ page, fake }) {
    await page.goto(fake.url)
    await page.getByLabel(/用户名|User name/).fill('slow')
    await page.getByLabel(/密码|Password/).fill('x')
    await page.getByRole('button', { name: /^(登录|Sign in)$/ }).click()
    await page.getByText(/请过 10 分钟|wait 10 min/).waitFor()
    await page.getByLabel(/用户名|User name/).fill('cadre1')
    await page.getByRole('button', { name: /^(登录|Sign in)$/ }).click()
    await page.getByText(/用户名或密码不对|name or password is wrong/).waitFor()
  },

  async thousands_of_households_stay_light_and_are_found_by_pinyin({ page, fake }) {
    await signIn(page, fake.url)
    await page.getByRole('radio', { name: /^(全部|All) 5000/ }).click()
    assert.ok((await page.getByRole('listitem').count()) < 40)
    await page.getByRole('searchbox').fill('oyxy')
    await page
      .getByRole('link', { name: /^欧阳秀英/ })
      .first()
      .waitFor()
  },

  async ink_survives_turning_the_phone({ page, fake }) {
    await signIn(page, fake.url)
    await openHousehold(page, '王秀英')
    await answers(page).button('开始走访', 'Start the visit').click()
    await page.getByRole('radio', { name: /^(已见到|Reached)$/ }).click()
    await page.getByRole('button', { name: /^(签名|Sign)$/ }).click()
    await drawName(page)
    await page.setViewportSize({ width: 640, height: 360 })
    await dialog(page, '签好了', 'Done').click()
    await page
      .getByRole('button', { name: /查看或重签|See or sign again/ })
      .first()
      .waitFor()
  },
}
