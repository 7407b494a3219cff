import type { RouteRecordRaw } from 'vue-router'

export const ledgerRoutes: RouteRecordRaw[] = [
  { path: '/slips/:id', component: () => import('./SlipPage.vue'), meta: { busy: true } },
]
