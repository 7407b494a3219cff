/// <reference lib="webworker" />
import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching'
import { NavigationRoute, registerRoute } from 'workbox-routing'
import { sendWoken } from '@/local/woken'
import { handOver, receive, sharedPath } from '@/rooms/field/shared/worker'

declare const self: ServiceWorkerGlobalScope & { __WB_MANIFEST: { url: string; revision: string | null }[] }

// The shell and nothing else: Workbox answers GET alone, and no route here sees an upload, whose body some browsers would lose.
precacheAndRoute(self.__WB_MANIFEST)
cleanupOutdatedCaches()
registerRoute(
  new NavigationRoute(createHandlerBoundToURL('/index.html'), {
    denylist: [/^\/api\//, /^\/docs/, /^\/(healthz|readyz|metrics)/],
  }),
)

// The one exception: what somebody shares with the app comes as a form that opens it, and no server is to see it.
self.addEventListener('fetch', (event) => {
  const { method, url } = event.request
  if (method === 'POST' && new URL(url).pathname === sharedPath) event.respondWith(receive(event.request))
})

// A new version waits until the app says that no visit is open.
self.addEventListener('message', (event) => {
  const { type, id } = (event.data ?? {}) as { type?: string; id?: string }
  if (type === 'take_over') void self.skipWaiting()
  if (type === 'shared' && id && event.ports[0]) handOver(id, event.ports[0])
})
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))

// Woken for a line that came back: a page that is open sends by itself, and one lock lets only one of them.
self.addEventListener('sync', (event) => {
  const { tag, waitUntil } = event as ExtendableEvent & { tag: string }
  waitUntil.call(event, sendWoken(tag))
})
