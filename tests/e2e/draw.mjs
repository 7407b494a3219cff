// The spot check, by a supervisor with a telephone in one hand: asked blind, held side by side, judged, proven.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { somebody } from './server.mjs'

const PHONE = { width: 412, height: 915 }

async function supervisorAt(browser, url, pages, viewport) {
  const context = await browser.newContext({
    viewport,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
  })
  const page = await context.newPage()
  pages.push(page)
  // Asked for by its address: on a small screen a supervisor comes to the phone's face otherwise.
  await page.goto(`${url}/desk`)
  await page.getByLabel(/用户名|User name/).fill('supervisor')
  await page.getByLabel(/密码|Password/).fill('nuanfang-demo')
  await page.getByRole('button', { name: /^(登录|Sign in)$/ }).click()
  await page.waitForURL((at) => at.pathname.startsWith('/desk'))
  return { context, page }
}

/** The checks of the first draw that wait to be made. */
async function waiting(supervisor, campaign) {
  const { items } = await supervisor.get(`/samples?campaign=${campaign}`)
  const sample = items.find((one) => one.kind === 'assisted')
  const checks = await supervisor.get(`/samples/${sample.id}/checks?state=waiting`)
  return { sample, checks: checks.items }
}

export const drawStories = {
  async a_household_is_asked_blind_held_against_the_record_and_judged_on_a_phone({ browser, url, pages }) {
    const supervisor = await somebody(url, 'supervisor')
    const campaign = (await supervisor.get('/campaigns')).items[0]
    const { checks } = await waiting(supervisor, campaign.id)
    assert.ok(checks.length > 0, 'the demo city leaves checks to be made')
    const [check] = checks
    const visits = await supervisor.get(`/visits?campaign=${campaign.id}&household=${check.household.id}`)
    const { context, page } = await supervisorAt(browser, url, pages, PHONE)
    await page.goto(`${url}/desk/checks/${check.id}`)
    await page.getByRole('heading', { name: check.household.head_name }).waitFor()
    for (const { cadre } of visits.items) assert.equal(await page.getByText(cadre.name).count(), 0, 'the record is not shown yet')
    const width = await page.evaluate(() => document.documentElement.scrollWidth)
    assert.ok(width <= PHONE.width, `the form is ${width} px wide`)
    await page.getByRole('radio', { name: /^(来过|Yes)$/ }).check()
    await page.getByLabel(/收到现金|Cash received/).fill('1')
    await page.getByRole('button', { name: /保存回答|Keep the answers/ }).click()
    await page.getByRole('heading', { name: /^(对照|Side by side)$/ }).waitFor()
    await page
      .getByText(/^(不一致|Differs)$/)
      .first()
      .waitFor()
    await page.getByRole('radio', { name: /款物不符|Amount or goods differ/ }).check()
    await page.getByRole('button', { name: /提交判定|Give the verdict/ }).click()
    await page
      .getByText(/请填写|Please fill in/)
      .first()
      .waitFor()
    await page.getByLabel(/处理措施|Measures taken/).fill('已约谈经办人,责成补送')
    await page.getByRole('button', { name: /提交判定|Give the verdict/ }).click()
    await page.getByRole('button', { name: /重新判定|Give another verdict/ }).waitFor()
    const kept = await supervisor.get(`/checks/${check.id}`)
    assert.deepEqual([kept.verdicts.length, kept.verdicts[0].verdict, kept.answers.cash_fen], [1, 'misdelivered', 100])
    await context.close()
  },

  async a_draw_is_verified_in_the_browser_exported_and_its_seed_published_at_the_end({ browser, url, pages }) {
    const supervisor = await somebody(url, 'supervisor')
    const campaign = (await supervisor.get('/campaigns')).items[0]
    const { sample } = await waiting(supervisor, campaign.id)
    const { context, page } = await supervisorAt(browser, url, pages, {
      width: 1440,
      height: 900,
    })
    await page.goto(`${url}/desk/campaigns/${campaign.id}/samples`)
    await page
      .getByRole('button', {
        name: /从已慰问的家庭中抽取|Draw from those helped/,
      })
      .click()
    await page.getByRole('button', { name: /冻结名单并抽取|Freeze the list and draw/ }).click()
    // Everybody who was helped stands in the first frame, or a few were helped since: both are answered in words.
    await page
      .getByText(/没有可抽取的家庭|There is nobody to draw from|核查清单|Checks/)
      .first()
      .waitFor()
    await page.goto(`${url}/desk/samples/${sample.id}`)
    await page.getByRole('button', { name: /在此核对|Verify here/ }).click()
    await page.getByText(/核对一致|The same/).waitFor()
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: /导出证明|Export the proof/ }).click(),
    ])
    const proof = JSON.parse(await readFile(await file.path(), 'utf8'))
    assert.deepEqual([proof.frame.length, proof.drawn.length, proof.campaign_seed], [sample.households, sample.seats, null])
    await page.goto(`${url}/desk/campaigns/${campaign.id}/samples`)
    await page.getByRole('button', { name: /^(公布种子|Publish the seed)$/ }).click()
    await page.getByRole('button', { name: /现在公布|Publish now/ }).click()
    await page
      .getByText(/种子已公布|Seed published/)
      .first()
      .waitFor()
    const told = await fetch(`${url}/api/v1/public/campaigns/${campaign.id}/draws`).then((answer) => answer.json())
    assert.ok(told.campaign_seed && told.draws.length >= 2, 'everybody can read the seed and the draws')
    await context.close()
  },
}
