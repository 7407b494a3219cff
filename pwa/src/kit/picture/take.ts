import { sha256Hex } from '@/kit/hash'
import { exifBlock, factsOf, withExif } from './exif'
import { canvasToJpeg, drawScaled, fitWithin, longestSide, mostBytes, mostPixels, smallEnough } from './jpeg'
import { stamp } from './stamp'

/** A picture as it is kept: scaled, stamped, with the hash of what it was before the stamp. */
export interface Taken {
  bytes: ArrayBuffer
  sha256: string
  original_sha256: string
  taken_at: Date
  place: { latitude: number; longitude: number } | null
  source: 'camera' | 'gallery'
}

export type StampLines = (takenAt: Date) => string[]

export class TooLarge extends Error {}
export class NotAPicture extends Error {}

function encoderOf(clean: HTMLCanvasElement, lines: readonly string[]) {
  return async (scale: number, quality: number) => {
    const size = fitWithin(clean.width, clean.height, Math.max(clean.width, clean.height) * scale)
    const canvas = drawScaled(clean, clean, Math.max(size.width, size.height))
    stamp(canvas, lines)
    return canvasToJpeg(canvas, quality)
  }
}

/** One frame of the viewfinder, at the time the shutter was pressed. */
export async function takeFrame(video: HTMLVideoElement, takenAt: Date, lines: StampLines): Promise<Taken> {
  const clean = drawScaled(video, { width: video.videoWidth, height: video.videoHeight }, longestSide)
  const original = await canvasToJpeg(clean, 0.92)
  const bytes = await smallEnough({ encode: encoderOf(clean, lines(takenAt)) })
  return {
    bytes,
    sha256: await sha256Hex(bytes),
    original_sha256: await sha256Hex(original),
    taken_at: takenAt,
    place: null,
    source: 'camera',
  }
}

/** A file counts as fresh from the camera when its own time says it was taken just now. */
const freshMs = 3 * 60_000

export async function takeFile(file: File, now: Date, lines: StampLines): Promise<Taken> {
  const original = await file.arrayBuffer()
  let bitmap: ImageBitmap
  try {
    bitmap = await createImageBitmap(new Blob([original], { type: file.type }), { imageOrientation: 'from-image' })
  } catch {
    throw new NotAPicture()
  }
  try {
    if (bitmap.width * bitmap.height > mostPixels) throw new TooLarge()
    const facts = await factsOf(original)
    const takenAt = facts.taken_at ?? new Date(Math.min(file.lastModified, now.getTime()))
    const clean = drawScaled(bitmap, bitmap, longestSide)
    const block = exifBlock(original)
    const scaled = await smallEnough({ encode: encoderOf(clean, lines(takenAt)) }, mostBytes - (block?.byteLength ?? 0))
    const bytes = withExif(scaled, block)
    const isFresh = Math.abs(now.getTime() - takenAt.getTime()) < freshMs
    return {
      bytes,
      sha256: await sha256Hex(bytes),
      original_sha256: await sha256Hex(original),
      taken_at: takenAt,
      place: facts.place,
      source: isFresh ? 'camera' : 'gallery',
    }
  } finally {
    bitmap.close()
  }
}
