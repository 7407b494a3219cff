/** The original's own metadata, carried over into the scaled picture: a canvas writes none. */

const marker = (view: DataView, at: number) => view.getUint16(at)

/** The Exif block (APP1 with its header) of a JPEG, or null. */
export function exifBlock(jpeg: ArrayBuffer): Uint8Array<ArrayBuffer> | null {
  const view = new DataView(jpeg)
  if (jpeg.byteLength < 4 || marker(view, 0) !== 0xffd8) return null
  let at = 2
  while (at + 4 <= jpeg.byteLength) {
    const kind = marker(view, at)
    if (kind === 0xffda || (kind & 0xff00) !== 0xff00) return null
    const length = view.getUint16(at + 2)
    const isExif = kind === 0xffe1 && at + 10 <= jpeg.byteLength && view.getUint32(at + 4) === 0x45786966
    if (isExif && at + 2 + length <= jpeg.byteLength) return new Uint8Array(jpeg.slice(at, at + 2 + length))
    at += 2 + length
  }
  return null
}

/** The scaled picture is upright already, so the tag that says "turn me" must say "leave me". */
function sayUpright(block: Uint8Array<ArrayBuffer>): void {
  const view = new DataView(block.buffer, block.byteOffset, block.byteLength)
  const tiff = 10
  const little = view.getUint16(tiff) === 0x4949
  const entries = tiff + view.getUint32(tiff + 4, little)
  const count = view.getUint16(entries, little)
  for (let index = 0; index < count; index += 1) {
    const entry = entries + 2 + index * 12
    if (view.getUint16(entry, little) === 0x0112) view.setUint16(entry + 8, 1, little)
  }
}

export function withExif(jpeg: ArrayBuffer, block: Uint8Array<ArrayBuffer> | null): ArrayBuffer {
  if (!block) return jpeg
  const copy = block.slice()
  try {
    sayUpright(copy)
  } catch {
    // Metadata that breaks its own rules is left out rather than passed on.
    return jpeg
  }
  const out = new Uint8Array(jpeg.byteLength + copy.byteLength)
  out.set(new Uint8Array(jpeg, 0, 2), 0)
  out.set(copy, 2)
  out.set(new Uint8Array(jpeg, 2), 2 + copy.byteLength)
  return out.buffer
}

export interface FileFacts {
  taken_at: Date | null
  place: { latitude: number; longitude: number } | null
}

/** What the file itself says of its time and place; what it lacks is held against nobody. */
export async function factsOf(bytes: ArrayBuffer): Promise<FileFacts> {
  try {
    const { default: exifr } = await import('exifr/dist/lite.esm.mjs')
    const tags = (await exifr.parse(bytes, {
      gps: true,
      pick: ['DateTimeOriginal', 'GPSLatitude', 'GPSLongitude', 'GPSLatitudeRef', 'GPSLongitudeRef'],
    })) as {
      DateTimeOriginal?: Date
      latitude?: number
      longitude?: number
    } | null
    const { latitude, longitude } = tags ?? {}
    const at = tags?.DateTimeOriginal
    return {
      taken_at: at instanceof Date && !Number.isNaN(at.getTime()) ? at : null,
      place: typeof latitude === 'number' && typeof longitude === 'number' ? { latitude, longitude } : null,
    }
  } catch {
    return { taken_at: null, place: null }
  }
}
