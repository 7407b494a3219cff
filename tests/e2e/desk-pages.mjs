// The desk's pages as each role finds them in the demo city; the axe story and the pictures walk through them.
import assert from 'node:assert/strict'
import { somebody } from './server.mjs'

export const sizes = [
  { width: 1440, height: 900 },
  { width: 768, height: 1024 },
]

/** Leads and supervisors look at these from a phone as well. */
export const phone = { width: 360, height: 640 }
export const daily = ['board', 'map', 'unreached', 'needs', 'findings', 'visit', 'viewer', 'check-blind']

/** Where there is something to see: ids of the running city. */
async function places(url) {
  const supervisor = await somebody(url, 'supervisor')
  const first = async (path, fits = () => true) => {
    const found = (await supervisor.get(path)).items.find((one) => fits(one))
    assert.ok(found, `the demo city has nothing at ${path}`)
    return found
  }
  const campaign = await first('/campaigns', ({ status }) => status === 'open')
  const of = `campaign=${campaign.id}`
  const sample = await first(`/samples?${of}`, ({ kind, k }) => kind === 'assisted' && k === 1)
  const blind = await first(`/samples/${sample.id}/checks?state=waiting`)
  const judged = await first(`/samples/${sample.id}/checks?state=judged`)
  const finding = await first(`/findings?${of}`, ({ visit }) => visit)
  const visit = await supervisor.get(`/visits/${finding.visit.id}`)
  return { campaign, sample, blind, judged, visit }
}

/** Each as its name, who looks, where, and what is done there. */
export async function deskPages(url) {
  const { campaign, sample, blind, judged, visit } = await places(url)
  const at = `/desk/campaigns/${campaign.id}`
  const household = visit.household?.id ?? visit.household_id
  const pages = [
    ['board', 'lead1', at],
    ['map', 'lead1', `${at}/map`],
    ['unreached', 'lead1', `${at}/households?standing=unreached,attempted&order=last_try`],
    ['needs', 'lead1', `${at}/needs?state=all`],
    ['draws', 'supervisor', `/public/draws/${campaign.id}`],
    ['campaigns', 'supervisor', '/desk/campaigns'],
    ['findings', 'supervisor', `${at}/findings`, (page) => page.keyboard.press('j')],
    ['visit', 'supervisor', `/desk/visits/${visit.id}`],
    [
      'viewer',
      'supervisor',
      `/desk/visits/${visit.id}`,
      (page) =>
        page
          .getByRole('button', { name: /^(放大|Enlarge)/ })
          .first()
          .click(),
    ],
    ['samples', 'supervisor', `${at}/samples`],
    ['sample', 'supervisor', `/desk/samples/${sample.id}`],
    ['check-blind', 'supervisor', `/desk/checks/${blind.id}`],
    ['check-judged', 'supervisor', `/desk/checks/${judged.id}`],
    ['board-centre', 'centre', at],
    ['households', 'centre', `${at}/households`],
    ['household', 'centre', `/desk/households/${household}?campaign=${campaign.id}`],
    ['imports', 'centre', '/desk/imports'],
    ['setup', 'centre', `${at}/setup`],
    ['dialog', 'centre', `${at}/setup`, (page) => page.getByRole('button', { name: /添加资金来源|Add a fund/ }).click()],
    ['ledger', 'centre', `${at}/ledger`],
    ['flow', 'centre', `${at}/flow`],
    ['copies', 'centre', '/desk/copies'],
    ['teams', 'centre', '/desk/teams'],
    ['people', 'admin', '/desk/people'],
    ['lost', 'centre', '/desk/nowhere'],
  ]
  return pages.map(([name, who, path, act]) => ({ name, who, path, act }))
}

/** Walks through them in one look, each role in a window of its own, and hands each page over once it stands still. */
export async function walkDesk({ browser, url, look, pages, opened = [], seen }) {
  const { width, height, language = 'zh-CN', dark = false } = look
  for (const who of new Set(pages.map((one) => one.who))) {
    const context = await browser.newContext({
      viewport: { width, height },
      locale: language,
      timezoneId: 'Asia/Shanghai',
      colorScheme: dark ? 'dark' : 'light',
    })
    const page = await context.newPage()
    opened.push(page)
    await page.goto(`${url}/`)
    await page.getByLabel(/用户名|User name/).fill(who)
    await page.getByLabel(/密码|Password/).fill('nuanfang-demo')
    await page.getByRole('button', { name: /^(登录|Sign in)$/ }).click()
    await page.waitForURL((at) => !at.pathname.includes('sign-in'))
    for (const { name, path, act } of pages.filter((one) => one.who === who)) {
      await page.goto(`${url}${path}`)
      await page.getByRole('heading', { level: 1 }).first().waitFor()
      await page.waitForLoadState('networkidle')
      await act?.(page)
      await page.waitForLoadState('networkidle')
      await page
        .getByText(/^(正在读取|Loading)/)
        .first()
        .waitFor({ state: 'hidden' })
      // What still fades in is judged, and shown, as it will be.
      await page.evaluate(() => {
        const ending = document.getAnimations().filter((one) => one.effect?.getComputedTiming().iterations !== Infinity)
        return Promise.allSettled(ending.map((one) => one.finished)).then(() => undefined)
      })
      await seen(name, page)
    }
    await context.close()
  }
}
