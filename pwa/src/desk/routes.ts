import type { RouteRecordRaw } from 'vue-router'
import { loadDeskWords } from './words'

await loadDeskWords()

export const deskRoutes: RouteRecordRaw[] = [
  {
    path: '/desk',
    component: () => import('./DeskShell.vue'),
    children: [
      { path: '', component: () => import('./DeskHome.vue') },
      { path: 'campaigns', component: () => import('@/rooms/campaigns/desk/DeskCampaignsPage.vue') },
      { path: 'campaigns/:id', component: () => import('@/rooms/boards/desk/DeskBoardPage.vue') },
      { path: 'campaigns/:id/households', component: () => import('@/rooms/households/desk/DeskHouseholdsPage.vue') },
      { path: 'campaigns/:id/findings', component: () => import('@/rooms/findings/desk/DeskFindingsPage.vue') },
      { path: 'households/:id', component: () => import('@/rooms/households/desk/DeskHouseholdPage.vue') },
      { path: 'visits/:id', component: () => import('@/rooms/visits/desk/DeskVisitPage.vue') },
      { path: ':rest(.*)*', component: () => import('./DeskLost.vue') },
    ],
  },
]
