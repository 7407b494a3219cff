// A phone without a line before the deadline: its outbox goes to a file, and the file goes to the server from elsewhere.
import assert from 'node:assert/strict'
import { mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { phone, signIn } from './browser.mjs'
import { answers, fillReached, finishVisit, openHousehold, outbox } from './steps.mjs'

const pick = async (page, words, path) => {
  const chosen = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: words }).click()
  await (await chosen).setFiles(path)
}

export const copyStories = {
  async an_outbox_saved_to_a_file_is_sent_from_another_phone_by_the_same_person({ page, fake, browser }) {
    await signIn(page, fake.url)
    await openHousehold(page, '王秀英')
    await fillReached(page)
    fake.state.faults.pushStatus = 503
    await finishVisit(page)
    await outbox(page)
    await page.getByRole('link', { name: /存一份到文件|Save a copy/ }).click()
    await page.getByText(/1 件记录、2 张照片|1 records and 2 pictures/).waitFor()
    const passphrase = await page.getByText(/^(\d{4} ){4}\d{4}$/).innerText()
    const download = page.waitForEvent('download')
    await answers(page).button('生成文件', 'Make the file').click()
    const path = join(await mkdtemp(join(tmpdir(), 'nuanfang-')), 'copy.nfbox')
    await (await download).saveAs(path)
    assert.ok(!(await readFile(path)).includes('王秀英'))
    await pick(page, /核对存好的文件|Check the saved file/, path)
    await page.getByText(/存好并核对过了|Saved and checked/).waitFor()

    delete fake.state.faults.pushStatus
    await page.close()
    const context = await phone(browser)
    const other = await context.newPage()
    await signIn(other, fake.url)
    await outbox(other)
    await other.getByRole('link', { name: /打开存好的文件|Open a saved copy/ }).click()
    await pick(other, /^(选文件|Choose the file)$/, path)
    await other.getByLabel(/口令|Passphrase/).fill('0000')
    await answers(other).button('发送里面的东西', 'Send what is in it').click()
    await other.getByText(/口令不对|does not fit/).waitFor()
    await other.getByLabel(/口令|Passphrase/).fill(passphrase.replaceAll(' ', ''))
    await answers(other).button('发送里面的东西', 'Send what is in it').click()
    await other.getByText(/发好了|^Sent:/).waitFor()
    assert.deepEqual([fake.state.items.size, fake.state.evidence.size], [1, 2])
    await context.close()
  },
}
