import type { RouteRecordRaw } from 'vue-router'

export const fieldRoutes: RouteRecordRaw[] = [
  { path: '/outbox', component: () => import('./OutboxPage.vue'), meta: { tab: true } },
]
