import { type RouteRecordRaw, createRouter, createWebHistory } from 'vue-router'
import { firstPage, hasDesk, homeOf, isAtDesk } from '@/kit/face'
import { chunksAreFine, reloadOnce } from '@/kit/update'
import { isUnlocked } from '@/local/opened'
import { accountRoutes } from '@/rooms/accounts/routes'
import { fieldRoutes } from '@/rooms/field/routes'
import { ledgerRoutes } from '@/rooms/ledger/routes'
import { visitRoutes } from '@/rooms/visits/routes'
import { householdRoutes } from '@/rooms/households/routes'
import { checkRoutes } from '@/rooms/spotchecks/routes'
import { useSession } from '@/rooms/accounts/useSession'
import { vaultRoutes } from '@/rooms/vault/routes'

declare module 'vue-router' {
  interface RouteMeta {
    /** Opens without anybody signed in. */
    public?: boolean
    /** Opens while what is on the phone is locked. */
    shut?: boolean
    /** Shows the tab bar. */
    tab?: boolean
    /** A visit or a slip is open: no reload, no update line. */
    busy?: boolean
  }
}

/** The desk is a chunk of its own: src/desk/routes.ts exports `deskRoutes`, loaded at the first step under /desk and never on a phone. */
const desk = import.meta.glob<{ deskRoutes: RouteRecordRaw[] }>('./desk/routes.ts')

export const router = createRouter({
  history: createWebHistory(),
  routes: [...householdRoutes, ...visitRoutes, ...fieldRoutes, ...ledgerRoutes, ...checkRoutes, ...accountRoutes, ...vaultRoutes],
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
})

let deskLoaded = false
async function loadDesk(): Promise<boolean> {
  const load = desk['./desk/routes.ts']
  if (deskLoaded || !load) return false
  const { deskRoutes } = await load()
  for (const route of deskRoutes) router.addRoute(route)
  deskLoaded = true
  return true
}

router.beforeEach(async (to) => {
  const { user } = useSession()
  if (!user && !to.meta.public) return { path: '/sign-in', query: to.path === '/' ? {} : { next: to.fullPath } }
  if (user && to.path === '/' && homeOf(user) === '/desk') return '/desk'
  if (user && isAtDesk(to.path)) {
    if (!hasDesk(user)) return '/'
    if (await loadDesk()) return to.fullPath
  } else if (user && !to.meta.public && !to.meta.shut && !isUnlocked()) {
    return { path: '/lock', query: to.path === '/' ? {} : { next: to.fullPath } }
  }
  if (user && to.path === '/' && firstPage(user) !== '/') return firstPage(user)
  return to.matched.length > 0 ? true : '/'
})
router.afterEach(() => chunksAreFine())
router.onError((cause: unknown) => {
  const words = cause instanceof Error ? cause.message : ''
  if (/dynamically imported module|Importing a module script failed|preload/i.test(words)) reloadOnce()
})
