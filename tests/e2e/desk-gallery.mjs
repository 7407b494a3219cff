// Every page of the desk in both sizes, the daily ones on a phone too, in both themes and languages, for docs/desk: NUANFANG=target/release/nuanfang node tests/e2e/desk-gallery.mjs [part of a look's name] [part of a page's name]
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { launch } from '../../pwa/tests/e2e/browser.mjs'
import { daily, deskPages, phone, sizes, walkDesk } from './desk-pages.mjs'
import { startCity } from './server.mjs'

const [onlyLook, onlyPage] = [process.argv[2] ?? '', process.argv[3] ?? '']
const folder = process.env.DESK_PICTURES ?? new URL('../../docs/desk/', import.meta.url).pathname
const looks = [...sizes, phone].flatMap((size) =>
  ['zh-CN', 'en'].flatMap((language) =>
    [false, true].map((dark) => ({
      ...size,
      language,
      dark,
      name: `${size.width}-${language.slice(0, 2)}-${dark ? 'dark' : 'light'}`,
    })),
  ),
)

/** The wide picture of each page in both languages and themes; the tablet's behind a link. */
async function writeIndex(names) {
  const [wide, tablet, small] = [...sizes, phone].map(({ width }) =>
    looks.filter((look) => look.width === width).map(({ name }) => name),
  )
  const row = (name) => {
    const cells = wide.map((look, at) => `[![](${name}-${look}.webp)](${name}-${tablet[at]}.webp)`)
    return `| ${name} | ${cells.join(' | ')} |`
  }
  const head =
    '# The desk’s pages\n\nMade by `make screens` from the running demo city; 1440 × 900, and 768 × 1024 behind each picture; then what leads and supervisors open every day, on a phone of 360 × 640.\n'
  const onPhone = (name) => `| ${name} | ${small.map((look) => `![](${name}-${look}.webp)`).join(' | ')} |`
  const table = (rows) => `| | 中文 | 中文 | English | English |\n| --- | --- | --- | --- | --- |\n${rows.join('\n')}\n`
  await writeFile(`${folder}README.md`, `${head}\n${table(names.map(row))}\n${table(daily.map(onPhone))}`)
}

await mkdir(folder, { recursive: true })
const city = await startCity({ pictureWidth: 1280 })
const browser = await launch()
const pages = (await deskPages(city.url)).filter(({ name }) => name.includes(onlyPage))
if (!onlyLook && !onlyPage) for (const name of await readdir(folder)) if (name.endsWith('.webp')) await rm(`${folder}${name}`)
for (const look of looks.filter(({ name }) => name.includes(onlyLook))) {
  const seen = async (name, page) => {
    const session = await page.context().newCDPSession(page)
    const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: 10 })
    await writeFile(`${folder}${name}-${look.name}.webp`, Buffer.from(data, 'base64'))
  }
  const shown = look.width === phone.width ? pages.filter(({ name }) => daily.includes(name)) : pages
  await walkDesk({ browser, url: city.url, look, pages: shown, seen })
}
await browser.close()
await city.stop()
if (!onlyPage) await writeIndex(pages.map(({ name }) => name))
