// What the desk shows as files, people found by name, and an auditor who reads: against the real server.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { atTheDesk } from './lead.mjs'
import { somebody } from './server.mjs'

const words = (zh, en) => new RegExp(`^(${zh}|${en})`)
const asCsv = words('导出 CSV', 'Export as CSV')

/** Takes every table of a page; answers the first line of each by what the table is called. */
async function taken(page) {
  const files = {}
  await page.getByRole('button', { name: asCsv }).first().waitFor()
  for (const group of await page
    .getByRole('group')
    .filter({ has: page.getByRole('button', { name: asCsv }) })
    .all()) {
    const coming = page.waitForEvent('download')
    await group.getByRole('button', { name: asCsv }).click()
    const file = await coming
    const lines = (await readFile(await file.path(), 'utf8')).replace('\ufeff', '').trimEnd().split('\r\n')
    files[await group.getAttribute('aria-label')] = lines
  }
  return files
}

export const fileStories = {
  async every_table_of_the_desk_is_taken_as_a_file({ browser, url, pages }) {
    const centre = await somebody(url, 'centre')
    const { items } = await centre.get('/campaigns')
    const open = items.find((campaign) => campaign.status === 'open')
    const { context, page } = await atTheDesk(browser, url, 'centre', pages)
    const at = `${url}/desk/campaigns/${open.id}`
    const tables = {
      [at]: ['每日走访', '走访记录', '按走访组', '各组持有款物', '按类别'],
      [`${at}/needs?state=all`]: ['诉求'],
      [`${at}/ledger`]: ['对账', '现由谁持有'],
      [`${at}/ledger?view=entries&kind=issue`]: ['分录'],
      [`${at}/ledger?view=slips`]: ['领退单'],
      [`${at}/flow`]: ['流向明细'],
      [`${at}/setup`]: ['资金来源', '物资', '慰问标准', '应发款物'],
      [`${url}/desk/campaigns`]: ['全部活动'],
      [`${url}/desk/teams`]: ['走访组'],
    }
    for (const [address, names] of Object.entries(tables)) {
      await page.goto(address)
      for (const name of names) await page.getByRole('group', { name, exact: true }).waitFor()
      const files = await taken(page)
      assert.deepEqual(Object.keys(files).toSorted(), names.toSorted(), address)
      for (const [name, lines] of Object.entries(files)) assert.ok(lines.length > 1, `${name} has rows`)
      if (files.分录)
        assert.ok(
          files.分录.slice(1).every((line) => line.includes('领用')),
          'as they are filtered',
        )
    }
    await context.close()
  },

  async an_admin_finds_a_person_by_name_and_no_address_tells_it({ browser, url, pages }) {
    const { context, page } = await atTheDesk(browser, url, 'admin', pages)
    const asked = []
    page.on('request', (request) => asked.push(decodeURIComponent(request.url())))
    await page.goto(`${url}/desk/people`)
    await page.getByRole('row').nth(2).waitFor()
    await page.getByRole('searchbox', { name: words('姓名或用户名', 'Name or user name') }).fill('LEAD1')
    const row = page.getByRole('rowheader')
    await page.waitForFunction(() => document.querySelectorAll('tbody tr').length === 1)
    const [name, username] = (await row.innerText()).split('\n').map((line) => line.trim())
    assert.equal(username, 'lead1')
    await page.getByRole('searchbox').fill(name)
    await page.getByRole('rowheader').getByText('lead1', { exact: true }).waitFor()
    const files = await taken(page)
    assert.ok(
      files.人员.slice(1).every((line) => line.startsWith(name)),
      'the file is filtered as the page is',
    )
    assert.ok(asked.every((address) => !address.includes(name) && !/lead1/i.test(address)))
    await page.getByRole('searchbox').fill('没有这个人')
    await page.getByText(words('没有找到这样的人', 'Nobody like that')).waitFor()
    await page.getByRole('button', { name: words('清除', 'Clear') }).click()
    await page.getByRole('row').nth(2).waitFor()
    await context.close()
  },

  async an_auditor_reads_how_a_campaign_is_set_up_and_is_offered_no_change({ browser, url, pages }) {
    const auditor = await somebody(url, 'auditor')
    const { items } = await auditor.get('/campaigns')
    const { context, page } = await atTheDesk(browser, url, 'auditor', pages)
    for (const campaign of items) {
      const told = await auditor.get(`/campaigns/${campaign.id}/readiness`)
      assert.ok(told.checks.length > 0)
      await page.goto(`${url}/desk/campaigns/${campaign.id}/setup`)
      await page.getByRole('heading', { name: words('慰问标准', 'Standards') }).waitFor()
      await page.getByRole('heading', { name: words('比对界限', 'Limits') }).waitFor()
      const offered = page
        .getByRole('main')
        .getByRole('button', { name: /修改|添加|删除|开放活动|补核|Change|Add|Remove|Open|Fix/ })
      assert.equal(await offered.count(), 0)
    }
    await context.close()
  },
}
