import { lessCash, moreCash, otherGoods, withoutBeingReached } from './aid'
import { noSignature, tooFewPhotos } from './evidence'
import { farFromHome, noPosition, poorAccuracy } from './place'
import { rosterDoesNotAddUp, unknownRecipient } from './recipient'
import type { Preview, Rule, Scene } from './scene'
import { outsideTheCampaign, tooShort } from './time'

export { photosRequired } from './evidence'
export { homeDistanceM } from './place'
export type { Earlier, Preview, Scene } from './scene'

/** In the order in which the server tells its findings. */
const rules: readonly Rule[] = [
  unknownRecipient,
  noPosition,
  poorAccuracy,
  farFromHome,
  outsideTheCampaign,
  tooShort,
  tooFewPhotos,
  noSignature,
  moreCash,
  lessCash,
  otherGoods,
  withoutBeingReached,
  rosterDoesNotAddUp,
]

/** What the server will ask about, said while still at the door. It informs; nothing here ever stops a visit. */
export function preview(scene: Scene): Preview[] {
  return rules.flatMap((rule) => rule(scene))
}
