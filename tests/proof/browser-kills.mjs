// The app in Chromium: its renderer killed in the middle of a visit, the whole browser killed in the middle of an upload. What the app
// called saved is there when it is opened again, and in the end the server has every visit once, with all its pictures.
import { createRequire } from 'node:module'
import { readFileSync, readdirSync } from 'node:fs'
import { launch, phone, signIn } from '../../pwa/tests/e2e/browser.mjs'
import { answers, fillReached, finishVisit, openHousehold, outbox } from '../../pwa/tests/e2e/steps.mjs'
import { somebody } from '../e2e/server.mjs'
import { Dice } from './kit/dice.mjs'
import { root, run, serve } from './kit/program.mjs'
import { all, storeAt } from './kit/store.mjs'
import { scratch } from './kit/workshop.mjs'
import { rest } from './kit/writers.mjs'

const { chromium } = createRequire(`${root}pwa/package.json`)('playwright-core')
/** Of three kills two are the renderer's. */
const killsAVisit = { renderer: 10, browser: 5 }
const uploadBytesPerSecond = 30_000

export default async function browserKills({ amount, seed }) {
  const dice = new Dice(seed)
  const folder = await scratch('browser')
  const wanted = { renderer: Math.ceil((amount * 2) / 3), browser: Math.floor(amount / 3) }
  const done = { renderer: 0, browser: 0, visits: 0, pictures: 0, 'sessions taken for stolen': 0 }
  for (let turn = 0; done.renderer < wanted.renderer || done.browser < wanted.browser; turn += 1) {
    const data = `${folder}/city-${turn}`
    const city = await serve(data, { as: ['demo', '--picture-width', '320'] })
    await inACity(city, `${folder}/profiles-${turn}`, dice, wanted, done)
    await city.stop()
    const [[stolen]] = await all(storeAt(data), ['count(*)'], "FROM sessions WHERE ended_why = 'reused_token'")
    done['sessions taken for stolen'] += stolen
    const doctor = await run(['doctor', '--data', data])
    if (doctor.code !== 0) throw new Error(`doctor: ${doctor.said}`)
  }
  return { done: done.renderer + done.browser, figures: done }
}

/** Until its households are visited, or enough is done. */
async function inACity(city, profiles, dice, wanted, done) {
  const homes = await somewhereToGo(city.url)
  const browser = await launch()
  for (const [n, home] of homes.entries()) {
    const left = { renderer: wanted.renderer - done.renderer, browser: wanted.browser - done.browser }
    if (left.renderer > 0)
      done.renderer += await renderersKilled(browser, city, home, dice, Math.min(killsAVisit.renderer, left.renderer))
    else if (left.browser > 0)
      done.browser += await browsersKilled(`${profiles}/${n}`, city, home, dice, Math.min(killsAVisit.browser, left.browser))
    else break
    done.visits += 1
    done.pictures += await arrivedOnce(city, home)
  }
  await browser.close()
}

async function somewhereToGo(url) {
  const cadre = await somebody(url, 'cadre1')
  const pack = await cadre.get('/field/pull')
  const open = pack.campaigns.find((campaign) => campaign.status === 'open')
  const promised = new Set(pack.entitlements.filter((e) => e.campaign_id === open.id).map((e) => e.household_id))
  const names = pack.households.map((household) => household.head_name)
  const isOnly = (name) => names.filter((other) => other.includes(name)).length === 1
  const isUnreached = (household) => household.standings.some((s) => s.campaign_id === open.id && s.standing === 'unreached')
  const homes = pack.households.filter(
    (household) => promised.has(household.id) && isOnly(household.head_name) && isUnreached(household),
  )
  if (homes.length === 0) throw new Error('the demo city has nobody left to visit')
  return homes.map((household) => ({ household, campaign: open }))
}

/** The server has the visit once, and all it names. */
async function arrivedOnce({ url }, { household, campaign }) {
  const centre = await somebody(url, 'centre')
  const { items } = await centre.get(`/visits?campaign=${campaign.id}&household=${household.id}`)
  if (items.length !== 1) throw new Error(`${items.length} visits to ${household.id}`)
  const visit = await centre.get(`/visits/${items[0].id}`)
  const named = (visit.body ?? visit).evidence
  for (const { sha256 } of named) await centre.get(`/evidence/${sha256}/facts`)
  return named.length
}

