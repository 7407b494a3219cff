import type { RouteRecordRaw } from 'vue-router'
import { vaultWords } from './words'

export const vaultRoutes: RouteRecordRaw[] = [
  { path: '/lock', component: () => vaultWords().then(() => import('./LockPage.vue')), meta: { shut: true } },
  { path: '/pin', component: () => vaultWords().then(() => import('./ChangePage.vue')), meta: { busy: true } },
]
