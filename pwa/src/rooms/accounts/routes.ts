import type { RouteRecordRaw } from 'vue-router'

export const accountRoutes: RouteRecordRaw[] = [
  { path: '/sign-in', component: () => import('./SignInPage.vue'), meta: { public: true } },
  { path: '/me', component: () => import('./MePage.vue'), meta: { tab: true } },
]
