// What a cadre does, named after the intention; every word is found in either language.
export function answers(page) {
  return {
    button: (zh, en) => page.getByRole('button', { name: new RegExp(`^(${zh}|${en})$`) }),
    text: (zh, en) => page.getByText(new RegExp(`^(${zh}|${en})`)).first(),
  }
}

/** The button of the overlay that covers the page. */
export const dialog = (page, zh, en) => page.getByRole('dialog').getByRole('button', { name: new RegExp(`^(${zh}|${en})$`) })
export const shutter = (page) => dialog(page, '拍照', 'Take photo')

export const tab = (page, name) => page.getByRole('navigation').getByRole('link', { name })

export const outbox = (page) => tab(page, /^(发送|Outbox)/).click()
export const allReceived = (page) => answers(page).text('全部收到了', 'Everything has been received').waitFor()

/** All that the server was sent, in its order. */
export const itemsAt = (fake) => [...fake.state.items.values()]
export const sendNow = (page) => answers(page).button('现在发送', 'Send now').click()

/** The app's shell is kept for days without a line. */
export async function ready(page) {
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
}

export async function openHousehold(page, name) {
  await page.getByRole('radio', { name: /^(全部|All) / }).click()
  await page.getByRole('searchbox').fill(name)
  await page.getByRole('link', { name }).first().click()
  await page.getByRole('heading', { level: 1, name }).waitFor()
}

/** A name of two strokes, drawn with the pointer on the signature pad. */
export async function drawName(page) {
  const box = await page.locator('.ink canvas').boundingBox()
  await page.waitForTimeout(300)
  for (const [from, to] of [
    [0.2, 0.5],
    [0.5, 0.8],
  ]) {
    await page.mouse.move(box.x + box.width * from, box.y + box.height * 0.35)
    await page.mouse.down()
    for (let step = 0; step <= 24; step += 1) {
      const along = from + ((to - from) * step) / 24
      await page.mouse.move(box.x + box.width * along, box.y + box.height * (0.5 + 0.2 * Math.sin(step)))
      await page.waitForTimeout(8)
    }
    await page.mouse.up()
  }
}

/** From the open household to the last button, without pressing it. */
export async function fillReached(page) {
  const say = answers(page)
  const next = page.getByRole('contentinfo').getByRole('button')
  await say.button('开始走访', 'Start the visit').click()
  await page.getByRole('radio', { name: /^(已见到|Reached)$/ }).click()
  await next.click()
  await shutter(page).click()
  await page.getByText(/已存好|photo kept/).waitFor()
  await dialog(page, '拍好了', 'Done').click()
  await page
    .getByRole('radiogroup', { name: /签收人|Received by/ })
    .getByRole('radio')
    .first()
    .click()
  await next.click()
  await drawName(page)
  await dialog(page, '签好了', 'Done').click()
}

export async function finishVisit(page) {
  const next = page.getByRole('contentinfo').getByRole('button')
  for (let press = 0; press < 2; press += 1) {
    const words = await next.innerText()
    await next.click()
    if (/完成走访|Finish the visit/.test(words)) break
  }
  await page.getByRole('searchbox').waitFor()
}

/** Leaves what will be asked about as it is. */
export async function finishAsItIs(page) {
  await answers(page).button('不补了,直接完成', 'Finish as it is').click()
  await page.getByRole('searchbox').waitFor()
}
