import { nextTick } from 'vue'
import type { Router } from 'vue-router'

/**
 * After a step to another page its heading has the focus, so that a screen reader says where one is and the keyboard
 * goes on from there. The title of the window stays as it is: a name in it would lie in the browser's history.
 */
export function startHeadings(router: Router): void {
  router.afterEach(async (to, from) => {
    if (to.path === from.path || from.matched.length === 0) return
    await nextTick()
    const heading = document.querySelector<HTMLElement>('h1')
    const isTaken = document.activeElement !== null && document.activeElement !== document.body
    if (!heading || (isTaken && document.activeElement?.closest('nav') === null)) return
    heading.tabIndex = -1
    heading.focus({ preventScroll: true })
  })
}
