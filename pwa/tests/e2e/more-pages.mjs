// The pages nobody hopes to see: empty, refused, given up, cut off, signed out.
import { givePassword, setPin, unlock } from './browser.mjs'
import { answers, finishAsItIs, openHousehold, outbox, tab } from './steps.mjs'

const today = (page) => tab(page, /今日|Today/).click()
const me = (page) => tab(page, /我的|Me/).click()

export async function morePages({ page, fake, shoot }) {
  const say = answers(page)
  const walk = { page, fake, shoot, say }
  await visitPages(walk)
  await outboxPages(walk)
  await mePages(walk)
  await emptyPages(walk)
}

async function absent({ page, say }, name) {
  await today(page)
  await openHousehold(page, name)
  await say.button('开始走访', 'Start the visit').click()
  await page.getByRole('radio', { name: /无人在家|Nobody home/ }).click()
}

async function visitPages(walk) {
  const { page, fake, shoot, say } = walk
  await absent(walk, '吴建国')
  await say.button('不补了,直接完成', 'Finish as it is').or(page.getByRole('contentinfo')).first().waitFor()
  await shoot('4-visit-absent', { fullPage: true })
  await say.button('放弃这次走访', 'Give up this visit').click()
  await shoot('4-visit-give-up', { fullPage: true })
  await say.button('确定放弃', 'Give it up').click()
  // It is gone when Today stands there: whoever leaves before has thrown nothing away.
  await page.waitForURL(`${fake.url}/`)
  for (const [path, name] of [
    ['households', '3-household-gone'],
    ['visits', '4-visit-gone'],
  ]) {
    await page.goto(`${fake.url}/${path}/0190a000-0000-7000-8000-00000000dead`)
    await unlock(page)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await shoot(name)
  }
  await page.goto(fake.url)
  await unlock(page)
}

async function outboxPages(walk) {
  const { page, fake, shoot, say } = walk
  const { faults } = fake.state
  faults.pushStatus = 503
  await absent(walk, '吴建国')
  await finishAsItIs(page)
  await outbox(page)
  await page
    .getByText(/在本机|On this phone/)
    .first()
    .waitFor()
  await shoot('5-outbox-here', { fullPage: true })
  await page.getByRole('link', { name: /存一份到文件|Save a copy/ }).click()
  await page.getByText(/^(\d{4} ){4}\d{4}$/).waitFor()
  await shoot('5-copy', { fullPage: true })
  const download = page.waitForEvent('download')
  await say.button('生成文件', 'Make the file').click()
  await download
  await page.getByRole('button', { name: /核对存好的文件|Check the saved file/ }).waitFor()
  await shoot('5-copy-made', { fullPage: true })
  await page.goBack()
  await page.getByRole('link', { name: /打开存好的文件|Open a saved copy/ }).click()
  await page.getByRole('heading', { level: 1 }).waitFor()
  await shoot('5-open-copy', { fullPage: true })
  await page.goBack()
  await me(page)
  await say.button('退出登录', 'Sign out').click()
  await say.button('仍然退出', 'Sign out anyway').waitFor()
  await shoot('6-sign-out-unsent', { fullPage: true })
  faults.refuse = new Set(fake.pack.households.map(({ id }) => id))
  delete faults.pushStatus
  await outbox(page)
  await say.button('现在发送', 'Send now').click()
  await page.getByText('这户的档案已关闭').first().waitFor()
  await shoot('5-outbox-needs-me', { fullPage: true })
  delete faults.refuse
}

async function mePages({ page, fake, shoot }) {
  await me(page)
  await page.getByRole('link', { name: /换 PIN 或口令|Change PIN/ }).click()
  await page.getByRole('group').first().waitFor()
  await shoot('6-pin', { fullPage: true })
  await page.goBack()
  fake.state.faults.sessionEnded = true
  await page.goto(fake.url)
  await unlock(page)
  await page.getByText(/登录已过期|session has ended/).waitFor()
  await shoot('2-today-session-ended')
  await page
    .getByText(/登录已过期|session has ended/)
    .first()
    .click()
  await givePassword(page)
  await page.getByRole('searchbox').waitFor()
}

/** The list with nobody on it, with no campaign, and before anything was ever fetched. */
async function emptyPages({ page, fake, shoot, say }) {
  const nothing = { households: [], entitlements: [], visits: [], slips: [], custody: [], whole: true }
  const pulls = /\/field\/pull/
  const pullGives = async (less) => {
    await page.route(pulls, async (route) => {
      const answer = await route.fetch()
      await route.fulfill({ response: answer, json: { ...(await answer.json()), ...less } })
    })
    await page.goto(fake.url)
    await unlock(page)
  }
  await pullGives(nothing)
  await say.text('还没有分给您的家庭', 'No households').waitFor()
  await shoot('2-today-empty')
  await page.unroute(pulls)
  await pullGives({ ...nothing, campaigns: [] })
  await page
    .getByText(/现在没有进行中的活动|No campaign is running/)
    .first()
    .waitFor()
  await shoot('2-today-no-campaign')
  await page.unroute(pulls)
  await me(page)
  await say.button('退出登录', 'Sign out').click()
  await say.button('仍然退出', 'Sign out anyway').click()
  await page.route(pulls, (route) => route.abort())
  await givePassword(page, 'lead1')
  await setPin(page, '915037')
  await say.text('手机上还没有名单', 'No households on this phone yet').waitFor()
  await shoot('2-today-no-pack')
  await outbox(page)
  await say.text('还没有要发送的记录', 'Nothing to send').waitFor()
  await shoot('5-outbox-empty', { fullPage: true })
  await page.unroute(pulls)
}
