// What is finished on the phone is the server's to read, and nobody's who finds the phone.
import assert from 'node:assert/strict'
import { signIn, unlock } from './browser.mjs'
import {
  allReceived,
  answers,
  fillReached,
  finishAsItIs,
  finishVisit,
  openHousehold,
  outbox,
  ready,
  tab,
  sendNow,
} from './steps.mjs'

const itemsAt = (fake) => [...fake.state.items.values()]
const words = '门口有狗,要先打电话'

async function nobodyHome(page, name) {
  await openHousehold(page, name)
  await answers(page).button('开始走访', 'Start the visit').click()
  await page.getByRole('radio', { name: /无人在家|Nobody home/ }).click()
  await finishAsItIs(page)
}

/** Everything in every store of the page's databases, as text; pictures by the letters of their bytes. */
export function allOnThePhone(page) {
  return page.evaluate(async () => {
    const done = (request) =>
      new Promise((resolve, reject) => {
        request.addEventListener('success', () => resolve(request.result))
        request.addEventListener('error', () => reject(request.error))
      })
    const text = (value) => {
      if (value instanceof ArrayBuffer) return new TextDecoder('latin1').decode(value)
      if (ArrayBuffer.isView(value)) return new TextDecoder('latin1').decode(value)
      if (value && typeof value === 'object')
        return Object.entries(value)
          .map(([key, one]) => `${key}:${text(one)}`)
          .join('\n')
      return String(value)
    }
    const found = []
    for (const { name } of await indexedDB.databases()) {
      const database = await done(indexedDB.open(name))
      for (const store of database.objectStoreNames)
        for (const row of await done(database.transaction(store).objectStore(store).getAll()))
          found.push({ store, text: text(row) })
      database.close()
    }
    return found
  })
}

export const sealedStories = {
  async a_finished_visit_lies_on_the_phone_so_that_nobody_can_read_it_and_arrives_whole({ page, context, fake }) {
    await signIn(page, fake.url)
    await ready(page)
    await context.setOffline(true)
    fake.state.faults.dead = true
    await openHousehold(page, '王秀英')
    await fillReached(page)
    await page.getByLabel(/想说明|Anything to explain/).fill(words)
    await page
      .getByRole('banner')
      .getByText(/已存在本机|On this phone/)
      .waitFor()
    await finishVisit(page)
    const rows = await allOnThePhone(page)
    const outboxRows = rows.filter((row) => row.store === 'outbox')
    assert.deepEqual([outboxRows.length, rows.filter((row) => row.store === 'bytes').length], [1, 2])
    for (const { store, text } of rows) {
      assert.ok(!text.includes(words), `the words lie in ${store}`)
      if (store === 'bytes') assert.ok(/^bytes:NFS1/m.test(text) && !/JFIF|IHDR/.test(text), 'a plain picture')
      if (store === 'pictures') assert.ok(!text.includes('latitude'), 'where a picture was taken')
    }
    // The phone still knows what its own pages ask for.
    await openHousehold(page, '王秀英')
    await page
      .getByText(/已见到|Reached/)
      .first()
      .waitFor()
    await answers(page).button('再走访一次', 'Visit again').waitFor()
    await page.goBack()
    fake.state.faults.dead = false
    await context.setOffline(false)
    await outbox(page)
    await allReceived(page)
    const [{ body, sealed }] = itemsAt(fake)
    assert.equal(body.notes, words)
    assert.ok(sealed && body.evidence.every((one) => fake.state.evidence.get(one.sha256).sealed))
    const [photo] = body.evidence
    assert.ok(photo.position && fake.state.evidence.get(photo.sha256).bytes.includes('JFIF'))
  },

  async a_key_changed_between_two_visits_leaves_both_readable({ page, fake }) {
    await signIn(page, fake.url)
    await nobodyHome(page, '王秀英')
    await outbox(page)
    await page.getByText(/已收到 1|1 received/).waitFor()
    await fake.rotateKey()
    const pulled = page.waitForResponse((answer) => answer.url().includes('/field/pull') && answer.ok())
    await sendNow(page)
    await (await pulled).finished()
    await page.waitForFunction(() => !document.querySelector('[aria-busy="true"]'))
    await tab(page, /今日|Today/).click()
    await nobodyHome(page, '李淑珍')
    await outbox(page)
    await page.getByText(/已收到 2|2 received/).waitFor()
    const keys = itemsAt(fake).map(({ sealed }) => Buffer.from(sealed, 'base64').subarray(4, 20).toString('hex'))
    assert.equal(new Set(keys).size, 2)
  },

  async a_server_that_seals_nothing_gets_plain_visits_as_before({ page, fake }) {
    fake.state.faults.noSealing = true
    await signIn(page, fake.url)
    await openHousehold(page, '王秀英')
    await fillReached(page)
    await finishVisit(page)
    await outbox(page)
    await allReceived(page)
    const [{ body, sealed }] = itemsAt(fake)
    assert.equal(sealed, null)
    assert.ok(body.evidence.every((one) => !fake.state.evidence.get(one.sha256).sealed))
  },

  async a_server_that_lacks_the_key_for_a_while_is_waited_for_and_nothing_needs_me({ page, fake }) {
    await signIn(page, fake.url)
    await openHousehold(page, '王秀英')
    await fillReached(page)
    fake.state.faults.sealKeyUnknown = true
    await finishVisit(page)
    await outbox(page)
    await page.getByText(/暂时缺少打开它的密钥|lacks the key to open it/).waitFor()
    assert.equal(await page.getByText(/要您处理|needs you/).count(), 0)
    assert.deepEqual([fake.state.items.size, fake.state.evidence.size], [0, 0])
    delete fake.state.faults.sealKeyUnknown
    await sendNow(page)
    await allReceived(page)
    assert.deepEqual([fake.state.items.size, fake.state.evidence.size], [1, 2])
  },

  async a_draft_finished_with_sealing_survives_the_app_ended_before_its_draft_was_dropped({ page, context, fake }) {
    await signIn(page, fake.url)
    await openHousehold(page, '王秀英')
    await fillReached(page)
    const url = page.url()
    const id = new URL(url).pathname.split('/').at(-1)
    const copyOfDraft = () =>
      page.evaluate(async (draftId) => {
        const done = (request) => new Promise((resolve) => request.addEventListener('success', () => resolve(request.result)))
        const [{ name }] = await indexedDB.databases()
        const database = await done(indexedDB.open(name))
        return done(database.transaction('drafts').objectStore('drafts').get(draftId))
      }, id)
    const draft = await copyOfDraft()
    fake.state.faults.pushStatus = 503
    fake.state.faults.evidenceStatus = 503
    await finishVisit(page)
    // As a kill between the item's write and the draft's end would leave it.
    await page.evaluate(async (row) => {
      const done = (request) => new Promise((resolve) => request.addEventListener('success', () => resolve(request.result)))
      const [{ name }] = await indexedDB.databases()
      const database = await done(indexedDB.open(name))
      await done(database.transaction('drafts', 'readwrite').objectStore('drafts').put(row))
    }, draft)
    await page.close({ runBeforeUnload: false })
    const again = await context.newPage()
    await again.goto(fake.url)
    await unlock(again)
    await again.getByRole('searchbox').waitFor()
    assert.equal(await again.getByRole('link', { name: /还没有完成|not finished/ }).count(), 0)
    delete fake.state.faults.pushStatus
    delete fake.state.faults.evidenceStatus
    await outbox(again)
    await sendNow(again)
    await allReceived(again)
    assert.deepEqual([fake.state.items.size, fake.state.evidence.size], [1, 2])
  },
}
