import type { RouteRecordRaw } from 'vue-router'

export const visitRoutes: RouteRecordRaw[] = [
  { path: '/visits/:id', component: () => import('./VisitPage.vue'), meta: { busy: true } },
]
