import { type InjectionKey, type MaybeRefOrGetter, toValue } from 'vue'
import { useAsk } from '@/desk/ask'
import { quantity, yuan } from '@/kit/format'
import { useSay } from '@/desk/say'
import { fetchFunds, fetchGoods } from '@/rooms/campaigns/desk/campaign'
import type { Amount } from './ledger'

/** Funds and goods of a campaign, and amounts in words people read; nothing is asked before the campaign is known. */
export function useMeans(campaignId: MaybeRefOrGetter<string>) {
  const { t, locale } = useSay()
  const asked = useAsk(async () => {
    const id = toValue(campaignId)
    if (!id) return { funds: [], goods: [] }
    const [funds, goods] = await Promise.all([fetchFunds(id), fetchGoods()])
    return { funds, goods }
  }, [() => toValue(campaignId)])
  const fund = (id: string | null | undefined) => asked.value.value?.funds.find((one) => one.id === id)
  const item = (id: string | null | undefined) => asked.value.value?.goods.find((one) => one.id === id)
  const knows = (id: string) => Boolean(fund(id) ?? item(id))
  const nameOf = (line: Amount) =>
    line.kind === 'cash' ? (fund(line.fund_id)?.name ?? t('ledger.cash')) : (item(line.item_id)?.name ?? t('ledger.unknownItem'))
  const unitOf = (id: string | null | undefined) => item(id)?.unit ?? ''
  const amountOf = (line: Amount, amount = line.amount) =>
    line.kind === 'cash' ? yuan(amount, locale.value) : `${quantity(amount, locale.value)} ${unitOf(line.item_id)}`.trim()
  return { asked, knows, nameOf, amountOf, unitOf }
}
export type Means = ReturnType<typeof useMeans>

/** For whatever stands deep in a page and has to name a fund or an item. */
export const meansKey: InjectionKey<Means> = Symbol('means')
