// Today as a list and as a map, the walk one plans, and what a household's page says.
import assert from 'node:assert/strict'
import { signIn, unlock } from './browser.mjs'
import { answers, openHousehold, ready, shutter } from './steps.mjs'

const map = (page) => page.getByRole('region', { name: /^(地图|Map with)/ })
const walkCard = (page) => page.getByRole('region', { name: /^(走访路线|My walk)$/ })
const rows = (page) => page.getByRole('list', { name: /家庭名单|Households/ }).getByRole('listitem')
const kindChip = (page, words) => page.getByRole('group', { name: /只看其中一种|Show only/ }).getByRole('button', { name: words })
const toMap = (page) => answers(page).button('地图', 'Map').click()

async function pick(page, names) {
  await answers(page).button('排路线', 'Plan a walk').click()
  for (const name of names)
    await page
      .getByRole('checkbox', { name: new RegExp(name) })
      .first()
      .click()
  await answers(page).button('排好 \\d+ 户的路线', 'Plan the walk \\(\\d+\\)').click()
  await walkCard(page).waitFor()
}

export const listStories = {
  async the_map_opens_without_a_line_and_a_tapped_home_opens_its_household({ page, context, fake }) {
    await signIn(page, fake.url)
    await ready(page)
    await context.setOffline(true)
    fake.state.faults.dead = true
    await page.reload()
    await unlock(page)
    await toMap(page)
    await map(page)
      .getByText(/没有底图|No base map/)
      .or(page.getByText(/没有底图|No base map/))
      .first()
      .waitFor()
    const homes = map(page).getByRole('button', { name: /待走访|上门未遇|To visit|Nobody met/ })
    await homes.first().waitFor()
    await map(page)
      .getByRole('button', { name: /^(放大|Zoom in)$/ })
      .click()
    await map(page)
      .getByRole('button', { name: /^(看全部|Show all)$/ })
      .click()
    const name = (await homes.first().getAttribute('aria-label')).split(',')[0]
    await homes.first().click()
    await page
      .getByRole('region', { name: /^1 户|^1 household/ })
      .getByRole('link', { name })
      .click()
    await page.getByRole('heading', { level: 1, name }).waitFor()
    await page.goBack()
    await map(page).waitFor()
  },

  async a_walk_is_planned_from_what_was_picked_and_survives_a_reload({ page, fake }) {
    await signIn(page, fake.url)
    await pick(page, ['刘海燕|王秀英', '李淑珍', '王国栋'])
    assert.deepEqual(
      await walkCard(page)
        .getByText(/已走 0|0 of 3/)
        .count(),
      1,
    )
    const before = await rows(page).first().innerText()
    await page.reload()
    await unlock(page)
    await walkCard(page).waitFor()
    assert.equal(await rows(page).first().innerText(), before)
    await answers(page).button('调整', 'Change').click()
    const stops = walkCard(page)
      .locator('xpath=..')
      .getByRole('list', { name: /走访路线|My walk/ })
      .getByRole('listitem')
    // Its code comes when it is asked for.
    await stops.first().waitFor()
    const [first] = await stops.allInnerTexts()
    await stops
      .first()
      .getByRole('button', { name: /往后|later/ })
      .click()
    await page.waitForFunction((was) => {
      const [now, ...others] = [...document.querySelectorAll('ol li')].map((stop) => stop.innerText)
      return now !== undefined && !now.startsWith(was) && others.some((other) => other.includes(was.split('\n')[1]))
    }, first)
    assert.equal((await stops.allInnerTexts())[1].split('\n')[1], first.split('\n')[1])
    await answers(page).button('清除路线', 'Clear the walk').click()
    await answers(page).button('确定清除', 'Yes, clear it').click()
    await walkCard(page).waitFor({ state: 'detached' })
  },

  async a_chip_shows_one_standing_and_a_second_tap_shows_all_again({ page, fake }) {
    await signIn(page, fake.url)
    await page.getByRole('radio', { name: /^(全部|All) 40/ }).click()
    await kindChip(page, /有疑点|In question/).click()
    const shown = Number((await kindChip(page, /有疑点|In question/).innerText()).match(/\d+/)[0])
    assert.equal(await rows(page).count(), shown)
    assert.equal(
      await rows(page)
        .getByText(/有疑点|In question/)
        .count(),
      shown,
    )
    await kindChip(page, /有疑点|In question/).click()
    await page.waitForFunction((few) => document.querySelectorAll('[role=listitem]').length > few, shown)
    await page.getByRole('radio', { name: /^(待走访|To do)/ }).click()
    assert.equal(await kindChip(page, /有疑点|In question/).count(), 0)
  },

  async open_needs_are_shown_and_go_when_a_delta_no_longer_names_them({ page, fake }) {
    await signIn(page, fake.url)
    await openHousehold(page, '王秀英')
    const needs = page.getByRole('region', { name: /诉求|Open needs/ }).getByRole('listitem')
    await needs.first().getByText('透析').waitFor()
    await needs
      .first()
      .getByText(/马上|At once/)
      .waitFor()
    assert.equal(await needs.count(), 2)
    const [first] = fake.pack.households
    fake.state.delta = { households: [first], needs: fake.pack.needs.slice(0, 1) }
    await page.reload()
    await unlock(page)
    await page.waitForFunction(() => !document.body.innerText.includes('透析'))
    await needs.first().getByText(/学费/).waitFor()
    assert.equal(await needs.count(), 1)
  },

  async map_apps_are_given_the_place_in_their_own_datum_and_nobodys_name({ page, fake }) {
    await signIn(page, fake.url)
    await openHousehold(page, '王秀英')
    await answers(page).button('导航', 'Navigate').click()
    const sheet = page.getByRole('dialog', { name: /用哪个地图|Navigate with/ })
    const links = await sheet.getByRole('link').evaluateAll((all) => all.map((one) => one.href))
    assert.deepEqual(
      links.map((href) => new URL(href).host || new URL(href).protocol),
      ['uri.amap.com', 'api.map.baidu.com', 'apis.map.qq.com', 'maps.apple.com', 'geo:'],
    )
    for (const href of links) assert.ok(!decodeURIComponent(href).includes('王秀英'))
    const { home } = fake.pack.households[0]
    assert.ok(links[4].startsWith(`geo:${home.latitude.toFixed(6)},${home.longitude.toFixed(6)}`))
    assert.ok(!links[0].includes(home.longitude.toFixed(4)))
    await page.keyboard.press('Escape')
    await sheet.waitFor({ state: 'detached' })
  },

  async what_the_file_lacks_is_photographed_from_the_households_page({ page, fake }) {
    const household = fake.pack.households.find((one) => one.missing_materials.length > 0)
    await signIn(page, fake.url)
    await openHousehold(page, household.head_name)
    await page
      .getByRole('button', { name: /^(拍照:|Photograph:)/ })
      .first()
      .click()
    await shutter(page).waitFor()
    await page.waitForURL(/\/visits\/[^?]+$/)
  },

  async a_base_map_that_does_not_load_leaves_a_sketch_and_says_so({ page, fake }) {
    fake.pack.base_map = {
      kind: 'raster',
      url: 'https://tiles.invalid/{z}/{x}/{y}.png',
      datum: 'gcj02',
      attribution: '© 天地图',
      max_zoom: 18,
    }
    await signIn(page, fake.url)
    await toMap(page)
    await page.getByText(/底图没有加载|did not load/).waitFor()
    await map(page)
      .getByRole('button', { name: /待走访|To visit/ })
      .first()
      .waitFor()
  },

  async thousands_of_homes_are_gathered_on_the_map_and_come_apart({ page, fake }) {
    await signIn(page, fake.url)
    await toMap(page)
    const bunches = map(page).getByRole('button', { name: /这里有|here, tap/ })
    await bunches.first().waitFor()
    assert.ok((await map(page).getByRole('button').count()) < 200)
    const before = await bunches.first().getAttribute('aria-label')
    await bunches.first().click({ force: true })
    await page.waitForFunction((was) => document.querySelector('.mark')?.getAttribute('aria-label') !== was, before)
  },
}
