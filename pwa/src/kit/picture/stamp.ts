/** A band at the foot of the picture that says when, where, whose and by whom, readable when printed small. */
export function stamp(canvas: HTMLCanvasElement, lines: readonly string[]): void {
  const context = canvas.getContext('2d')
  if (!context) return
  const size = Math.max(18, Math.round(Math.max(canvas.width, canvas.height) / 44))
  const pad = Math.round(size * 0.6)
  context.font = `600 ${size}px system-ui, 'Noto Sans CJK SC', 'PingFang SC', sans-serif`
  context.textBaseline = 'top'
  const rows = lines.flatMap((line) => breakLine(line, (text) => context.measureText(text).width, canvas.width - 2 * pad))
  const height = rows.length * size * 1.35 + 2 * pad
  context.fillStyle = 'rgb(0 0 0 / 62%)'
  context.fillRect(0, canvas.height - height, canvas.width, height)
  context.fillStyle = '#fff'
  for (const [at, row] of rows.entries()) context.fillText(row, pad, canvas.height - height + pad + at * size * 1.35)
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
