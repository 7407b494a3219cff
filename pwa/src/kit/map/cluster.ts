import { type Camera, type Size, type Spot, seenAt, worldPx } from './camera'

export interface Bunch<T> extends Spot {
  items: T[]
}

/** What is nearer to each other than this, on the screen, is drawn as one. */
const togetherPx = 44

/**
 * What would lie on top of each other at this zoom, gathered. Depends on whole steps of zoom alone and not on what is in
 * sight, so that nothing jumps while the map is moved; every item is in exactly one bunch.
 */
export function bunch<T extends Spot>(items: readonly T[], zoomStep: number): Bunch<T>[] {
  const cell = togetherPx / worldPx(zoomStep)
  const cells = new Map<string, Bunch<T>[]>()
  const bunches: Bunch<T>[] = []
  for (const item of items) {
    const column = Math.floor(item.x / cell)
    const row = Math.floor(item.y / cell)
    const near = nearest(item, column, row, cells, cell)
    if (near) {
      near.items.push(item)
      continue
    }
    const made = { x: item.x, y: item.y, items: [item] }
    bunches.push(made)
    const key = `${column},${row}`
    const there = cells.get(key)
    if (there) there.push(made)
    else cells.set(key, [made])
  }
  return bunches.map(({ items: own }) => ({ ...middle(own), items: own }))
}

function nearest<T extends Spot>(
  item: T,
  column: number,
  row: number,
  cells: ReadonlyMap<string, Bunch<T>[]>,
  within: number,
): Bunch<T> | null {
  let best: Bunch<T> | null = null
  let bestDistance = within
  for (let dx = -1; dx <= 1; dx += 1)
    for (let dy = -1; dy <= 1; dy += 1)
      for (const one of cells.get(`${column + dx},${row + dy}`) ?? []) {
        const distance = Math.hypot(one.x - item.x, one.y - item.y)
        if (distance >= bestDistance) continue
        best = one
        bestDistance = distance
      }
  return best
}

function middle(spots: readonly Spot[]): Spot {
  const sum = spots.reduce((so, { x, y }) => ({ x: so.x + x, y: so.y + y }), { x: 0, y: 0 })
  return { x: sum.x / spots.length, y: sum.y / spots.length }
}

/** What is in sight, or would be after a push of the thumb. */
export function inSight<T extends Spot>(items: readonly T[], camera: Camera, size: Size, marginPx: number): T[] {
  return items.filter((item) => {
    const { x, y } = seenAt(item, camera)
    return Math.abs(x) < size.width / 2 + marginPx && Math.abs(y) < size.height / 2 + marginPx
  })
}
