import type { RouteRecordRaw } from 'vue-router'
import { visitWords } from './words'

export const visitRoutes: RouteRecordRaw[] = [
  { path: '/visits/:id', component: () => visitWords().then(() => import('./VisitPage.vue')), meta: { busy: true } },
]
