// The way through every page that the pictures are taken on.
import { askedPin, givePassword, newPin, setPin, typePin } from './browser.mjs'
import { morePages } from './more-pages.mjs'
import { checkPages } from './pages-checks.mjs'
import { visitPages } from './pages-visits.mjs'
import { householdPages } from './pages-households.mjs'
import { answers, dialog, drawName, openHousehold, shutter, tab } from './steps.mjs'

export async function pages({ page, fake, shoot, signIn }) {
  const say = answers(page)
  await page.goto(fake.url)
  await say.button('登录', 'Sign in').waitFor()
  await shoot('1-sign-in')
  await say.button('登录', 'Sign in').click()
  await shoot('1-sign-in-empty')
  await givePassword(page)
  await lockPages({ page, shoot })
  await signIn()
  await shoot('2-today')
  await page.getByRole('searchbox').fill('zzz')
  await say.text('没有找到', 'Nothing found').waitFor()
  await shoot('2-today-not-found')
  await page.getByRole('searchbox').fill('')
  await page.getByRole('radio', { name: /^(全部|All) / }).click()
  await page.evaluate(() => window.scrollTo(0, 300))
  await shoot('2-today-all')
  await householdPages({ page, shoot })

  await openHousehold(page, '阿依古丽')
  await shoot('3-household-long-name', { fullPage: true })
  await page.goBack()
  await openHousehold(page, '王秀英')
  await shoot('3-household')
  await say.button('开始走访', 'Start the visit').click()
  await page.getByText(/离家|from the home/).waitFor()
  await shoot('4-visit-begun')
  await page.getByRole('radio', { name: /^(已见到|Reached)$/ }).click()
  await page.getByRole('contentinfo').getByRole('button').click()
  await shutter(page).waitFor()
  await page.waitForTimeout(600)
  await shoot('4-visit-camera')
  await shutter(page).click()
  await page.getByText(/已存好|photo kept/).waitFor()
  await shoot('4-visit-camera-kept')
  await dialog(page, '拍好了', 'Done').click()
  await shoot('4-visit-middle', { fullPage: true })
  await page.getByRole('radio', { name: /其他人代收|Somebody else/ }).click()
  await page.getByLabel(/代收人姓名|Their name/).fill('钱大妈')
  await page.getByRole('contentinfo').getByRole('button').click()
  await drawName(page)
  await shoot('4-visit-signature')
  await dialog(page, '签好了', 'Done').click()
  await page.getByRole('contentinfo').getByRole('button').click()
  await page.waitForTimeout(500)
  await shoot('4-visit-review')
  await shoot('4-visit-full', { fullPage: true })
  fake.state.faults.evidenceStatus = 503
  await page.getByRole('contentinfo').getByRole('button').click()
  await page.getByRole('searchbox').waitFor()
  await shoot('2-today-after')
  await tab(page, /^(发送|Outbox)/).click()
  await shoot('5-outbox-on-its-way', { fullPage: true })
  delete fake.state.faults.evidenceStatus
  await say.button('现在发送', 'Send now').click()
  await say.text('全部收到了', 'Everything has been received').waitFor()
  await page.locator('summary').first().click()
  await shoot('5-outbox-received', { fullPage: true })
  fake.state.faults.dead = true
  await say.button('现在发送', 'Send now').click()
  await page.waitForTimeout(400)
  await tab(page, /今日|Today/).click()
  await shoot('2-today-offline')
  fake.state.faults.dead = false
  await tab(page, /我的|Me/).click()
  await shoot('6-me', { fullPage: true })
  for (const [path, name] of [
    ['/install', '6-install'],
    ['/news', '6-news'],
    ['/about', '6-about'],
  ]) {
    await page.locator(`a[href="${path}"]`).click()
    await page.waitForURL((url) => url.pathname === path)
    await shoot(name, { fullPage: true })
    await page.goBack()
  }
  await tab(page, /今日|Today/).click()
  await visitPages({ page, shoot })
  await tab(page, /我的|Me/).click()
  await slipPages({ page, say, shoot })
  await morePages({ page, fake, shoot })
  await checkPages({ page, fake, shoot })
}

/** The lock: set, refused, given wrongly, forgotten, and with a passphrase. */
async function lockPages({ page, shoot }) {
  await page.getByRole('group', { name: newPin }).waitFor()
  await shoot('0-lock-set', { fullPage: true })
  await typePin(page, newPin, '123456')
  await page.getByText(/太容易猜到|too easy/).waitFor()
  await shoot('0-lock-easy', { fullPage: true })
  await page.getByRole('button', { name: /改用一句口令|Use a passphrase/ }).click()
  await shoot('0-lock-passphrase', { fullPage: true })
  await page.getByRole('button', { name: /改用 6 位数字|Use 6 digits/ }).click()
  await setPin(page)
  await page.getByRole('searchbox').waitFor()
  await page.reload()
  await typePin(page, askedPin, '730155')
  await page.getByText(/还可以试 4 次|Tries left: 4;/).waitFor()
  await shoot('0-lock-wrong', { fullPage: true })
  await page.getByRole('button', { name: /忘了 PIN|Forgot PIN/ }).click()
  await shoot('0-lock-forgot', { fullPage: true })
}

async function slipPages({ page, say, shoot }) {
  const next = page.getByRole('contentinfo').getByRole('button')
  await page.getByRole('link', { name: /等我签收|Waits for me/ }).click()
  await next.waitFor()
  await shoot('7-slip', { fullPage: true })
  const rice = page.getByRole('spinbutton', { name: /大米/ })
  await rice.fill('19')
  await rice.blur()
  await page.getByText(/比单上少|less than/).waitFor()
  await next.click()
  await page.waitForTimeout(500)
  await shoot('7-slip-differs')
  await page.getByLabel(/请写明情况|say what happened/).fill('少一袋米,已当场告诉库管')
  await next.click()
  await drawName(page)
  await shoot('7-slip-signature')
  await dialog(page, '签好了', 'Done').click()
  await shoot('7-slip-signed', { fullPage: true })
  await page.goBack()
  for (const [name, words] of [
    ['differs', /数目不一致|Counts differ/],
    ['reversed', /已冲销|Reversed/],
  ]) {
    await page.locator('summary').first().click()
    await page.getByRole('link', { name: words }).first().click()
    await say.text('款物', 'Cash and goods').waitFor()
    await shoot(`7-slip-${name}-past`)
    await page.goBack()
  }
}
