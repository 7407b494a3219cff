// A morning at the centre, against the real server: a roster put right on the desk, a view kept, many files taken a step on at once.
import assert from 'node:assert/strict'
import { somebody } from './server.mjs'

const words = (zh, en) => new RegExp(`^(${zh}|${en})`)
const roster = [
  '姓名,身份证号码,困难类别,家庭住址,联系电话',
  '罗珍秀,510104195209043743,低保户,建设街112号,',
  '顾燕秀,51010419841013050,大病家庭,人民中路75号,',
  '侯兰,51010419540923064X,没有这一类,铁西四路110号,',
  '王同号,510104195209043743,低保户,红星巷1号,',
].join('\n')

async function atTheCentre(browser, url, pages) {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    acceptDownloads: true,
  })
  const page = await context.newPage()
  pages.push(page)
  await page.goto(`${url}/desk/imports`)
  await page.getByLabel(/用户名|User name/).fill('centre')
  await page.getByLabel(/密码|Password/).fill('nuanfang-demo')
  await page.getByRole('button', { name: /^(登录|Sign in)$/ }).click()
  await page.waitForURL((at) => at.pathname.startsWith('/desk'))
  return { context, page }
}

export const centreStories = {
  async a_roster_is_put_right_on_the_desk_and_its_files_taken_on_through_a_view_that_was_kept({ browser, url, pages }) {
    const centre = await somebody(url, 'centre')
    const { context, page } = await atTheCentre(browser, url, pages)
    await page.goto(`${url}/desk/imports`)
    const file = { name: '名册.csv', mimeType: 'text/csv', buffer: Buffer.from(roster) }
    await page.locator('input[type=file]').setInputFiles(file)
    const cell = (row, column) => page.getByLabel(new RegExp(`^(第 ${row} 行 ${column}|Row ${row}, ${column})$`))
    await cell(3, '身份证号码').waitFor()

    // What is refused is taken along with its reasons.
    const coming = page.waitForEvent('download')
    await page.getByRole('button', { name: words('下载不能导入的行', 'Refused rows as xlsx') }).click()
    assert.match((await coming).suggestedFilename(), /\.xlsx$/)

    // Two of three are mended; the third has the number of a row that is good, mended or not.
    await cell(3, '身份证号码').fill('510104198410130500')
    await cell(4, '困难类别').fill('低保边缘户')
    await cell(5, '家庭住址').fill('红星巷 2 号')
    await page.getByRole('button', { name: words('再试改过的 3 行', 'Try the 3 changed rows') }).click()
    await page.getByText(/与第 2 行相同|as row 2/).waitFor()
    await page.getByRole('button', { name: words('导入这 3 行', 'Import these 3 rows') }).click()
    await page.getByText(/另导入改好的 2 行|2 more after they were mended/).waitFor()
    assert.equal(await cell(3, '身份证号码').count(), 0, 'what is in is gone from the list')
    await cell(5, '身份证号码').waitFor()

    // Leaving with a row that is not mended is asked about.
    const { items } = await centre.get('/campaigns')
    const open = items.find((campaign) => campaign.status === 'open')
    const table = `/desk/campaigns/${open.id}/households`
    let question = ''
    page.once('dialog', (dialog) => {
      question = dialog.message()
      void dialog.accept()
    })
    await page
      .getByRole('link', { name: words('家庭', 'Households') })
      .first()
      .click()
    await page.waitForURL((at) => at.pathname === table)
    assert.match(question, /离开|Leave/)
    for (const name of ['罗珍秀', '顾燕秀', '侯兰']) {
      const { items: found } = await centre.get(`/households?q=${encodeURIComponent(name)}&status=applied`)
      assert.equal(found.length, 1, name)
    }

    await page.goto(`${url}${table}?status=applied`)
    await page.getByRole('columnheader', { name: words('户主', 'Head') }).waitFor()
    await page.getByRole('button', { name: words('另存为视图', 'Save as a view') }).click()
    await page.getByLabel(words('视图名称', 'Name of the view')).fill('等评议的')
    await page.getByRole('button', { name: words('保存', 'Save') }).click()
    await page.getByRole('button', { name: words('设为默认', 'Open with it') }).click()
    await page.getByRole('button', { name: words('取消默认', 'Do not open with it') }).waitFor()

    // The table opens with it, on any desk.
    await page.goto(`${url}${table}`)
    await page.waitForURL((at) => at.search.includes('status=applied'))
    const before = await centre.get('/households?status=applied&limit=500')
    await page.getByRole('checkbox', { name: words('勾选罗珍秀', 'Pick 罗珍秀') }).check()
    const all = page.getByRole('button', { name: words('选中符合条件的全部', 'Pick all') })
    if ((await all.count()) > 0) await all.click()
    await page.getByText(new RegExp(`已勾选 ${before.items.length} 户|${before.items.length} picked`)).waitFor()
    await page.getByRole('button', { name: words('记为已评议', 'Mark as reviewed') }).click()
    await page.getByRole('button', { name: words('记为已评议', 'Mark as reviewed') }).click()
    await page.getByText(new RegExp(`办成 ${before.items.length} 户|${before.items.length} done`)).waitFor()
    const after = await centre.get('/households?status=applied&limit=500')
    assert.equal(after.items.length, 0)

    await page.getByRole('button', { name: words('删除', 'Delete') }).click()
    await page.getByRole('button', { name: words('删除', 'Delete') }).click()
    await page.getByRole('button', { name: words('改名', 'Rename') }).waitFor({ state: 'detached' })
    assert.deepEqual((await centre.get('/views?table=households')).items, [])
    await context.close()
  },
}
