// Steps that the stories of visits share.
import { dialog, shutter } from './steps.mjs'

export const visitsAt = (fake) => [...fake.state.items.values()].filter((item) => item.kind === 'visit')
export const next = (page) => page.getByRole('contentinfo').getByRole('button')
export const nextWords = (page) => next(page).innerText()
export const reached = (page) => page.getByRole('radio', { name: /^(已见到|Reached|已慰问|Visited)$/ }).click()
export const onceSaved = (page) =>
  page
    .getByRole('banner')
    .getByText(/已存在本机|On this phone/)
    .waitFor()

/** By the big button, which leads to the camera now. */
export async function photograph(page, count = 1) {
  await next(page).click()
  for (let n = 1; n <= count; n += 1) {
    await shutter(page).click()
    await page.getByText(new RegExp(`已存好 ${n} 张|${n} photos? kept`)).waitFor()
  }
  await dialog(page, '拍好了', 'Done').click()
}

/** A name unlike the others': people do not write alike. */
export async function drawAs(page, at) {
  const box = await page.locator('.ink canvas').boundingBox()
  await page.waitForFunction(() => document.querySelector('.ink canvas')?.width > 0)
  for (const from of [0.2, 0.55]) {
    await page.mouse.move(box.x + box.width * from, box.y + box.height * 0.4)
    await page.mouse.down()
    for (let step = 0; step <= 16; step += 1)
      await page.mouse.move(
        box.x + box.width * (from + 0.015 * step),
        box.y + box.height * (0.5 + (0.1 + 0.04 * at) * Math.sin(step * (1 + at / 3))),
      )
    await page.mouse.up()
  }
}
