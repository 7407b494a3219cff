import type { Mode, Outcome } from '@/api/types'
import { isBlank } from '@/kit/ink/strokes'
import { type Limits, type Preview, type Said, type Scene, ask, cashOf, handsOver } from './scene'

/** E01: fewer photos than the campaign requires for this mode and outcome. */
export function tooFewPhotos({ said, season }: Scene): Preview[] {
  const required = photosRequired(season.policy, said.mode, said.outcome)
  const photos = said.evidence.filter((one) => one.kind === 'photo').length
  return photos >= required ? [] : ask('E01', 'review', 'evidence', { photos: required }, { photos })
}

/** A door nobody opened asks for one picture of it at most; who declined or has died is not photographed. */
export function photosRequired(policy: Pick<Limits, 'photos_required'>, mode: Mode, outcome: Outcome): number {
  if (outcome === 'refused' || outcome === 'deceased') return 0
  const usual = policy.photos_required[mode]
  return outcome === 'reached' ? usual : Math.min(usual, 1)
}

/** E02: a handover has no signature or a blank one; of a group everybody signs. */
export function noSignature(scene: Scene): Preview[] {
  const { said, season } = scene
  if (said.group) return unsignedGroup(said.group, said.evidence)
  if (!handsOver(said)) return []
  const signature = said.evidence.find((one) => one.kind === 'signature')
  // Paper that was signed and photographed has no ink to measure.
  const fault = !signature ? 'missing' : signature.source === 'ink' && isBlank(said.signature_ink, season.policy) ? 'blank' : null
  return fault ? ask('E02', cashOf(said.aid) > 0 ? 'block' : 'review', 'signature', {}, { is: fault }) : []
}

/** Only a signature that the visit names counts. */
function unsignedGroup({ recipients, total_fen }: NonNullable<Said['group']>, evidence: Said['evidence']): Preview[] {
  const named = new Set(evidence.filter((one) => one.kind === 'signature').map((one) => one.sha256))
  const signed = recipients.filter(({ signature }) => signature && named.has(signature)).length
  if (signed === recipients.length) return []
  const expected = { signatures: recipients.length }
  return ask('E02', total_fen > 0 ? 'block' : 'review', 'signature', expected, { is: 'group', signatures: signed })
}
