import type { Picture } from './shapes'

/** What a picture is, said by its own first byte where the key to what is known of it is not at hand. */
export function mediaTypeOf({ evidence }: { evidence?: Picture['evidence'] }, bytes: ArrayBuffer): string {
  return evidence?.media_type ?? (new Uint8Array(bytes, 0, 1)[0] === 0x89 ? 'image/png' : 'image/jpeg')
}
