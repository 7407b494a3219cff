import type { RouteRecordRaw } from 'vue-router'
import { visitWords } from '@/rooms/visits/words'

export const fieldRoutes: RouteRecordRaw[] = [
  { path: '/outbox', component: () => import('./OutboxPage.vue'), meta: { tab: true } },
  { path: '/outbox/copy', component: () => import('./CopyPage.vue'), meta: { busy: true } },
  { path: '/outbox/open', component: () => import('./OpenCopyPage.vue'), meta: { busy: true } },
  {
    path: '/shared',
    component: () => visitWords().then(() => import('./shared/SharedPage.vue')),
    meta: { busy: true },
  },
]
