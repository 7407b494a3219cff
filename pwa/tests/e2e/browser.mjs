// Starts a Chromium of its own; CHROMIUM names another one.
import { chromium } from 'playwright-core'
import { centre } from './city.mjs'

export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
    ],
  })
}

/** A phone: its size, its language, whether it is dark, and where it stands. */
export function phone(browser, { width = 360, height = 640, language = 'zh-CN', dark = false, located = true } = {}) {
  return browser.newContext({
    viewport: { width, height },
    deviceScaleFactor: 2,
    hasTouch: true,
    isMobile: true,
    locale: language,
    timezoneId: 'Asia/Shanghai',
    colorScheme: dark ? 'dark' : 'light',
    geolocation: { ...centre, accuracy: 12 },
    permissions: located ? ['geolocation', 'camera'] : ['camera'],
  })
}

export async function signIn(page, url) {
  await page.goto(url)
  await page.getByLabel(/用户名|User name/).fill('cadre1')
  await page.getByLabel(/密码|Password/).fill('nuanfang-demo')
  await page.getByRole('button', { name: /^(登录|Sign in)$/ }).click()
  await page.getByRole('list', { name: /家庭名单|Households/ }).waitFor()
}
