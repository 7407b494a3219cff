import type { Router } from 'vue-router'
import { isAtDesk } from '@/kit/face'
import { isUnlocked, lock } from '@/local/opened'

export const hiddenAtMostMs = 15 * 60_000

/** Everything typed is already on the disk; after the PIN the person is where they were. */
export async function lockNow(router: Router): Promise<void> {
  const at = router.currentRoute.value
  if (isAtDesk(at.path) || at.meta.public || at.meta.shut) lock()
  else await router.replace({ path: '/lock', query: at.path === '/' ? {} : { next: at.fullPath } })
}

/** Hidden for a quarter of an hour the app locks itself. A phone's clock may be set back, so either clock will do. */
export function startAutoLock(router: Router): void {
  let since: { wall: number; page: number } | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  const isOver = () => {
    if (!since) return false
    const wall = Date.now() - since.wall
    return wall < 0 || Math.max(wall, performance.now() - since.page) >= hiddenAtMostMs
  }
  document.addEventListener('visibilitychange', () => {
    clearTimeout(timer)
    if (document.visibilityState === 'hidden') {
      since = { wall: Date.now(), page: performance.now() }
      timer = setTimeout(() => isUnlocked() && void lockNow(router), hiddenAtMostMs)
      return
    }
    if (isOver() && isUnlocked()) void lockNow(router)
    since = null
  })
}
