import type { RouteRecordRaw } from 'vue-router'

export const householdRoutes: RouteRecordRaw[] = [
  { path: '/', component: () => import('./TodayPage.vue'), meta: { tab: true } },
  { path: '/households/:id', component: () => import('./HouseholdPage.vue') },
]
