// A phone is found after a whole day's work: every file of the browser is searched for what was on it.
import assert from 'node:assert/strict'
import { mkdtemp, readFile, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { launchIn, pin, signIn } from './browser.mjs'
import { allReceived, answers, drawName, dialog, fillReached, finishVisit, openHousehold, outbox, ready, tab } from './steps.mjs'
import { openVisit } from './vault-steps.mjs'

const typed = ['门口有狗要先打电话', '钱要交给邻居钱大妈', '钱大妈', '半句话还没写完']

async function filesIn(folder) {
  const names = await readdir(folder, { recursive: true })
  const files = []
  for (const name of names) {
    const path = join(folder, name)
    if ((await stat(path).catch(() => null))?.isFile()) files.push(path)
  }
  return files
}

/** As text lies in files: bytes, two bytes a character, or escaped in JSON; and bytes in base64 or hex. */
function shapesOf(secret) {
  if (Buffer.isBuffer(secret))
    return [secret, Buffer.from(secret.toString('base64').slice(0, -4)), Buffer.from(secret.toString('hex'))]
  const escaped = [...secret].map((char) => `\\u${char.codePointAt(0).toString(16).padStart(4, '0')}`).join('')
  return [Buffer.from(secret), Buffer.from(secret, 'utf16le'), Buffer.from(escaped)]
}

async function vaultKey(page, fake) {
  const { rescue, device } = await page.evaluate(async () => {
    const done = (request) => new Promise((resolve) => request.addEventListener('success', () => resolve(request.result)))
    const [{ name }] = await indexedDB.databases()
    const database = await done(indexedDB.open(name))
    const meta = database.transaction('meta').objectStore('meta')
    const [one, two] = await Promise.all([done(meta.get('rescue')), done(meta.get('device'))])
    database.close()
    return { rescue: one?.value.sealed, device: two.value }
  })
  return fake.openSealed(Buffer.from(rescue, 'base64'), `vault\n${fake.pack.teams[0].members[0].id}\n${device}`)
}

/** Pictures are found by a piece from their middle. */
const piece = (bytes) => bytes.subarray(bytes.length >> 1, (bytes.length >> 1) + 24)

export const searchStory = {
  async a_phone_found_after_a_whole_day_gives_up_nothing_to_whoever_reads_its_disk({ fake }) {
    const folder = await mkdtemp(join(tmpdir(), 'nuanfang-profile-'))
    const context = await launchIn(folder)
    const page = context.pages()[0] ?? (await context.newPage())
    try {
      await signIn(page, fake.url)
      await ready(page)
      // One arrives, one stays, one is half written, with its photo.
      await openHousehold(page, '王秀英')
      await fillReached(page)
      await page.getByLabel(/想说明|Anything to explain/).fill(typed[0])
      await finishVisit(page)
      await outbox(page)
      await allReceived(page)
      await tab(page, /今日|Today/).click()
      const pictures = [...fake.state.evidence.values()].map(({ bytes }) => piece(bytes))
      assert.equal(pictures.length, 2)
      Object.assign(fake.state.faults, { pushStatus: 503, evidenceStatus: 503 })
      await openHousehold(page, '李淑珍')
      await fillReached(page)
      await page.getByRole('radio', { name: /其他人代收|Somebody else/ }).click()
      await page.getByLabel(/代收人姓名|Their name/).fill(typed[2])
      await page.getByLabel(/想说明|Anything to explain/).fill(typed[1])
      await page
        .getByRole('button', { name: /查看或重签|See or sign again/ })
        .first()
        .waitFor()
        .catch(async () => {
          await page.getByRole('button', { name: /^(签名|Sign)$/ }).click()
          await drawName(page)
          await dialog(page, '签好了', 'Done').click()
        })
      await finishVisit(page)
      await openVisit(page, fake.pack.households[6].head_name, typed[3])
      await answers(page).text('已存在本机', 'On this phone').waitFor()
      const key = await vaultKey(page, fake)
      assert.equal(key.length, 32)
      const { households } = fake.pack
      const of = (field) => [...new Set(households.map((one) => one[field]).filter((one) => one && String(one).length > 3))]
      const secrets = new Map(
        [
          ...[...new Set(households.map((one) => one.head_name))]
            .filter((name) => name.length > 2)
            .slice(0, 20)
            .map((one) => ['name', one]),
          ...of('address')
            .slice(0, 20)
            .map((one) => ['address', one]),
          ...of('phone')
            .slice(0, 10)
            .map((one) => ['phone', one]),
          ...typed.map((one) => ['words', one]),
          ...pictures.map((one) => ['picture', one]),
          ['PIN', pin],
          ['vault key', key],
        ].map(([what, secret]) => [secret, what]),
      )
      assert.ok(secrets.size >= 50, `only ${secrets.size} secrets`)
      await context.close()
      const found = new Set()
      let bytes = 0
      for (const path of await filesIn(folder)) {
        const file = await readFile(path)
        bytes += file.length
        for (const [secret, what] of secrets)
          if (shapesOf(secret).some((shape) => file.includes(shape)))
            found.add(`${what} ${Buffer.isBuffer(secret) ? '' : secret} in ${path.slice(folder.length)}`)
      }
      // The search itself would find what is there: the address of the app stands in more than one file.
      assert.ok(bytes > 1_000_000, 'nothing to search')
      const rows = (await filesIn(folder)).filter((path) => path.includes('IndexedDB') && path.endsWith('.log'))
      assert.ok(
        (await Promise.all(rows.map((path) => readFile(path)))).some((file) => file.includes(Buffer.from('household_id'))),
      )
      assert.deepEqual([...found], [])
    } finally {
      await context.close().catch(() => undefined)
      await rm(folder, { recursive: true, force: true })
    }
  },
}
