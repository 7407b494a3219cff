/** Upright pictures small enough for one bar of signal: long side and bytes are bounded, quality gives way first. */
export const longestSide = 1600
export const mostBytes = 350 * 1024
export const mostPixels = 50_000_000

export function fitWithin(width: number, height: number, longest: number): { width: number; height: number } {
  const scale = Math.min(1, longest / Math.max(width, height))
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}

export interface Encoder {
  encode: (scale: number, quality: number) => Promise<ArrayBuffer>
}

const qualities = [0.85, 0.75, 0.65, 0.55]
const scales = [1, 0.8, 0.64, 0.5]

/** The best of the tries that keeps within the bytes; the last one if none does. */
export async function smallEnough({ encode }: Encoder, most = mostBytes): Promise<ArrayBuffer> {
  let last: ArrayBuffer | null = null
  for (const scale of scales) {
    for (const quality of qualities) {
      last = await encode(scale, quality)
      if (last.byteLength <= most) return last
    }
  }
  if (!last) throw new Error('no_picture')
  return last
}

export async function canvasToJpeg(canvas: HTMLCanvasElement, quality: number): Promise<ArrayBuffer> {
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', quality))
  if (!blob) throw new Error('no_picture')
  return blob.arrayBuffer()
}

export function drawScaled(
  source: CanvasImageSource,
  from: { width: number; height: number },
  longest: number,
): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  Object.assign(canvas, fitWithin(from.width, from.height, longest))
  const context = canvas.getContext('2d')
  if (!context) throw new Error('no_canvas')
  context.imageSmoothingQuality = 'high'
  context.drawImage(source, 0, 0, canvas.width, canvas.height)
  return canvas
}
