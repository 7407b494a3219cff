import { type Preview, type Scene, ask, cashOf, delivers, goodsOf, handedBefore, handsOver } from './scene'

/** A01: more cash than the entitlement left after earlier handovers. */
export function moreCash(scene: Scene): Preview[] {
  if (!scene.file) return []
  const given = cashOf(scene.said.aid)
  const left = Math.max(0, (scene.entitlement?.cash_fen ?? 0) - cashOf(handedBefore(scene)))
  return given > left ? ask('A01', 'block', 'aid', { cash_fen: left }, { cash_fen: given }) : []
}

/** A02: all handovers together gave less cash than the entitlement; on the phone this visit is the last. */
export function lessCash(scene: Scene): Preview[] {
  const promised = scene.entitlement?.cash_fen ?? 0
  const given = cashOf(handedBefore(scene)) + cashOf(scene.said.aid)
  return delivers(scene.said) && given < promised ? ask('A02', 'review', 'aid', { cash_fen: promised }, { cash_fen: given }) : []
}

/** A03: for each kind of goods more than the entitlement left, another item than promised, or less than promised. */
export function otherGoods(scene: Scene): Preview[] {
  if (!scene.entitlement) return []
  const promised = goodsOf(scene.entitlement.goods.map((line) => ({ kind: 'goods', ...line })))
  const [here, before] = [goodsOf(scene.said.aid), goodsOf(handedBefore(scene))]
  const items = [...new Set([...promised.keys(), ...here.keys()])].sort()
  return items.flatMap((item_id) => {
    const [whole, given, gone] = [promised, here, before].map((sums) => sums.get(item_id) ?? 0) as [number, number, number]
    const left = Math.max(0, whole - gone)
    const differs = (is: string, expected: number, actual: number) =>
      ask('A03', 'review', `aid:${item_id}`, { item_id, quantity_milli: expected }, { is, item_id, quantity_milli: actual })
    if (given > left) return differs(whole === 0 ? 'other' : 'more', left, given)
    return delivers(scene.said) && gone + given < whole ? differs('missing', whole, gone + given) : []
  })
}

/** A07: aid is recorded, but the household was not reached. */
export function withoutBeingReached({ said }: Scene): Preview[] {
  const { outcome } = said
  return outcome !== 'reached' && handsOver(said) ? ask('A07', 'block', 'aid', { outcome: 'reached' }, { outcome }) : []
}
