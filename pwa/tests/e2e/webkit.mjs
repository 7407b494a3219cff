// A visit in the other family of browsers, from signing in to the receipt: node tests/e2e/webkit.mjs
import assert from 'node:assert/strict'
import { mkdir, writeFile } from 'node:fs/promises'
import { pin } from './browser.mjs'
import { startFake } from './fake-server.mjs'
import { startWebKit } from './webdriver.mjs'

const search = /^(姓名、拼音首字母或街道|Name, pinyin)/
const results = new URL('./results/', import.meta.url)
const fake = await startFake()
const page = await startWebKit()
const began = Date.now()
const said = (words) => console.log(`ok      ${((Date.now() - began) / 1000).toFixed(1).padStart(5)} s  ${words}`)
let failed = false
try {
  await page.open(fake.url)
  await page.fill(/^(用户名|User name)/, 'cadre1')
  await page.fill(/^(密码|Password)/, 'nuanfang-demo')
  await page.press('button', /^(登录|Sign in)$/)
  for (const words of [/^(设 6 位数字的 PIN|Set a PIN of 6 digits)/, /^(再输一次|Type this PIN once more)/]) {
    await page.find('group', words)
    await page.type(pin)
  }
  await page.find('field', search)
  said('signs in, sets a PIN and sees Today')

  await page.press('radio', /^(全部|All) /)
  await page.fill(search, '王秀英')
  await page.press('link', /王秀英/)
  await page.find('heading', /^王秀英/)
  await page.press('button', /^(开始走访|Start the visit)$/)
  await page.find('radio', /^(无人在家|Nobody home)$/)
  await page.find('any', /(正在定位|没有允许定位|定不了位|不能定位|Finding the position|without a position)/)
  said('opens a household and starts a visit; says how it is with the position')

  await page.press('button', /^(拍照|Take a photo)$/)
  await page.find('any', /^(相机打不开|这里打不开相机|The camera cannot be opened|The camera is not allowed)/)
  await page.press('button', /^(拍好了|Done)$/)
  said('says that there is no camera, and goes on')

  await page.press('radio', /^(无人在家|Nobody home)$/)
  await page.press('button', /^(不补了,直接完成|Finish as it is|完成走访|Finish the visit)$/)
  await page.find('link', /^(发送|Outbox)/)
  await page.press('link', /^(发送|Outbox)/)
  await page.find('any', /^(全部收到了|Everything has been received)/)
  const [{ body, sealed }] = fake.state.items.values()
  assert.deepEqual([body.outcome, Boolean(sealed)], ['absent', true])
  said('finishes it; the outbox has the receipt, and the server a sealed visit that opens')

  await page.open(fake.url)
  await page.find('group', /^(请输入 PIN|Enter your PIN)/)
  await page.type(pin)
  await page.find('field', search)
  said('opens again with the PIN')
} catch (cause) {
  failed = true
  console.log(`FAILED  ${cause.stack}`)
  await mkdir(results, { recursive: true })
  await writeFile(new URL('webkit.png', results), await page.picture()).catch(() => undefined)
  console.log((await page.run('return document.body.innerText').catch(() => '')).slice(0, 600))
}
await page.close()
fake.close()
process.exit(failed ? 1 : 0)
