// Pictures of the desk's pages for a person to look at: node tests/e2e/desk-screens.mjs [folder] [look part] [page part]
import { mkdir } from 'node:fs/promises'
import { launch } from './browser.mjs'
import { answer } from './desk-answers.mjs'
import { campaign, rows } from './desk-city.mjs'
import { startFake } from './fake-server.mjs'
import { id } from './city.mjs'

const folder = process.argv[2] ?? new URL('./results/', import.meta.url).pathname
const [onlyLook, onlyPage] = [process.argv[3] ?? '', process.argv[4] ?? '']
await mkdir(folder, { recursive: true })
const fake = await startFake()
const browser = await launch()
const at = `/desk/campaigns/${campaign.id}`
const pages = [
  ['board', at],
  [
    'board-news',
    at,
    ['lead'],
    async (page) => {
      const kept = JSON.stringify({ cursor: 'a', at: new Date(Date.now() - 7_200_000).toISOString() })
      await page.evaluate(([key, value]) => localStorage.setItem(key, value), [`nuanfang-since-${id(1)}-${campaign.id}`, kept])
      await page.reload()
      await page.getByText(/逐条查看|One by one/).click()
    },
  ],
  ['campaigns', '/desk/campaigns'],
  ['households', `${at}/households`],
  ['unreached', `${at}/households?standing=unreached,attempted&order=last_try`, ['lead']],
  [
    'households-many',
    `${at}/households?standing=unreached,attempted&status=approved`,
    ['centre'],
    async (page) => {
      await page.getByRole('checkbox', { name: /^(勾选本页全部|Pick all on this page)/ }).check()
      await page.getByRole('button', { name: /^(选中符合条件的全部|Pick all \d+ that match)/ }).click()
      await page.getByRole('button', { name: /^(公示|Make public)$/ }).click()
      await page.getByRole('button', { name: /^(公示|Make public)$/ }).click()
      await page.getByText(/没有办成,仍勾选着|refused; they stay picked/).waitFor()
    },
  ],
  ['households-columns', `${at}/households`, ['centre'], (page) => page.getByRole('button', { name: /^(列|Columns)$/ }).click()],
  ['needs', `${at}/needs?state=all`, ['lead']],
  ['household', `/desk/households/${rows[5].id}?campaign=${campaign.id}`],
  [
    'household-answer',
    `/desk/households/${rows[5].id}?campaign=${campaign.id}`,
    ['centre'],
    async (page) => {
      await page.getByRole('button', { name: /^(答复异议|Answer an objection)$/ }).click()
      await page.getByText(/^(档案更改记录|Changes of the file)$/).click()
    },
  ],
  ['visit', `/desk/visits/${id(7000)}`, ['supervisor']],
  ['findings', `${at}/findings`, ['supervisor']],
  [
    'findings-custody',
    `${at}/findings?about=slip&status=all`,
    ['supervisor'],
    (page) => page.keyboard.press('j').then(() => page.keyboard.press('e')),
  ],
  [
    'findings-open',
    `${at}/findings`,
    ['lead'],
    async (page) => {
      for (const key of ['j', 'e']) await page.keyboard.press(key)
    },
  ],
  [
    'findings-many',
    `${at}/findings`,
    ['supervisor'],
    async (page) => {
      for (const key of ['j', 'x']) await page.keyboard.press(key)
      await page.getByRole('button', { name: /^(全选本页同一种|Pick all of this kind)/ }).click()
      await page.keyboard.press('e')
    },
  ],
  [
    'findings-refused',
    `${at}/findings`,
    ['supervisor'],
    async (page) => {
      for (const key of ['j', 'x']) await page.keyboard.press(key)
      await page.getByRole('button', { name: /^(全选本页同一种|Pick all of this kind)/ }).click()
      await page.keyboard.press('e')
      await page.getByRole('textbox').fill('三户都在小区门口的广场集中走访,已电话核实。')
      await page.getByRole('button', { name: /^(一并处理|Settle) 3/ }).click()
    },
  ],
  [
    'viewer',
    `/desk/visits/${id(7000)}`,
    ['supervisor'],
    (page) =>
      page
        .getByRole('button', { name: /^(放大|Enlarge)/ })
        .nth(1)
        .click(),
  ],
  [
    'settle',
    `/desk/visits/${id(7000)}`,
    ['supervisor'],
    (page) =>
      page
        .getByRole('button', { name: /^(处理|Settle)$/ })
        .first()
        .click(),
  ],
  ['ledger', `${at}/ledger`],
  ['ledger-entries', `${at}/ledger?view=entries&account_kind=team&account_id=${id(100)}&with_kind=household`],
  ['ledger-slips', `${at}/ledger?view=slips`],
  [
    'ledger-slip-print',
    `${at}/ledger?view=slips`,
    ['centre'],
    (page) =>
      page
        .getByRole('button', { name: /^(打印|Print)$/ })
        .nth(1)
        .click(),
  ],
  ['flow', `${at}/flow`],
  ['flow-item', `${at}/flow?look=${id(22)}`],
  ['flow-then', `${at}/flow?at=2026-01-05`],
  ['flow-own', `${at}/flow`, ['lead']],
  ['flow-empty', `/desk/campaigns/${id(11)}/flow`],
  [
    'issue',
    `${at}/ledger`,
    ['centre'],
    async (page) => {
      await page.getByRole('button', { name: /领用|Issue/ }).click()
      await page.getByRole('button', { name: /^(记账|Book)$/ }).click()
    },
  ],
  ['setup', `${at}/setup`],
  ['setup-limits', `${at}/setup`, ['centre'], (page) => page.getByRole('button', { name: /修改界限|Change limits/ }).click()],
  ['setup-draft', `/desk/campaigns/${id(11)}/setup`],
  ['setup-read', `/desk/campaigns/${id(11)}/setup`, ['auditor']],
  ['imports', '/desk/imports'],
  [
    'judged',
    '/desk/imports',
    ['centre'],
    (page) => page.locator('input[type=file]').setInputFiles({ name: 'faulty-60.xlsx', mimeType: '', buffer: Buffer.from('x') }),
  ],
  ['copies', '/desk/copies', ['lead']],
  ['person', '/desk/people', ['admin'], (page) => page.getByRole('button', { name: /添加人员|Add a person/ }).click()],
  ['people', '/desk/people', ['admin']],
  [
    'people-nobody',
    '/desk/people',
    ['admin'],
    async (page) => {
      await page.getByRole('searchbox').fill('没有这个人')
      await page.getByText(/没有找到这样的人|Nobody like that/).waitFor()
    },
  ],
  ['teams', '/desk/teams', ['admin']],
  ['lost', '/desk/nowhere'],
]
const looks = [
  { name: 'zh-light-412', width: 412, height: 915, language: 'zh-CN' },
  { name: 'zh-light-1440', width: 1440, height: 900, language: 'zh-CN' },
  { name: 'en-dark-1440', width: 1440, height: 900, language: 'en', dark: true },
  { name: 'en-light-768', width: 768, height: 1024, language: 'en' },
  { name: 'zh-dark-768', width: 768, height: 1024, language: 'zh-CN', dark: true },
]
for (const look of looks.filter((one) => one.name.includes(onlyLook))) {
  const context = await browser.newContext({
    viewport: { width: look.width, height: look.height },
    locale: look.language,
    timezoneId: 'Asia/Shanghai',
    colorScheme: look.dark ? 'dark' : 'light',
    serviceWorkers: 'block',
  })
  let roles = ['centre']
  await context.route('**/api/v1/**', async (route) => {
    const url = new URL(route.request().url())
    const request = route.request()
    const isJson = request.headers()['content-type'] === 'application/json'
    const sent = isJson ? request.postDataJSON() : null
    const [status, body] = await answer(request.method(), url.pathname.slice('/api/v1'.length), url.searchParams, roles, sent)
    const headers = { 'x-request-id': 'r1', date: new Date().toUTCString() }
    if (Buffer.isBuffer(body)) return route.fulfill({ status, headers: { ...headers, 'content-type': 'image/jpeg' }, body })
    if (status === 204) return route.fulfill({ status, headers })
    return route.fulfill({ status, headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(body) })
  })
  for (const [name, path, as, act] of pages.filter((one) => one[0].includes(onlyPage))) {
    roles = as ?? ['centre']
    const page = await context.newPage()
    page.on('pageerror', (error) => console.log(look.name, name, 'page error', error.message))
    page.on('console', (message) => ['error', 'warning'].includes(message.type()) && console.log(look.name, name, message.text()))
    await page.goto(`${fake.url}/sign-in?next=${encodeURIComponent(path)}`)
    await page.getByLabel(/用户名|User name/).fill('desk')
    await page.getByLabel(/密码|Password/).fill('nuanfang-demo')
    await page.getByRole('button', { name: /^(登录|Sign in)$/ }).click()
    await page
      .locator('main#desk-main h1, main#desk-main h2')
      .first()
      .waitFor({ timeout: 10_000 })
      .catch((error) => console.log(look.name, name, error.message))
    await page.waitForLoadState('networkidle')
    if (act) {
      await act(page)
      await page.waitForLoadState('networkidle')
      await page.waitForFunction(() => document.getAnimations().length === 0)
      await page.evaluate(() => Promise.all(document.getAnimations().map((one) => one.finished.catch(() => undefined))))
    }
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    if (wide > 0) console.log(`${look.name} ${name}: ${wide} px too wide`)
    await page.screenshot({ path: `${folder}/${name}-${look.name}.png`, fullPage: !act })
    await page.close()
  }
  await context.close()
}
await browser.close()
fake.close()
