import { useAsk } from '@/desk/ask'
import { quantity, yuan } from '@/kit/format'
import { useSay } from '@/desk/say'
import { fetchFunds, fetchGoods } from '@/rooms/campaigns/desk/campaign'
import type { Amount } from './ledger'

/** Funds and goods of a campaign, and amounts in words people read. */
export function useMeans(campaignId: string) {
  const { t, locale } = useSay()
  const asked = useAsk(async () => {
    const [funds, goods] = await Promise.all([fetchFunds(campaignId), fetchGoods()])
    return { funds, goods }
  })
  const fund = (id: string | null | undefined) => asked.value.value?.funds.find((one) => one.id === id)
  const item = (id: string | null | undefined) => asked.value.value?.goods.find((one) => one.id === id)
  const nameOf = (line: Amount) =>
    line.kind === 'cash' ? (fund(line.fund_id)?.name ?? t('ledger.cash')) : (item(line.item_id)?.name ?? t('ledger.unknownItem'))
  const amountOf = (line: Amount, amount = line.amount) =>
    line.kind === 'cash'
      ? yuan(amount, locale.value)
      : `${quantity(amount, locale.value)} ${item(line.item_id)?.unit ?? ''}`.trim()
  const unitOf = (id: string) => item(id)?.unit ?? ''
  return { asked, nameOf, amountOf, unitOf }
}
export type Means = ReturnType<typeof useMeans>
