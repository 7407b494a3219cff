import { useSay } from '@/desk/say'
import { useDesk } from '@/desk/useDesk'
import { betweenFilter } from './entryFilter'
import type { FlowLink, FlowNode } from './flow'
import type { EntryKind } from './ledger'
import type { Place, PlaceKind, Ribbon } from './picture'

/** Which kind of entry goes this way; null where it could be several. */
export function entryKindOf(from: PlaceKind, to: PlaceKind): EntryKind | null {
  if (from === 'source') return 'receipt'
  if (to === 'team' || to === 'rest') return 'issue'
  if (to === 'store' || to === 'back') return 'return'
  if (to === 'loss') return 'loss'
  return to === 'returned' ? null : 'handover'
}

/** What two ends of a ribbon are as accounts; groups of accounts are open ends. */
export function ribbonFilter(ribbon: Ribbon, nodes: readonly FlowNode[], placeKind: (key: string) => PlaceKind) {
  const node = (key: string) => nodes.find((one) => one.key === key) ?? null
  const things = new Set(ribbon.links.map((link) => link.fund_id ?? link.item_id ?? ''))
  const commodity = things.size === 1 ? ([...things][0] ?? null) : null
  return betweenFilter(node(ribbon.from), node(ribbon.to), entryKindOf(placeKind(ribbon.from), placeKind(ribbon.to)), commodity)
}

export function linkFilter(link: FlowLink, nodes: readonly FlowNode[]) {
  const [from, to] = [nodes.find((one) => one.key === link.from), nodes.find((one) => one.key === link.to)]
  return betweenFilter(from ?? null, to ?? null, null, link.fund_id ?? link.item_id ?? null)
}

/** Places by the names people know them by. */
export function useFlowWords() {
  const { t } = useSay()
  const desk = useDesk()
  const nodeName = (node: Pick<FlowNode, 'account_kind' | 'account_id' | 'name'>): string =>
    node.name || (node.account_kind === 'team' && desk.teamName(node.account_id)) || t(`desk.ledger.places.${node.account_kind}`)
  const placeName = (place: Place): string => {
    if (place.kind === 'rest') return t('desk.ledger.otherTeams', { n: place.count })
    if (place.kind === 'back') return t('desk.ledger.places.back')
    return nodeName({ account_kind: place.kind, account_id: place.id, name: place.name })
  }
  return { nodeName, placeName }
}
