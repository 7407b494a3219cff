// Every page of the phone in both sizes, themes and languages, for docs/screens: node tests/e2e/gallery.mjs [part of a look's name]
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { launch, phone, signIn } from './browser.mjs'
import { startFake } from './fake-server.mjs'
import { pages } from './pages.mjs'

const folder = new URL('../../../docs/screens/phone/', import.meta.url).pathname
const only = process.argv[2] ?? ''
/** A morning of the season, the same at every run. */
const morning = Date.parse('2026-01-16T09:20:00+08:00')
const highest = 1500
/** Too like another page to be kept beside the source. */
const alike = new Set([
  '10-check-camera',
  '10-check-give-up',
  '10-check-not-whole',
  '10-checks-after',
  '10-checks-outbox',
  '10-public-draws',
  '4-visit-give-up',
  '4-visit-middle',
  '5-copy',
  '8-phone',
  '8-today-with-drafts',
])
const sizes = [
  { width: 360, height: 640 },
  { width: 412, height: 915 },
]
const looks = sizes.flatMap((size) =>
  ['zh-CN', 'en'].flatMap((language) =>
    [false, true].map((dark) => ({
      ...size,
      language,
      dark,
      name: `${size.width}-${language.slice(0, 2)}-${dark ? 'dark' : 'light'}`,
    })),
  ),
)
const groups = {
  0: 'The lock · 锁',
  1: 'Sign in · 登录',
  2: 'Today · 今日',
  3: 'Household · 家庭',
  4: 'Visit · 走访',
  5: 'Outbox · 发送',
  6: 'Me · 我的',
  7: 'Slips · 单子',
  8: 'Other visits · 其他走访',
  9: 'The map and the walk · 地图和走法',
  10: 'Checks · 核查',
}

/** Small enough to lie beside the source: WebP, one pixel for a pixel. A page that is longer than the phone is shown on a longer phone. */
async function keep(page, session, path, { fullPage = false }) {
  const usual = page.viewportSize()
  const whole = fullPage ? await page.evaluate(() => document.documentElement.scrollHeight) : usual.height
  const height = Math.min(highest, Math.max(usual.height, whole))
  if (height !== usual.height) await page.setViewportSize({ ...usual, height })
  const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: 10 })
  if (height !== usual.height) await page.setViewportSize(usual)
  await writeFile(path, Buffer.from(data, 'base64'))
}

async function take(browser, look) {
  const fake = await startFake({ lead: true, nowMs: morning })
  const context = await phone(browser, { ...look, sharpness: 1 })
  const page = await context.newPage()
  await page.clock.setFixedTime(morning)
  const session = await context.newCDPSession(page)
  const shoot = async (name, options = {}) => {
    if (alike.has(name)) return
    await page.waitForLoadState('networkidle', { timeout: 1_500 }).catch(() => undefined)
    await keep(page, session, `${folder}${name}-${look.name}.webp`, options)
  }
  await pages({ page, fake, shoot, context, signIn: () => signIn(page, fake.url) })
  await context.close()
  fake.close()
}

/** One row for a page: the small phone in both languages and themes; the large one behind a link. */
async function writeIndex() {
  const [small, large] = sizes.map(({ width }) => looks.filter((look) => look.width === width).map(({ name }) => name))
  const files = await readdir(folder)
  const names = [
    ...new Set(files.filter((name) => name.endsWith('.webp')).map((name) => name.replace(/-\d{3}-\w\w-\w+\.webp$/, ''))),
  ]
  const row = (name) => {
    const cells = small.map((look, at) => `[![](phone/${name}-${look}.webp)](phone/${name}-${large[at]}.webp)`)
    return `| ${name} | ${cells.join(' | ')} |`
  }
  const parts = Object.entries(groups).map(([mark, title]) => {
    const rows = names.filter((name) => name.startsWith(`${mark}-`)).toSorted()
    return `## ${title}\n\n| | 中文 | 中文 | English | English |\n| --- | --- | --- | --- | --- |\n${rows.map(row).join('\n')}\n`
  })
  const head = `# The phone's pages\n\nMade by \`npm --prefix pwa run gallery\` from an invented city; 360 × 640, and 412 × 915 behind each picture. The README's three are made by \`make screens\` from the running demo city.\n`
  await writeFile(`${folder}../README.md`, `${head}\n${parts.join('\n')}`)
}

await mkdir(folder, { recursive: true })
const browser = await launch()
for (const look of looks.filter(({ name }) => name.includes(only))) await take(browser, look)
await browser.close()
await writeIndex()
