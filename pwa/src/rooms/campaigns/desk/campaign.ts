import { type Page, ask, tell } from '@/desk/door'
import type { DeskCampaign } from '@/desk/useDesk'
import { newId } from '@/kit/id'

export interface CampaignForm {
  name: string
  theme: string
  /** As an input of type datetime-local has it: the time on the wall here. */
  opens: string
  deadline: string
}

const two = (n: number) => String(n).padStart(2, '0')

/** A moment as the wall clock here shows it, for an input of type datetime-local. */
export function toWall(at: string): string {
  const date = new Date(at)
  if (Number.isNaN(date.getTime())) return ''
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}`
}

/** What the wall clock showed, as a moment every server understands. */
export function fromWall(wall: string): string | null {
  const date = new Date(wall)
  return wall && !Number.isNaN(date.getTime()) ? date.toISOString() : null
}

/** What is wrong with the form, by field; empty when it can be sent. */
export function campaignFaults(form: CampaignForm): Partial<Record<keyof CampaignForm, 'fill' | 'order'>> {
  const faults: Partial<Record<keyof CampaignForm, 'fill' | 'order'>> = {}
  if (!form.name.trim()) faults.name = 'fill'
  if (!form.theme.trim()) faults.theme = 'fill'
  const [opens, deadline] = [fromWall(form.opens), fromWall(form.deadline)]
  if (!opens) faults.opens = 'fill'
  if (!deadline) faults.deadline = 'fill'
  if (opens && deadline && opens >= deadline) faults.deadline = 'order'
  return faults
}

/** Sends the campaign; `id` was made when the form opened, so that a second press of the button makes no second campaign. */
export function saveCampaign(form: CampaignForm, id: string, version: number | null): Promise<DeskCampaign> {
  const body = {
    name: form.name.trim(),
    theme: form.theme.trim(),
    opens_at: fromWall(form.opens),
    deadline_at: fromWall(form.deadline),
  }
  return version === null
    ? tell<DeskCampaign>('POST', '/campaigns', { id, ...body })
    : tell<DeskCampaign>('PATCH', `/campaigns/${id}`, body, version)
}

export type Purpose = 'living' | 'medical' | 'schooling' | 'heating'
export const purposes: readonly Purpose[] = ['living', 'medical', 'schooling', 'heating']
export type Source = 'government' | 'union' | 'donation' | 'other'
export const sources: readonly Source[] = ['government', 'union', 'donation', 'other']
export const earmarks = ['any', ...purposes] as const

export interface Standard {
  category: string
  cash_fen: number
  purpose: Purpose
  goods: { item_id: string; quantity_milli: number }[]
}
export interface Item {
  id: string
  name: string
  unit: string
  unit_value_fen: number
}
export interface DeskFund {
  id: string
  campaign_id: string
  name: string
  source: Source
  earmark: (typeof earmarks)[number]
}

async function all<T>(path: string, query: Record<string, string>): Promise<T[]> {
  const items: T[] = []
  let after: string | null = null
  do {
    const page: Page<T> = await ask<Page<T>>(path, { ...query, limit: 500, after })
    items.push(...page.items)
    after = page.next
  } while (after)
  return items
}

export const fetchGoods = () => all<Item>('/goods', {})
export const fetchFunds = async (campaign: string) =>
  (await all<DeskFund>('/funds', { campaign })).filter((fund) => fund.campaign_id === campaign)
export const fetchStandards = (campaign: string) => ask<Standard[]>(`/campaigns/${campaign}/standards`)
export const saveStandards = (campaign: string, standards: Standard[]) =>
  tell<Standard[]>('PUT', `/campaigns/${campaign}/standards`, standards)
export const addItem = (item: Omit<Item, 'id'>, id = newId()) => tell<Item>('POST', '/goods', { id, ...item })
export const addFund = (fund: Omit<DeskFund, 'id'>, id = newId()) => tell<DeskFund>('POST', '/funds', { id, ...fund })
/** What freezing the entitlements came to. */
export interface Frozen {
  entitled: number
  before: number
  without_standard: number
  cash_fen: number
}
export const openCampaign = async (campaign: string) =>
  (await tell<{ frozen: Frozen }>('POST', `/campaigns/${campaign}/open`, {})).frozen
export const freezeEntitlements = (campaign: string) => tell<Frozen>('POST', `/campaigns/${campaign}/entitlements`, {})
