// Starts a Chromium of its own; CHROMIUM names another one.
import { chromium } from 'playwright-core'
import { centre } from './city.mjs'

const program = {
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
}

export function launch(...more) {
  return chromium.launch({ ...program, args: [...program.args, ...more] })
}

/** A phone whose browser another tool drives too, on this port. */
export function launchAt(port, folder) {
  const args = [...program.args, `--remote-debugging-port=${port}`]
  return chromium.launchPersistentContext(folder, { ...program, args, ...looks({ located: false }) })
}

/** A phone whose browser keeps everything in a folder that can be searched afterwards. */
export function launchIn(folder) {
  return chromium.launchPersistentContext(folder, { ...program, ...looks({}) })
}

/** A phone: its size, its language, whether it is dark, and where it stands. */
export function phone(browser, given = {}) {
  return browser.newContext(looks(given))
}

function looks({ width = 360, height = 640, language = 'zh-CN', dark = false, located = true, sharpness = 2, agent }) {
  return {
    viewport: { width, height },
    deviceScaleFactor: sharpness,
    hasTouch: true,
    isMobile: true,
    locale: language,
    timezoneId: 'Asia/Shanghai',
    colorScheme: dark ? 'dark' : 'light',
    geolocation: { ...centre, accuracy: 12 },
    ...(agent ? { userAgent: agent } : {}),
    permissions: located ? ['geolocation', 'camera'] : ['camera'],
  }
}

/** A person who set the phone's text larger. */
export function enlarge(page, scale = 1) {
  return page.addInitScript(
    (size) => document.addEventListener('DOMContentLoaded', () => (document.documentElement.style.fontSize = size)),
    `${16 * scale}px`,
  )
}

/** What everybody's PIN is in the stories. */
export const pin = '284917'
const words = (zh, en) => new RegExp(`^(${zh}|${en})`)
const list = (page) => page.getByRole('list', { name: /家庭名单|Households/ })

export async function givePassword(page, username = 'cadre1', password = 'nuanfang-demo') {
  await page.getByLabel(/用户名|User name/).fill(username)
  await page.getByLabel(/密码|Password/).fill(password)
  await page.getByRole('button', { name: /^(登录|Sign in)$/ }).click()
}

/** Types a PIN once the pad that asks for it is there. */
export async function typePin(page, label, digits = pin) {
  await page.getByRole('group', { name: label }).waitFor()
  await page.keyboard.type(digits)
}
export const newPin = words('设 6 位数字的 PIN', 'Set a PIN of 6 digits')
export const samePin = words('再输一次这个 PIN', 'Type this PIN once more')
export const askedPin = words('请输入 PIN', 'Enter your PIN')

export async function setPin(page, digits = pin) {
  await typePin(page, newPin, digits)
  await typePin(page, samePin, digits)
}

/** After a start or a reload: the PIN, and then what was asked for. */
export async function unlock(page, digits = pin) {
  await typePin(page, askedPin, digits)
  await page.getByRole('group', { name: askedPin }).waitFor({ state: 'detached' })
}

/** A PIN is set at the first time on this phone, and given at every other. */
export async function signIn(page, url, { username, digits } = {}) {
  await page.goto(url)
  const name = page.getByLabel(/用户名|User name/)
  const [first, again] = [newPin, askedPin].map((label) => page.getByRole('group', { name: label }))
  await name.or(first).or(again).waitFor()
  if (await name.isVisible()) await givePassword(page, username)
  await first.or(again).waitFor()
  if (await first.isVisible()) await setPin(page, digits)
  else await unlock(page, digits)
  await list(page).waitFor()
}
