// A lead's morning at the desk, against the real server: what is coming, who waits longest, who goes there, what was asked for.
import assert from 'node:assert/strict'
import { somebody } from './server.mjs'

const words = (zh, en) => new RegExp(`^(${zh}|${en})`)

export async function atTheDesk(browser, url, username, pages) {
  const context = await browser.newContext({
    viewport: { width: 412, height: 915 },
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    acceptDownloads: true,
  })
  const page = await context.newPage()
  pages.push(page)
  await page.goto(`${url}/desk`)
  await page.getByLabel(/用户名|User name/).fill(username)
  await page.getByLabel(/密码|Password/).fill('nuanfang-demo')
  await page.getByRole('button', { name: /^(登录|Sign in)$/ }).click()
  await page.waitForURL((at) => at.pathname.startsWith('/desk'))
  return { context, page }
}

export const leadStories = {
  async a_lead_gives_who_waits_longest_to_a_cadre_and_sees_it_on_the_board_without_asking({ browser, url, pages }) {
    const lead = await somebody(url, 'lead1')
    const { items } = await lead.get('/campaigns')
    const open = items.find((campaign) => campaign.status === 'open')
    const waiting = await lead.get(`/households?campaign=${open.id}&standing=unreached,attempted&order=last_try`)
    const { context, page } = await atTheDesk(browser, url, 'lead1', pages)
    const board = `${url}/desk/campaigns/${open.id}`
    await page.goto(board)
    await page.getByRole('heading', { name: words('到期预测', 'Where it is heading') }).waitFor()
    await page.getByRole('img', { name: words('逐日累计走访户数', 'Households reached by day') }).waitFor()
    await page.getByText(words('没有新的变化', 'Nothing new')).waitFor()

    // Another page, while the board stays open.
    const list = await context.newPage()
    pages.push(list)
    await list.goto(`${board}/households?standing=unreached,attempted&order=last_try`)
    const [first] = waiting.items
    await list.getByRole('checkbox', { name: words(`勾选${first.head_name}`, `Pick ${first.head_name}`) }).check()
    await list.getByRole('combobox', { name: words('分给走访组', 'Give to team') }).click()
    await list.getByRole('option', { name: new RegExp(first.team_name) }).click()
    const whom = list.getByRole('combobox', { name: words('优先上门的干部', 'Cadre who goes first') })
    // What lies under the bar at the top is not what a thumb would press.
    await whom.evaluate((one) => one.scrollIntoView({ block: 'center' }))
    await whom.click({ force: true })
    const teams = await lead.get('/teams?limit=500')
    const cadre = teams.items.find((team) => team.id === first.team_id).members.find((member) => !member.is_lead)
    await list.getByRole('option', { name: cadre.name }).click()
    await list.getByRole('button', { name: words('分组$', 'Assign$') }).click()
    await list.getByText(new RegExp(`${cadre.name}优先上门|${cadre.name} goes first`)).waitFor()
    const [given] = (await lead.get(`/households?campaign=${open.id}&cadre=${cadre.id}`)).items
    assert.equal(given.id, first.id)

    await page.bringToFront()
    await page.getByText(/1 户分组|1 households assigned/).waitFor({ timeout: 40_000 })
    await page.getByRole('button', { name: words('我看过了', 'I have seen this') }).click()
    await page.getByText(words('没有新的变化', 'Nothing new')).waitFor()
    await context.close()
  },

  async a_table_is_taken_as_a_file_and_a_need_is_settled_with_words({ browser, url, pages }) {
    const centre = await somebody(url, 'centre')
    const { items } = await centre.get('/campaigns')
    const open = items.find((campaign) => campaign.status === 'open')
    const { context, page } = await atTheDesk(browser, url, 'centre', pages)
    await page.goto(`${url}/desk/campaigns/${open.id}/households`)
    const coming = page.waitForEvent('download')
    await page.getByRole('button', { name: words('导出 CSV', 'Export as CSV') }).click()
    assert.match((await coming).suggestedFilename(), /\.csv$/)
    const [need] = (await centre.get(`/needs?campaign=${open.id}&state=open`)).items
    assert.ok(need, 'somebody in the demo city asks for something')
    await page.goto(`${url}/desk/campaigns/${open.id}/needs`)
    const row = page.getByRole('listitem').filter({ hasText: need.words }).filter({ hasText: need.head_name }).first()
    await row.getByRole('button', { name: words('答复或办结', 'Answer or settle') }).click()
    await row.getByRole('radio', { name: words('办结', 'Settled') }).check()
    await row.getByRole('textbox').fill('已经办好,电话回访过')
    await row.getByRole('button', { name: words('保存', 'Save') }).click()
    await row.waitFor({ state: 'detached' })
    const settled = (await centre.get(`/needs?campaign=${open.id}&state=resolved`)).items.find((one) => one.id === need.id)
    assert.equal(settled.history.at(-1).words, '已经办好,电话回访过')
    await context.close()
  },
}
