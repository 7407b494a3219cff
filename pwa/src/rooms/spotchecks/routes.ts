import type { RouteRecordRaw } from 'vue-router'
import { visitWords } from '@/rooms/visits/words'
import { checkWords } from './words'

const words = () => Promise.all([checkWords(), visitWords()])

export const checkRoutes: RouteRecordRaw[] = [
  { path: '/checks', component: () => checkWords().then(() => import('./ChecksPage.vue')), meta: { tab: true } },
  { path: '/checks/:id', component: () => words().then(() => import('./CheckPage.vue')), meta: { busy: true } },
  { path: '/public/draws/:id', component: () => checkWords().then(() => import('./DrawsPage.vue')), meta: { public: true } },
]
