/** How a picture is looked at: how much larger than fitted, and how far its middle is moved, in pixels of the stage. */
export interface View {
  scale: number
  x: number
  y: number
}
interface Point {
  x: number
  y: number
}

export const fitted: View = { scale: 1, x: 0, y: 0 }
export const largest = 12

const within = (value: number, least: number, most: number) => Math.min(most, Math.max(least, value))

/** No further than its edges: a picture that has left the stage is hard to find again. */
function held({ scale, x, y }: View, stage: { width: number; height: number }): View {
  const [across, down] = [(stage.width * (scale - 1)) / 2, (stage.height * (scale - 1)) / 2]
  return { scale, x: within(x, -across, across), y: within(y, -down, down) }
}

/** Larger or smaller by a factor, with what is under `at` staying there; `at` counts from the middle of the stage. */
export function zoomed(view: View, factor: number, at: Point, stage: { width: number; height: number }): View {
  const scale = within(view.scale * factor, 1, largest)
  const by = scale / view.scale
  return held({ scale, x: at.x - (at.x - view.x) * by, y: at.y - (at.y - view.y) * by }, stage)
}

export function moved(view: View, by: Point, stage: { width: number; height: number }): View {
  return held({ ...view, x: view.x + by.x, y: view.y + by.y }, stage)
}
