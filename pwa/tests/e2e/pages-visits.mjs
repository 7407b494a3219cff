// The pages of visits that are not made at the door of a household on the list.
import { answers, dialog, openHousehold, shutter, tab } from './steps.mjs'
import { addPeople } from './visits-group.mjs'
import { drawAs, next, reached } from './visits-steps.mjs'

const today = (page) => tab(page, /今日|Today/).click()

/** Begins and ends on Today. */
export async function visitPages({ page, shoot }) {
  const say = answers(page)
  await groupPages({ page, say, shoot })
  await foundPages({ page, say, shoot })
  await atTheDoor({ page, say, shoot })
  await amendPages({ page, say, shoot })
}

async function groupPages({ page, say, shoot }) {
  await say.button('集体慰问', 'Group visit').click()
  await shoot('8-group-begun', { fullPage: true })
  await page.getByLabel(/单位或集体的名称|Name of the workplace/).fill('环卫三所')
  await addPeople(page, ['赵玉兰', '阿依古丽·买买提艾力·吐尔逊江', '孙桂英'])
  await page.getByLabel(/^(身份证号|Identity number)/).fill('110105194912310021')
  await shoot('8-group-wrong-number')
  await page.getByLabel(/^(身份证号|Identity number)/).fill('11010519491231002X')
  const each = page.getByRole('spinbutton', { name: /每人金额|Amount each/ })
  await each.fill('200')
  await each.blur()
  await say.button('每人一样', 'Same for all').click()
  await next(page).click()
  await drawAs(page, 0)
  await shoot('8-group-signature')
  await dialog(page, '签好了', 'Done').click()
  await page.getByRole('img', { name: /的签名$|^Signature of/ }).waitFor()
  await shoot('8-group-roster', { fullPage: true })
  await page.getByRole('button', { name: /放弃这次走访|Give up this visit/ }).click()
  await page.getByRole('button', { name: /确定放弃|Give it up/ }).click()
  await page.getByRole('searchbox').waitFor()
}

async function foundPages({ page, say, shoot }) {
  await say.button('名单外一户', 'Not on the list').click()
  await page.getByLabel(/^(姓名|Name)$/).fill('何秀芝')
  await reached(page)
  await shoot('8-found', { fullPage: true })
  await page.goBack()
  await page.getByRole('searchbox').waitFor()
  await shoot('8-today-with-drafts')
  await page.getByRole('link', { name: /何秀芝/ }).click()
  await page.getByRole('button', { name: /放弃这次走访|Give up this visit/ }).click()
  await page.getByRole('button', { name: /确定放弃|Give it up/ }).click()
  await page.getByRole('searchbox').waitFor()
}

async function atTheDoor({ page, say, shoot }) {
  await openHousehold(page, '李淑珍')
  await say.button('开始走访', 'Start the visit').click()
  await reached(page)
  await next(page).click()
  await shutter(page).click()
  await page.getByRole('button', { name: /看刚拍的照片|See the photo/ }).click()
  await dialog(page, '重拍', 'Take again').waitFor()
  await page.waitForFunction(() => document.querySelector('.look img')?.complete)
  await shoot('8-picture-look')
  await dialog(page, '留下', 'Keep').click()
  await page
    .getByRole('dialog')
    .getByRole('radio', { name: /^(材料|Papers)$/ })
    .click()
  await shoot('8-camera-papers')
  await dialog(page, '拍好了', 'Done').click()
  await say.button('记一条诉求', 'Note a need').click()
  await page.getByLabel(/他们怎么说|In their words/).fill('孙子下学期的学费还差一千')
  await page.locator('summary', { hasText: /六知一定|Six things known/ }).click()
  await say.button('和档案一样', 'As on file').first().click()
  await shoot('8-needs-and-knows', { fullPage: true })
  await page.getByLabel(/走访方式|Kind of visit/).selectOption('phone')
  await shoot('8-phone', { fullPage: true })
  await say.button('不补了,直接完成', 'Finish as it is').click()
  await page.getByRole('searchbox').waitFor()
}

async function amendPages({ page, say, shoot }) {
  await openHousehold(page, '李淑珍')
  await shoot('8-history', { fullPage: true })
  await say.button('更正这次走访', 'Correct this visit').first().click()
  await say.button('不补了,直接完成', 'Finish as it is').click()
  await shoot('8-amend', { fullPage: true })
  await page.getByRole('button', { name: /放弃这次走访|Give up this visit/ }).click()
  await page.getByRole('button', { name: /确定放弃|Give it up/ }).click()
  await page.getByRole('searchbox').waitFor()
  await today(page)
}
