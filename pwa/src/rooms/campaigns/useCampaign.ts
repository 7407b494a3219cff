import { computed } from 'vue'
import { useLive } from '@/kit/live'
import { current } from '@/local/opened'
import { readContact } from '@/local/mirror'
import { readMeta, writeMeta } from '@/local/store'
import { currentCampaign } from './current'

async function readCampaigns() {
  const { store } = current()
  const [campaigns, chosen, contact] = await Promise.all([
    store.campaigns.toArray(),
    readMeta<string>(store, 'campaign'),
    readContact(store),
  ])
  return { campaigns, chosen, contact }
}

const choose = (id: string) => writeMeta(current().store, 'campaign', id)

/** The campaign this phone works in, and how old what it knows is. */
export function useCampaign() {
  const { value, failed } = useLive(readCampaigns)
  const campaigns = computed(() => value.value?.campaigns ?? [])
  const campaign = computed(() => currentCampaign(campaigns.value, value.value?.chosen ?? null))
  const pulledAt = computed(() => value.value?.contact.pulled_at ?? null)
  const loaded = computed(() => value.value !== null)
  return { campaigns, campaign, pulledAt, loaded, failed, choose }
}
