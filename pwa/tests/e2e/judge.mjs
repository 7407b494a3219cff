// What a page on a phone must be: sound to a screen reader, wide enough for a thumb, and never wider than the phone.
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
/** A thumb in the cold: 48 px, and no less for a rounding. */
const touch = 47.5

/** What axe finds, each as rule, place and what to do. */
export async function axeFindings(page) {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(`${axe};0`)
  // Targets are measured below, at twice the size the rule asks for; a bar over the list is no small target.
  const rules = { 'target-size': { enabled: false } }
  const options = { runOnly: { type: 'tag', values: tags }, rules, resultTypes: ['violations'] }
  const { violations } = await page.evaluate((how) => window.axe.run(how), options)
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(
      ({ target, failureSummary }) =>
        `${id}: ${target.join(' ')}\n      ${help}\n      ${failureSummary.replaceAll('\n', '\n      ')}`,
    ),
  )
}

/** Whatever is pressed and is lower or narrower than a thumb. */
export function smallTargets(page) {
  return page.evaluate((least) => {
    const pressed =
      'a[href], button, input, select, textarea, summary, [role=button], [role=radio], [role=switch], [role=tab], [role=checkbox]'
    // What is small on purpose: the pen's ground is one large area, and words inside a sentence keep its lines together.
    const exempt = '.maplibregl-ctrl-attrib a, p a, [aria-hidden=true] *'
    const isSeen = (node) => node.checkVisibility({ opacityProperty: true, visibilityProperty: true })
    const boxOf = (node) => {
      // A field is pressed wherever its label is.
      const label = node.matches('input') ? node.closest('label') : null
      return (label ?? node).getBoundingClientRect()
    }
    return [...document.querySelectorAll(pressed)]
      .filter((node) => isSeen(node) && !node.closest('[inert]') && !node.matches(exempt))
      .map((node) => ({ node, box: boxOf(node) }))
      .filter(({ box }) => box.width > 1 && (box.height < least || box.width < least))
      .map(({ node, box }) => {
        const name = (node.getAttribute('aria-label') ?? node.textContent ?? '').trim().slice(0, 24)
        const where = `${node.tagName.toLowerCase()}.${[...node.classList].join('.')}`
        return `target: ${where} "${name}" is ${Math.round(box.width)} × ${Math.round(box.height)}, less than 48`
      })
  }, touch)
}

/** How far the page is wider than the phone, and what reaches out of it. */
export function tooWide(page) {
  return page.evaluate(() => {
    const root = document.documentElement
    const over = root.scrollWidth - root.clientWidth
    if (over <= 0) return []
    const isKept = (node) => {
      for (let up = node.parentElement; up && up !== document.body; up = up.parentElement)
        if (getComputedStyle(up).overflowX !== 'visible') return true
      return false
    }
    const out = [...document.querySelectorAll('body *')].filter(
      (node) => node.getBoundingClientRect().right > root.clientWidth + 0.5 && !isKept(node),
    )
    const names = out.slice(-3).map((node) => `${node.tagName.toLowerCase()}.${[...node.classList].join('.')}`)
    return [`width: ${over} px wider than the phone: ${names.join(', ')}`]
  })
}
