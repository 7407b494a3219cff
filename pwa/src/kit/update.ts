import { ref } from 'vue'

/** A newer version lies ready; it is taken only when the person says so, and never while a visit is open. */
export const updateReady = ref(false)

let waiting: ServiceWorker | null = null
let asked = false

function noteWaiting(worker: ServiceWorker | null): void {
  if (!worker || !navigator.serviceWorker.controller) return
  waiting = worker
  updateReady.value = true
}

export async function startUpdates(): Promise<void> {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  const registration = await navigator.serviceWorker.register('/sw.js').catch(() => null)
  if (!registration) return
  noteWaiting(registration.waiting)
  registration.addEventListener('updatefound', () => {
    const worker = registration.installing
    worker?.addEventListener('statechange', () => {
      if (worker.state === 'installed') noteWaiting(worker)
    })
  })
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    // Only the tab that asked reloads; another one may hold an open visit, and its old chunks are already in memory or reload once.
    if (asked) location.reload()
  })
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') void registration.update().catch(() => undefined)
  })
}

export function takeUpdate(): void {
  asked = true
  waiting?.postMessage({ type: 'take_over' })
}

const guardKey = 'nuanfang.reloaded'

/** A chunk the server no longer has: one reload brings the new shell, a second would only loop. */
export function reloadOnce(): void {
  if (sessionStorage.getItem(guardKey)) return
  sessionStorage.setItem(guardKey, '1')
  location.reload()
}

export function chunksAreFine(): void {
  sessionStorage.removeItem(guardKey)
}
