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
      { path: 'campaigns/:id/map', component: () => import('@/rooms/boards/desk/DeskMapPage.vue') },
      { path: 'campaigns/:id/households', component: () => import('@/rooms/households/desk/DeskHouseholdsPage.vue') },
      { path: 'campaigns/:id/findings', component: () => import('@/rooms/findings/desk/DeskFindingsPage.vue') },
      { path: 'campaigns/:id/needs', component: () => import('@/rooms/needs/desk/DeskNeedsPage.vue') },
      { path: 'campaigns/:id/samples', component: () => import('@/rooms/spotchecks/desk/DeskSamplesPage.vue') },
      { path: 'campaigns/:id/ledger', component: () => import('@/rooms/ledger/desk/DeskLedgerPage.vue') },
      { path: 'campaigns/:id/flow', component: () => import('@/rooms/ledger/desk/DeskFlowPage.vue') },
      { path: 'campaigns/:id/setup', component: () => import('@/rooms/campaigns/desk/DeskSetupPage.vue') },
      { path: 'samples/:id', component: () => import('@/rooms/spotchecks/desk/DeskSamplePage.vue') },
      { path: 'checks/:id', component: () => import('@/rooms/spotchecks/desk/DeskCheckPage.vue') },
      { path: 'imports', component: () => import('@/rooms/households/desk/DeskImportPage.vue') },
      { path: 'copies', component: () => import('@/rooms/field/desk/DeskCopyPage.vue') },
      { path: 'people', component: () => import('@/rooms/accounts/desk/DeskPeoplePage.vue') },
      { path: 'teams', component: () => import('@/rooms/accounts/desk/DeskTeamsPage.vue') },
      { path: 'households/:id', component: () => import('@/rooms/households/desk/DeskHouseholdPage.vue') },
      { path: 'visits/:id', component: () => import('@/rooms/visits/desk/DeskVisitPage.vue') },
      { path: ':rest(.*)*', component: () => import('./DeskLost.vue') },
    ],
  },
]
