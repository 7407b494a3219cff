// The pictures of the README, taken from the demo city as it runs: NUANFANG=target/release/nuanfang node tests/e2e/pictures.mjs
import { mkdir, writeFile } from 'node:fs/promises'
import { launch, phone, signIn } from '../../pwa/tests/e2e/browser.mjs'
import { openHousehold, shutter, dialog, answers, drawName } from '../../pwa/tests/e2e/steps.mjs'
import { somewhereToGo, startCity } from './server.mjs'

const folder = new URL('../../docs/screens/', import.meta.url).pathname
await mkdir(folder, { recursive: true })
const city = await startCity({ pictureWidth: 1280 })
const browser = await launch()
const shoot = async (page, name) => {
  await page.waitForLoadState('networkidle')
  const session = await page.context().newCDPSession(page)
  const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: 70 })
  await writeFile(`${folder}${name}.webp`, Buffer.from(data, 'base64'))
}

const { household } = await somewhereToGo(city.url)
const pocket = await phone(browser, { width: 412, height: 915 })
await pocket.setGeolocation({
  latitude: household.home.latitude,
  longitude: household.home.longitude,
  accuracy: 8,
})
const page = await pocket.newPage()
await signIn(page, city.url)
await shoot(page, 'phone-today')
await openHousehold(page, household.head_name)
await answers(page).button('开始走访', 'Start the visit').click()
await page.getByRole('radio', { name: /^(已见到|Reached)$/ }).click()
await page.getByRole('contentinfo').getByRole('button').click()
await shutter(page).click()
await page.getByText(/已存好|photo kept/).waitFor()
await dialog(page, '拍好了', 'Done').click()
await page
  .getByRole('radiogroup', { name: /签收人|Received by/ })
  .getByRole('radio')
  .first()
  .click()
await page.getByRole('contentinfo').getByRole('button').click()
await drawName(page)
await dialog(page, '签好了', 'Done').click()
await shoot(page, 'phone-visit')

const desk = await browser.newContext({
  viewport: { width: 1440, height: 900 },
  locale: 'zh-CN',
  timezoneId: 'Asia/Shanghai',
  deviceScaleFactor: 1,
})
const wide = await desk.newPage()
await wide.goto(`${city.url}/`)
await wide.getByLabel(/用户名|User name/).fill('centre')
await wide.getByLabel(/密码|Password/).fill('nuanfang-demo')
await wide.getByRole('button', { name: /^(登录|Sign in)$/ }).click()
await wide.waitForURL(/\/desk/)
await wide.getByRole('heading', { level: 1 }).waitFor()
await shoot(wide, 'desk-campaign')

await browser.close()
await city.stop()
