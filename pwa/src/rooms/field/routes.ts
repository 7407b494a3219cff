import type { RouteRecordRaw } from 'vue-router'

export const fieldRoutes: RouteRecordRaw[] = [
  { path: '/outbox', component: () => import('./OutboxPage.vue'), meta: { tab: true } },
  { path: '/outbox/copy', component: () => import('./CopyPage.vue'), meta: { busy: true } },
  { path: '/outbox/open', component: () => import('./OpenCopyPage.vue'), meta: { busy: true } },
]
