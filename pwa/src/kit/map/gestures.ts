import { type Ref, ref } from 'vue'
import type { Camera, Size, Spot } from './camera'
import { panBy, zoomAround } from './camera'

const dragStartsPx = 8
const keyPx = 80

interface Held {
  /** The map's left upper corner and size, as when the first finger came down. */
  frame: DOMRect
  at: Map<number, Spot>
}

/** Moves a camera by one finger, two fingers, the wheel and the arrow keys. */
export function useGestures(camera: Ref<Camera>, size: Ref<Size>, mostZoom: () => number) {
  const isDragging = ref(false)
  let held: Held | null = null
  let travelled = 0

  const fromMiddle = (at: Spot, frame: DOMRect): Spot => ({
    x: at.x - frame.left - size.value.width / 2,
    y: at.y - frame.top - size.value.height / 2,
  })
  const zoomBy = (by: number, at: Spot = { x: 0, y: 0 }) => {
    camera.value = zoomAround(camera.value, by, at, mostZoom())
  }

  function down(event: PointerEvent): void {
    if (event.pointerType === 'mouse' && event.button !== 0) return
    held ??= { frame: (event.currentTarget as HTMLElement).getBoundingClientRect(), at: new Map() }
    if (held.at.size === 0) travelled = 0
    held.at.set(event.pointerId, { x: event.clientX, y: event.clientY })
  }

  function move(event: PointerEvent): void {
    const before = held?.at.get(event.pointerId)
    if (!held || !before) return
    const now = { x: event.clientX, y: event.clientY }
    const [dx, dy] = [now.x - before.x, now.y - before.y]
    const other = [...held.at].find(([id]) => id !== event.pointerId)?.[1]
    held.at.set(event.pointerId, now)
    travelled += Math.hypot(dx, dy)
    if (travelled < dragStartsPx) return
    if (!isDragging.value) {
      isDragging.value = true
      // From here on the finger is the map's; before, it may have meant a mark.
      ;(event.currentTarget as HTMLElement).setPointerCapture?.(event.pointerId)
    }
    if (!other) {
      camera.value = panBy(camera.value, dx, dy)
      return
    }
    const apart = (to: Spot) => Math.max(1, Math.hypot(to.x - other.x, to.y - other.y))
    const middle = { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 }
    camera.value = panBy(camera.value, dx / 2, dy / 2)
    zoomBy(Math.log2(apart(now) / apart(before)), fromMiddle(middle, held.frame))
  }

  function up(event: PointerEvent): void {
    held?.at.delete(event.pointerId)
    if (held && held.at.size > 0) return
    held = null
    // The click that ends a drag comes after this event, and opens nothing.
    setTimeout(() => {
      isDragging.value = false
    })
  }

  function click(event: MouseEvent): void {
    if (!isDragging.value) return
    event.stopPropagation()
    event.preventDefault()
  }

  function wheel(event: WheelEvent): void {
    event.preventDefault()
    const frame = (event.currentTarget as HTMLElement).getBoundingClientRect()
    zoomBy(-Math.max(-1, Math.min(1, event.deltaY / 200)), fromMiddle({ x: event.clientX, y: event.clientY }, frame))
  }

  function doubleTap(event: MouseEvent): void {
    const frame = (event.currentTarget as HTMLElement).getBoundingClientRect()
    zoomBy(1, fromMiddle({ x: event.clientX, y: event.clientY }, frame))
  }

  function key(event: KeyboardEvent): void {
    const steps: Record<string, () => void> = {
      ArrowLeft: () => (camera.value = panBy(camera.value, keyPx, 0)),
      ArrowRight: () => (camera.value = panBy(camera.value, -keyPx, 0)),
      ArrowUp: () => (camera.value = panBy(camera.value, 0, keyPx)),
      ArrowDown: () => (camera.value = panBy(camera.value, 0, -keyPx)),
      '+': () => zoomBy(1),
      '=': () => zoomBy(1),
      '-': () => zoomBy(-1),
    }
    const step = steps[event.key]
    if (!step || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    step()
  }

  return { isDragging, zoomBy, down, move, up, click, wheel, doubleTap, key }
}
