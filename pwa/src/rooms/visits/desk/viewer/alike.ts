import { ask } from '@/desk/door'

/** A visit that names a picture, or one that looks like it. */
export interface Alike {
  sha256: string
  /** In how many of 64 bits the likeness differs. */
  bits: number
  kind: 'photo' | 'signature' | 'document'
  visit_id: string
  started_at: string
  cadre: { id: string; name: string }
  household_id: string | null
  head_name: string | null
}
/** What the file says of itself. */
export interface FileFacts {
  bytes: number
  width: number | null
  height: number | null
  taken_at: string | null
  position: { latitude: number; longitude: number } | null
  camera: string | null
  editor: string | null
  received_at: string
}

export const fetchAlike = (sha256: string) => ask<{ items: Alike[] }>(`/evidence/${sha256}/alike`)
export const fetchFacts = (sha256: string) => ask<FileFacts>(`/evidence/${sha256}/facts`)

/** Where else it stands, or one like it: not the very place it is looked at in. */
export function elsewhere(items: readonly Alike[], visitId: string): Alike[] {
  return items.filter((one) => one.visit_id !== visitId)
}

/** The same bytes, the same look, or something like it. */
export function likeness({ sha256, bits }: Alike, of: string): 'same' | 'looks' | 'like' {
  return sha256 === of ? 'same' : bits === 0 ? 'looks' : 'like'
}