async function begin(context, city, { household }) {
  const page = await context.newPage()
  await context.setGeolocation({
    latitude: household.home?.latitude ?? 30.66,
    longitude: household.home?.longitude ?? 104.08,
    accuracy: 10,
  })
  await signIn(page, city.url)
  await openHousehold(page, household.head_name)
  await fillReached(page)
  return page
}

const signature = (page) => page.getByRole('button', { name: /查看或重签|See or sign again/ }).first()

async function renderersKilled(browser, city, home, dice, times) {
  const context = await phone(browser)
  const system = await browser.newBrowserCDPSession()
  let page = await begin(context, city, home)
  const visit = page.url()
  for (let n = 0; n < times; n += 1) {
    const crashed = page.waitForEvent('crash')
    const { processInfo } = await system.send('SystemInfo.getProcessInfo')
    for (const { type, id } of processInfo) if (type === 'renderer') process.kill(id, 'SIGKILL')
    await crashed
    await page.close()
    page = await context.newPage()
    await page.goto(visit)
    // Sometimes before the app has even come back, sometimes after.
    if (n + 1 < times && dice.percent(40)) await rest(dice.below(600))
    else await signature(page).waitFor()
  }
  await signature(page).waitFor()
  await finishVisit(page)
  await outbox(page)
  await received(page, city)
  await context.close()
  return times
}

/** Until all is received. Who sees it wait taps "send now"; whose session went with the browser's cookies signs in again. */
async function received(page, city) {
  const expired = page.getByText(/登录已过期|Your session has ended/).first()
  const whole = answers(page).text('全部收到了', 'Everything has been received')
  const now = answers(page).button('现在发送', 'Send now')
  for (const deadline = Date.now() + 120_000; !(await whole.isVisible());) {
    if (Date.now() > deadline) throw new Error(`not received: ${await page.getByRole('main').innerText()}`)
    if (await expired.isVisible()) {
      await signIn(page, `${city.url}/sign-in`)
      await outbox(page)
    }
    if ((await now.isVisible()) && (await now.isEnabled())) await now.click()
    await rest(500)
  }
}

/** A browser with a profile on the disk, which outlives it. */
function onDisk(profile) {
  return chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
    ],
    viewport: { width: 360, height: 640 },
    hasTouch: true,
    isMobile: true,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    geolocation: { latitude: 30.66, longitude: 104.08, accuracy: 12 },
    permissions: ['geolocation', 'camera'],
  })
}

async function browsersKilled(profile, city, home, dice, times) {
  let context = await onDisk(profile)
  let page = await begin(context, city, home)
  await context.setOffline(true)
  await finishVisit(page)
  for (let n = 0; n < times; n += 1) {
    await slow(context, page)
    await context.setOffline(false)
    await outbox(page).catch(() => undefined)
    await rest(dice.between(50, 2_000))
    await killed(context, profile)
    context = await onDisk(profile)
    page = await context.newPage()
    await page.goto(city.url)
    await maySignInAgain(page, city)
  }
  await outbox(page)
  await received(page, city)
  await context.close()
  return times
}

async function slow(context, page) {
  const session = await context.newCDPSession(page)
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 100,
    downloadThroughput: 200_000,
    uploadThroughput: uploadBytesPerSecond,
  })
}

/** A browser that is killed may not have written its cookies down; its person signs in again and finds everything. */
async function maySignInAgain(page, city) {
  const list = page.getByRole('list', { name: /家庭名单|Households/ })
  const form = page.getByLabel(/用户名|User name/)
  await list.or(form).first().waitFor()
  if (await form.isVisible()) await signIn(page, city.url)
}

async function killed(context, profile) {
  const closed = new Promise((resolve) => context.once('close', resolve))
  for (const id of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const words = commandOf(id)
    if (words.includes(`--user-data-dir=${profile}`) && !words.some((word) => word.startsWith('--type=')))
      process.kill(Number(id), 'SIGKILL')
  }
  await closed
}

function commandOf(id) {
  try {
    return readFileSync(`/proc/${id}/cmdline`, 'utf8').split('\0')
  } catch {
    return []
  }
}
