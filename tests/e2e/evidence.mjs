// A supervisor looks at pictures, against the real server: closely, and beside the one that looks like it.
import assert from 'node:assert/strict'
import { givePassword } from '../../pwa/tests/e2e/browser.mjs'
import { somebody } from './server.mjs'

export const evidenceStories = {
  async a_supervisor_sees_a_picture_beside_the_visit_it_was_used_in_before({ browser, url, pages }) {
    const supervisor = await somebody(url, 'supervisor')
    const [campaign] = (await supervisor.get('/campaigns')).items
    const [finding] = (await supervisor.get(`/findings?campaign=${campaign.id}&code=E03&status=open`)).items
    const sha256 = finding.subject.replace('evidence:', '')
    const { items } = await supervisor.get(`/evidence/${sha256}/alike`)
    const other = items.find((one) => one.visit_id !== finding.visit.id)
    assert.deepEqual([other.bits, other.sha256], [0, sha256])

    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN' })
    const page = await context.newPage()
    pages.push(page)
    await page.goto(url)
    await givePassword(page, 'supervisor')
    await page.waitForURL(/\/desk/)
    await page.goto(`${url}/desk/visits/${finding.visit.id}`)
    const marked = page.getByRole('listitem').filter({ hasText: '有疑点' })
    const opener = marked.getByRole('button', { name: /^放大/ }).first()
    await opener.click()
    const viewer = page.getByRole('dialog')
    await viewer.getByText('同一张照片').first().waitFor()
    assert.equal(await viewer.getByRole('link').first().getAttribute('href'), `/desk/visits/${other.visit_id}`)
    await page.keyboard.press('c')
    const large = viewer.locator('.stages img')
    await large.nth(1).waitFor()
    const scales = () => large.evaluateAll((all) => all.map((one) => /scale\(([\d.]+)\)/.exec(one.style.transform)[1]))
    await page.keyboard.press('+')
    assert.deepEqual(await scales(), ['1.5', '1.5'], 'both are looked at alike')
    await page.keyboard.press('0')
    assert.deepEqual(await scales(), ['1', '1'])
    await page.keyboard.press('o')
    await viewer.getByText(/审计日志/).waitFor()
    await large.first().waitFor()
    await page.keyboard.press('Escape')
    await viewer.waitFor({ state: 'hidden' })
    assert.ok(await opener.evaluate((button) => button === document.activeElement), 'the focus returns')
    await context.close()
  },
}
