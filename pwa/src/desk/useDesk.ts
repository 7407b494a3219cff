import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { type Page, ask } from './door'

export type CampaignStatus = 'draft' | 'open' | 'closed'
export interface DeskCampaign {
  id: string
  name: string
  theme: string
  org_id: string
  status: CampaignStatus
  opens_at: string
  deadline_at: string
  /** The limits visits are held against, by name. */
  policy: Record<string, unknown>
  version: number
}
export interface DeskTeam {
  id: string
  code: string
  name: string
  org_id: string
  members: { id: string; name: string; is_lead: boolean }[]
}

async function everything<T>(path: string): Promise<T[]> {
  const items: T[] = []
  let after: string | null = null
  do {
    const page: Page<T> = await ask<Page<T>>(path, { limit: 500, after })
    items.push(...page.items)
    after = page.next
  } while (after)
  return items
}

/** What every desk page leans on: the campaigns, the teams, and which campaign is being worked in. */
export const useDesk = defineStore('desk', () => {
  const campaigns = shallowRef<DeskCampaign[] | null>(null)
  const teams = shallowRef<DeskTeam[] | null>(null)
  const wrong = shallowRef<unknown>(null)
  const chosen = ref<string | null>(null)

  async function load(): Promise<void> {
    try {
      ;[campaigns.value, teams.value] = await Promise.all([
        everything<DeskCampaign>('/campaigns'),
        everything<DeskTeam>('/teams'),
      ])
      wrong.value = null
    } catch (cause) {
      wrong.value = cause
    }
  }

  function forget(): void {
    campaigns.value = null
    teams.value = null
    chosen.value = null
    wrong.value = null
  }

  const campaign = computed(() => campaigns.value?.find((one) => one.id === chosen.value) ?? null)
  const teamName = (id: string | null) => teams.value?.find((team) => team.id === id)?.name ?? ''
  return { campaigns, teams, wrong, chosen, campaign, teamName, load, forget }
})
