/** The server leaves this share of the height, from the foot, out of its comparison of pictures: a stamp must not stand higher. */
const mostOfHeight = 0.2
const rowHeight = 1.35

/** A band at the foot of the picture that says when, where, whose and by whom, readable in a small copy too. */
export function stamp(canvas: HTMLCanvasElement, lines: readonly string[]): void {
  const context = canvas.getContext('2d')
  if (!context) return
  const least = 18
  let size = Math.max(least, Math.round(Math.max(canvas.width, canvas.height) / 36))
  let rows = rowsAt(context, canvas.width, lines, size)
  while (size > least && heightOf(rows.length, size) > canvas.height * mostOfHeight) {
    size -= 1
    rows = rowsAt(context, canvas.width, lines, size)
  }
  const height = heightOf(rows.length, size)
  const pad = padOf(size)
  context.fillStyle = 'rgb(0 0 0 / 68%)'
  context.fillRect(0, canvas.height - height, canvas.width, height)
  context.fillStyle = '#fff'
  for (const [at, row] of rows.entries()) context.fillText(row, pad, canvas.height - height + pad + at * size * rowHeight)
}

const padOf = (size: number) => Math.round(size * 0.5)
const heightOf = (rows: number, size: number) => rows * size * rowHeight + 2 * padOf(size)

function rowsAt(context: CanvasRenderingContext2D, width: number, lines: readonly string[], size: number): string[] {
  context.font = `600 ${size}px system-ui, 'Noto Sans CJK SC', 'PingFang SC', sans-serif`
  context.textBaseline = 'top'
  return lines.flatMap((line) => breakLine(line, (text) => context.measureText(text).width, width - 2 * padOf(size)))
}

/** Long addresses go on in the next row, at most two rows each. */
export function breakLine(line: string, widthOf: (text: string) => number, most: number): string[] {
  const rows: string[] = []
  let row = ''
  for (const char of line) {
    if (row && widthOf(row + char) > most) {
      rows.push(row)
      row = ''
    }
    row += char
  }
  const all = row ? [...rows, row] : rows
  return all.length <= 2 ? all : [all[0] ?? '', `${(all[1] ?? '').slice(0, -1)}…`]
}
