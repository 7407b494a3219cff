// The viewfinder: its light, a second look, and letting go.
import assert from 'node:assert/strict'
import { signIn } from './browser.mjs'
import { answers, dialog, openHousehold, shutter } from './steps.mjs'
import { reached } from './visits-steps.mjs'

const torch = (page) => page.getByRole('button', { name: /^(补光灯|Light)$/ })

async function toTheCamera(page, fake) {
  await signIn(page, fake.url)
  await openHousehold(page, '王秀英')
  await answers(page).button('开始走访', 'Start the visit').click()
  await reached(page)
  await page
    .getByRole('button', { name: /^(拍照|Take a photo)$/ })
    .first()
    .click()
  await shutter(page).waitFor()
  await page.locator('video.ready').waitFor()
}

export const cameraStories = {
  async a_camera_without_a_lamp_shows_no_button_for_one({ page, fake }) {
    await toTheCamera(page, fake)
    assert.equal(await torch(page).count(), 0)
  },

  async the_lamp_is_lit_and_put_out_and_goes_out_with_the_camera({ page, fake }) {
    await page.addInitScript(() => {
      window.lamp = []
      const { getCapabilities, applyConstraints } = MediaStreamTrack.prototype
      MediaStreamTrack.prototype.getCapabilities = function capabilities() {
        return { ...getCapabilities.call(this), torch: true }
      }
      MediaStreamTrack.prototype.applyConstraints = function apply(constraints) {
        const torchSaid = constraints?.advanced?.[0]?.torch
        if (torchSaid === undefined) return applyConstraints.call(this, constraints)
        window.lamp.push(torchSaid)
        return Promise.resolve()
      }
      const { stop } = MediaStreamTrack.prototype
      MediaStreamTrack.prototype.stop = function ended() {
        window.lamp.push('stopped')
        return stop.call(this)
      }
    })
    await toTheCamera(page, fake)
    await torch(page).click()
    assert.equal(await torch(page).getAttribute('aria-pressed'), 'true')
    await torch(page).click()
    assert.equal(await torch(page).getAttribute('aria-pressed'), 'false')
    await dialog(page, '拍好了', 'Done').click()
    await shutter(page).waitFor({ state: 'detached' })
    assert.deepEqual(await page.evaluate(() => window.lamp), [true, false, 'stopped'])
  },

  async the_picture_just_taken_is_looked_at_and_taken_again({ page, fake }) {
    await toTheCamera(page, fake)
    await shutter(page).click()
    const look = page.getByRole('button', { name: /看刚拍的照片|See the photo/ })
    await look.click()
    await dialog(page, '重拍', 'Take again').click()
    await page.getByText(/已存好 1 张|1 photo kept/).waitFor({ state: 'detached' })
    await shutter(page).click()
    await look.click()
    await dialog(page, '留下', 'Keep').click()
    await page.getByText(/已存好 1 张|1 photo kept/).waitFor()
    await dialog(page, '拍好了', 'Done').click()
    assert.equal(await page.locator('figure img').count(), 1)
  },

  async out_of_sight_the_camera_is_let_go_and_comes_back_with_the_page({ page, fake }) {
    await toTheCamera(page, fake)
    const show = (state) =>
      page.evaluate((visibility) => {
        Object.defineProperty(document, 'visibilityState', { value: visibility, configurable: true })
        document.dispatchEvent(new Event('visibilitychange'))
      }, state)
    const live = () =>
      page.evaluate(() =>
        document
          .querySelector('video')
          .srcObject.getTracks()
          .some((one) => one.readyState === 'live'),
      )
    assert.equal(await live(), true)
    await show('hidden')
    assert.equal(await live(), false)
    await show('visible')
    await page.locator('video.ready').waitFor()
    assert.equal(await live(), true)
  },
}
