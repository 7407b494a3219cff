// Draws the PNG icons from public/icon.svg with a Chromium (CHROMIUM names it).
import { readFile } from 'node:fs/promises'
import { chromium } from 'playwright-core'

const pub = new URL('../public/', import.meta.url).pathname
const svg = await readFile(`${pub}icon.svg`, 'utf8')
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
})
for (const [name, size, pad] of [
  ['icon-192', 192, 0],
  ['icon-512', 512, 0],
  ['icon-maskable-512', 512, 52],
]) {
  const page = await browser.newPage({ viewport: { width: size, height: size } })
  const background = pad ? '#a3271f' : 'transparent'
  await page.setContent(
    `<body style="margin:0;padding:${pad}px;box-sizing:border-box;background:${background}">${svg.replace('<svg', `<svg width="${size - 2 * pad}"`)}`,
  )
  await page.screenshot({ path: `${pub}${name}.png`, omitBackground: !pad })
}
await browser.close()
