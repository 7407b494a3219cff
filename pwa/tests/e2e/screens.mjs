// Pictures of every page in both sizes, themes and languages, for a person to look at: node tests/e2e/screens.mjs [folder] [name part]
import { mkdir } from 'node:fs/promises'
import { enlarge, launch, phone, signIn } from './browser.mjs'
import { startFake } from './fake-server.mjs'
import { pages } from './pages.mjs'

const folder = process.argv[2] ?? new URL('./results/', import.meta.url).pathname
const only = process.argv[3]
await mkdir(folder, { recursive: true })
const fake = await startFake({ lead: true })
const browser = await launch()
const looks = [
  { name: 'zh-light-360', width: 360, height: 640 },
  { name: 'en-dark-412', width: 412, height: 915, language: 'en', dark: true },
  { name: 'en-light-320', width: 320, height: 640, language: 'en' },
  { name: 'zh-dark-360', width: 360, height: 640, dark: true },
  { name: 'zh-big-360', width: 360, height: 640, textScale: 2 },
]
for (const look of looks) {
  if (only && !look.name.includes(only)) continue
  const context = await phone(browser, look)
  const page = await context.newPage()
  page.on('pageerror', (error) => console.log(look.name, 'page error', error.message))
  page.on('console', (message) => message.type() === 'error' && console.log(look.name, message.text()))
  if (look.textScale) await enlarge(page, look.textScale)
  const shoot = async (name, options = {}) => {
    await page.waitForLoadState('networkidle')
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    if (wide > 0) console.log(`${look.name} ${name}: ${wide} px too wide`)
    await page.screenshot({ path: `${folder}/${name}-${look.name}.png`, ...options })
  }
  await pages({ page, fake, shoot, context, signIn: () => signIn(page, fake.url) })
  await context.close()
}
await browser.close()
fake.close()
