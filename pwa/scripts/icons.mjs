// Draws the PNG icons from the SVG ones and from the app's line icons with a Chromium (CHROMIUM names it).
import { mkdir, readFile } from 'node:fs/promises'
import { chromium } from 'playwright-core'
import { splashes } from './splash.mjs'

const pub = new URL('../public/', import.meta.url).pathname
const drawn = await readFile(new URL('../src/kit/ui/icons.ts', import.meta.url), 'utf8')
const svg = (name) => readFile(`${pub}${name}.svg`, 'utf8')

/** A shortcut's icon: the app's own line icon on the house's red. */
function shortcut(name) {
  const path = new RegExp(`\\b${name}:\\s*'([^']+)'`).exec(drawn)?.[1]
  if (!path) throw new Error(`no icon is called ${name}`)
  return `<svg viewBox="0 0 96 96"><circle cx="48" cy="48" r="48" fill="#a3271f"/><path transform="translate(24 24) scale(2)" d="${path}" fill="none" stroke="#fff7ee" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"/></svg>`
}

const pictures = [
  ['icon-192', 192, await svg('icon')],
  ['icon-512', 512, await svg('icon')],
  ['icon-maskable-192', 192, await svg('icon-maskable')],
  ['icon-maskable-512', 512, await svg('icon-maskable')],
  ['icon-mono-512', 512, await svg('icon-mono')],
  // iOS cuts the corners itself and shows black where a picture is clear.
  ['apple-touch-icon', 180, await svg('icon-maskable')],
  ['shortcut-today', 96, shortcut('today')],
  ['shortcut-outbox', 96, shortcut('outbox')],
  ['shortcut-me', 96, shortcut('person')],
]

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
})
for (const [name, size, picture] of pictures) {
  const page = await browser.newPage({ viewport: { width: size, height: size } })
  await page.setContent(`<body style="margin:0">${picture.replace('<svg', `<svg style="display:block" width="${size}"`)}`)
  await page.screenshot({ path: `${pub}${name}.png`, omitBackground: true })
  await page.close()
}
await mkdir(`${pub}splash`, { recursive: true })
const sign = await svg('icon')
for (const { file, width, height, dots, paper } of splashes) {
  const page = await browser.newPage({ viewport: { width, height }, deviceScaleFactor: dots })
  // The sign stands where the opening page shows it, and as large.
  await page.setContent(
    `<body style="margin:0;height:100vh;display:grid;place-items:center;background:${paper}">${sign.replace('<svg', '<svg width="72"')}`,
  )
  await page.screenshot({ path: `${pub}${file}` })
  await page.close()
}
await browser.close()
