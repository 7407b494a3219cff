// How much of a cadre's time and thumb a visit takes.
import assert from 'node:assert/strict'
import { signIn } from './browser.mjs'
import { allReceived, dialog, drawName, outbox, shutter } from './steps.mjs'
import { next, nextWords, photograph, reached, visitsAt } from './visits-steps.mjs'

export const speedStories = {
  async a_whole_visit_with_two_photos_and_a_signature_takes_twelve_taps_at_most({ page, fake }) {
    // Everything pressed counts, but for the ink itself and what the cadre does before and after.
    await page.addInitScript(() => {
      window.taps = 0
      const count = (event) => {
        if (event.isTrusted && !event.target.closest?.('canvas')) window.taps += 1
      }
      document.addEventListener('click', count, true)
      document.addEventListener('keydown', count, true)
    })
    await signIn(page, fake.url)
    const first = page
      .getByRole('list', { name: /家庭名单|Households/ })
      .getByRole('link')
      .first()
    await first.waitFor()
    await page.evaluate(() => {
      window.taps = 0
    })
    const from = Date.now()
    await first.click()
    await next(page).click()
    await reached(page)
    await photograph(page, 2)
    assert.match(await nextWords(page), /请对方签名|Ask for the signature/)
    await next(page).click()
    await drawName(page)
    await dialog(page, '签好了', 'Done').click()
    await shutter(page).waitFor({ state: 'detached' })
    while (!/完成走访|Finish the visit/.test(await nextWords(page))) await next(page).click()
    await next(page).click()
    await page.getByRole('searchbox').waitFor()
    const seconds = (Date.now() - from) / 1000
    const taps = await page.evaluate(() => window.taps)
    console.log(`        ${taps} taps, ${seconds.toFixed(1)} s by script`)
    assert.ok(taps <= 12, `${taps} taps`)
    assert.ok(seconds < 60, `${seconds} seconds`)
    await outbox(page)
    await allReceived(page)
    const [{ body }] = visitsAt(fake)
    assert.deepEqual([body.outcome, body.evidence.length, body.aid.length, body.recipient.relation], ['reached', 3, 3, 'self'])
  },
}
