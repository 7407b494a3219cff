// Pictures of Today's walk and map, and of what a household waits for.
import { answers } from './steps.mjs'

const picks = (page) => page.getByRole('checkbox')

export async function householdPages({ page, shoot }) {
  const say = answers(page)
  await page.evaluate(() => window.scrollTo(0, 0))
  await say.button('地图', 'Map').click()
  const map = page.getByRole('region', { name: /^(地图|Map with)/ })
  await map.waitFor()
  await shoot('8-map')
  await map
    .getByRole('button', { name: /王|李|Nobody|To visit/ })
    .first()
    .click()
  await shoot('8-map-card')
  await say.button('名单', 'List').click()
  await say.button('排路线', 'Plan a walk').click()
  for (const at of [0, 1, 2, 3]) await picks(page).nth(at).click()
  await shoot('8-picking')
  await say.button('排好 \\d+ 户的路线', 'Plan the walk \\(\\d+\\)').click()
  await page.getByRole('region', { name: /走访路线|My walk/ }).waitFor()
  await page.evaluate(() => window.scrollTo(0, 0))
  await shoot('8-walk', { fullPage: true })
  await say.button('地图', 'Map').click()
  await map.waitFor()
  await shoot('8-walk-map', { fullPage: true })
  await say.button('调整', 'Change').click()
  await shoot('8-walk-change', { fullPage: true })
  await say.button('清除路线', 'Clear the walk').click()
  await say.button('确定清除', 'Yes, clear it').click()
  await say.button('名单', 'List').click()
}
