import type { RouteRecordRaw } from 'vue-router'
import { vaultWords } from '@/rooms/vault/words'

export const accountRoutes: RouteRecordRaw[] = [
  { path: '/sign-in', component: () => import('./SignInPage.vue'), meta: { public: true } },
  { path: '/me', component: () => vaultWords().then(() => import('./MePage.vue')), meta: { tab: true } },
  { path: '/install', component: () => import('./install/InstallPage.vue'), meta: { public: true } },
  { path: '/news', component: () => import('./about/NewsPage.vue'), meta: { public: true } },
  { path: '/about', component: () => import('./about/AboutPage.vue'), meta: { public: true } },
]
