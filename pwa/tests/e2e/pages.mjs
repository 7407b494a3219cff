// The way through every page that the pictures are taken on.
export async function pages({ page, fake, shoot, signIn }) {
  await page.goto(fake.url)
  await page.getByRole('button', { name: /^(登录|Sign in)$/ }).waitFor()
  await shoot('1-sign-in')
  await page.getByRole('button', { name: /^(登录|Sign in)$/ }).click()
  await shoot('1-sign-in-empty')
  await signIn()
  await shoot('2-today')
  await page.getByRole('searchbox').fill('zzz')
  await page.getByText(/没有找到|Nothing found/).waitFor()
  await shoot('2-today-not-found')
  await page.getByRole('searchbox').fill('')
  await page.getByRole('radio', { name: /^(全部|All) / }).click()
  await page.evaluate(() => window.scrollTo(0, 300))
  await shoot('2-today-all')
}
