import type { Ink } from '@/api/types'
import type { Stroke } from '@/local/shapes'

interface Box {
  left: number
  top: number
  width: number
  height: number
}

export function boxOf(strokes: readonly Stroke[]): Box {
  const points = strokes.flatMap((stroke) => stroke.points)
  if (points.length === 0) return { left: 0, top: 0, width: 0, height: 0 }
  const xs = points.map((point) => point.x)
  const ys = points.map((point) => point.y)
  const [left, top] = [Math.min(...xs), Math.min(...ys)]
  return { left, top, width: Math.max(...xs) - left, height: Math.max(...ys) - top }
}

/** What tells a signature from a blank: strokes, points, and the box they fill. */
export function inkOf(strokes: readonly Stroke[]): Ink | null {
  if (strokes.length === 0) return null
  const { width, height } = boxOf(strokes)
  const points = strokes.reduce((sum, stroke) => sum + stroke.points.length, 0)
  return { strokes: strokes.length, points, box_px: [Math.round(width), Math.round(height)] }
}

/** Ink that is no name: too few strokes or points, or a box whose longer side is too small. */
export function isBlank(
  ink: Ink | null,
  least: { ink_strokes_min: number; ink_points_min: number; ink_box_px_min: number },
): boolean {
  if (!ink) return true
  return (
    ink.strokes < least.ink_strokes_min || ink.points < least.ink_points_min || Math.max(...ink.box_px) < least.ink_box_px_min
  )
}

/** The same ink on a pad of another size, as after the phone was turned: as large as fits, not stretched. */
export function fitInto(
  strokes: readonly Stroke[],
  from: { width: number; height: number },
  to: { width: number; height: number },
): Stroke[] {
  const scale = Math.min(to.width / from.width, to.height / from.height, 1)
  const [dx, dy] = [(to.width - from.width * scale) / 2, (to.height - from.height * scale) / 2]
  return strokes.map((stroke) => ({
    points: stroke.points.map((point) => ({ ...point, x: point.x * scale + dx, y: point.y * scale + dy })),
  }))
}
