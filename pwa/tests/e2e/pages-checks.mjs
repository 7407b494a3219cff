// A supervisor's pages on the phone, and the page that strangers read.
import { signInToAsk } from './checks.mjs'
import { answers, dialog, shutter, tab } from './steps.mjs'

const bottom = (page) => page.getByRole('contentinfo').getByRole('button')

/** On the same phone, as another person. */
export async function checkPages({ page, fake, shoot }) {
  await page.context().clearCookies()
  await page.evaluate(() => localStorage.removeItem('nuanfang.who'))
  await signInToAsk(page, fake.url)
  await shoot('10-checks', { fullPage: true })
  await page.getByRole('link', { name: /^王秀英/ }).click()
  await answers(page).text('先问家庭', 'Ask first').waitFor()
  await shoot('10-check')
  await bottom(page).click()
  await page.getByRole('radio', { name: /上门|Second visit/ }).click()
  await page
    .getByRole('group', { name: /有人来慰问过吗|Did anybody come/ })
    .getByRole('radio', { name: /^(来过|Yes)$/ })
    .click()
  await page.getByText(/没有收到填 0|0 where none/).waitFor()
  await shoot('10-check-not-whole', { fullPage: true })
  await page.getByLabel(/收到现金|Cash received/).fill('500')
  await answers(page).button('拍照', 'Take a photo').click()
  await shutter(page).waitFor()
  await page.waitForTimeout(400)
  await shoot('10-check-camera')
  await shutter(page).click()
  await page.getByText(/已存好 1 张|1 photo kept/).waitFor()
  await dialog(page, '拍好了', 'Done').click()
  await shoot('10-check-full', { fullPage: true })
  await answers(page).button('不要这份回答', 'Give up these answers').click()
  await shoot('10-check-give-up')
  await answers(page).button('保留', 'Keep it').click()
  await bottom(page).click()
  await page.getByRole('heading', { name: /本机已问过|Asked on this phone/ }).waitFor()
  await shoot('10-checks-after', { fullPage: true })
  await tab(page, /^(发送|Outbox)/).click()
  await answers(page).text('全部收到了', 'Everything has been received').waitFor()
  await page.locator('summary').first().click()
  await shoot('10-checks-outbox', { fullPage: true })
  fake.state.answered.clear()
  await page.goto(`${fake.url}/public/draws/${fake.pack.campaigns[0].id}`)
  await page.locator('h3').first().waitFor()
  await shoot('10-public-draws', { fullPage: true })
}
