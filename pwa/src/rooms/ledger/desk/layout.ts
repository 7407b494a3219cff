import { type SankeyGraph, type SankeyNode, sankey, sankeyLinkHorizontal } from 'd3-sankey'
import { type Picture, type Place, type PlaceKind, type Ribbon, columnOf } from './picture'

export interface Box {
  place: Place
  x: number
  y: number
  width: number
  height: number
  /** The part at the foot that was not handed on. */
  keptHeight: number
  label: { x: number; y: number; room: number }
}
export interface Band {
  ribbon: Ribbon
  path: string
  width: number
  to: PlaceKind
}
export interface Layout {
  width: number
  height: number
  boxes: Box[]
  bands: Band[]
}

const boxWidth = 14
/** Two lines of a label stand in it, so that small places keep their names apart. */
const gap = 34
const flowHeight = 300

/** Where everything is drawn on a sheet of this width; its height follows the fullest column. */
export function layOut(picture: Picture, width: number): Layout {
  const most = Math.max(1, ...[0, 1, 2, 3].map((at) => picture.places.filter(({ kind }) => columnOf(kind) === at).length))
  const height = Math.round(gap * most + flowHeight)
  const right = Math.min(190, Math.round(width * 0.2))
  if (picture.ribbons.length === 0) return { width, height, boxes: [], bands: [] }
  const { places, ribbons, columns } = spanned(picture)
  const graph: SankeyGraph<Place, Ribbon> = {
    nodes: places.map((place) => ({ ...place })),
    links: ribbons.map((ribbon) => ({ ...ribbon, source: ribbon.from, target: ribbon.to })),
  }
  const shape = sankey<Place, Ribbon>()
    .nodeId((place) => place.key)
    .nodeAlign((place) => columns.indexOf(columnOf(place.kind)))
    .nodeWidth(boxWidth)
    .nodePadding(gap)
    .iterations(12)
    .extent([
      [1, gap / 2],
      [width - right, height - gap / 2],
    ])
  const { nodes, links } = shape(graph)
  const scale = heightPerValue(nodes)
  const lines = [...new Set(nodes.map((node) => node.x0 ?? 0))].sort((a, b) => a - b)
  const boxes = nodes
    .filter((node) => !isGhost(node.key))
    .map((node): Box => {
      const [x, y] = [node.x0 ?? 0, node.y0 ?? 0]
      const boxHeight = Math.max(2, (node.y1 ?? 0) - y)
      const next = lines[lines.indexOf(x) + 1] ?? width
      const labelX = x + boxWidth + 6
      return {
        place: node,
        x,
        y,
        width: boxWidth,
        height: boxHeight,
        keptHeight: Math.max(0, Math.min(boxHeight - node.given * scale, node.kept * scale)),
        label: { x: labelX, y: y + boxHeight / 2, room: next - labelX - 8 },
      }
    })
  const draw = sankeyLinkHorizontal<Place, Ribbon>()
  const bands = links
    .filter((link) => !isGhost(link.from))
    .map((link) => ({
      ribbon: link,
      path: draw(link) ?? '',
      width: Math.max(1, link.width ?? 1),
      to: typeof link.target === 'object' ? link.target.kind : ('loss' as const),
    }))
  return { width, height, boxes, bands }
}

const ghost = 'ghost:'
const isGhost = (key: string) => key.startsWith(ghost)

function longestChain(places: readonly Place[], ribbons: readonly Ribbon[]): number {
  const length = new Map<string, number>()
  for (const { key } of [...places].sort((a, b) => columnOf(a.kind) - columnOf(b.kind)))
    length.set(key, 1 + Math.max(0, ...ribbons.filter(({ to }) => to === key).map(({ from }) => length.get(from) ?? 0)))
  return Math.max(...length.values())
}

/** The library makes as many columns as its longest chain has places; a chain of nothing through every column in use makes them all. */
function spanned({ places, ribbons }: Picture): Picture & { columns: number[] } {
  const columns = [...new Set(places.map(({ kind }) => columnOf(kind)))].sort()
  const kinds: PlaceKind[] = ['source', 'store', 'team', 'loss']
  if (longestChain(places, ribbons) === columns.length) return { places, ribbons, columns }
  const chain = columns.map((column) => `${ghost}${column}`)
  const ghosts = columns.map((column, at): Place => ({
    key: chain[at] ?? ghost,
    kind: kinds[column] ?? 'loss',
    id: null,
    name: null,
    count: 0,
    taken: 0,
    given: 0,
    kept: 0,
  }))
  const links = chain.slice(1).map((to, at): Ribbon => ({ from: chain[at] ?? ghost, to, value: 0, links: [] }))
  return { places: [...places, ...ghosts], ribbons: [...ribbons, ...links], columns }
}

function heightPerValue(nodes: readonly SankeyNode<Place, Ribbon>[]): number {
  const [largest] = [...nodes].sort((a, b) => (b.value ?? 0) - (a.value ?? 0))
  return largest?.value ? ((largest.y1 ?? 0) - (largest.y0 ?? 0)) / largest.value : 0
}

/** How broad a line of text is at 12 px: a Chinese character takes the whole square, a Latin letter about half of it. */
export function breadth(text: string): number {
  return [...text].reduce((sum, sign) => sum + (/[\u2e80-\uffef]/.test(sign) ? 12 : 7), 0)
}

/** A name cut to the room there is; whole names are in titles and in the table. */
export function cut(text: string, room: number): string {
  if (breadth(text) <= room) return text
  let short = ''
  for (const sign of text) {
    if (breadth(`${short}${sign}…`) > room) break
    short += sign
  }
  return short ? `${short}…` : ''
}
