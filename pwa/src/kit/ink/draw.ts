import SignaturePad from 'signature_pad'
import type { Stroke } from '@/local/shapes'
import { boxOf } from './strokes'

const margin = 16
const pen = {
  penColor: '#1a1a4d',
  dotSize: 0,
  minWidth: 1,
  maxWidth: 3.2,
  velocityFilterWeight: 0.7,
  compositeOperation: 'source-over' as const,
}

export function putInk(pad: SignaturePad, strokes: readonly Stroke[]): void {
  pad.fromData(
    strokes.map((stroke) => ({ ...pen, points: stroke.points })),
    { clear: true },
  )
}

export function makePad(canvas: HTMLCanvasElement): SignaturePad {
  return new SignaturePad(canvas, { ...pen, backgroundColor: '#ffffff', throttle: 8 })
}

export function takeInk(pad: SignaturePad): Stroke[] {
  return pad.toData().map((group) => ({ points: group.points.map(({ x, y, time, pressure }) => ({ x, y, time, pressure })) }))
}

/** The signature as it becomes evidence: dark ink on white, cut to its box. */
export async function inkToPng(strokes: readonly Stroke[]): Promise<ArrayBuffer> {
  const box = boxOf(strokes)
  const canvas = document.createElement('canvas')
  canvas.width = Math.ceil(box.width + 2 * margin)
  canvas.height = Math.ceil(box.height + 2 * margin)
  const pad = makePad(canvas)
  const move = ({ points }: Stroke) => ({
    points: points.map((point) => ({ ...point, x: point.x - box.left + margin, y: point.y - box.top + margin })),
  })
  putInk(pad, strokes.map(move))
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'))
  pad.off()
  if (!blob) throw new Error('signature_not_drawn')
  return blob.arrayBuffer()
}
