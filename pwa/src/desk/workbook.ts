/** A table as a workbook of one sheet: every cell text, so that no program makes a number of an identity number. */
/** Below the space only tabs and line ends may stand in XML. */
const canStand = (c: string) => (c >= ' ' ? c !== '\ufffe' && c !== '\uffff' : c === '\t' || c === '\n' || c === '\r')
const xml = (text: string) =>
  Array.from(text, (c) => (canStand(c) ? c : ''))
    .join('')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const sheetMl = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const packages = 'http://schemas.openxmlformats.org/package/2006'
const kinds = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

const sheetCell = (text: string) => `<c t="inlineStr" s="1"><is><t xml:space="preserve">${xml(text)}</t></is></c>`
function sheet(rows: readonly (readonly string[])[]): string {
  const body = rows.map((cells) => `<row>${cells.map(sheetCell).join('')}</row>`).join('')
  const widths = `<cols><col min="1" max="${Math.max(1, rows[0]?.length ?? 1)}" width="20" style="1" customWidth="1"/></cols>`
  return `${head}<worksheet xmlns="${sheetMl}">${widths}<sheetData>${body}</sheetData></worksheet>`
}

function parts(name: string, rows: readonly (readonly string[])[]): [string, string][] {
  const font = '<fonts count="1"><font/></fonts>'
  const fills =
    '<fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
  return [
    [
      '[Content_Types].xml',
      `${head}<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${kinds}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${kinds}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${kinds}.styles+xml"/></Types>`,
    ],
    [
      '_rels/.rels',
      `${head}<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ],
    [
      'xl/workbook.xml',
      `${head}<workbook xmlns="${sheetMl}" xmlns:r="${office}"><sheets><sheet name="${xml(name).slice(0, 31)}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    ],
    [
      'xl/_rels/workbook.xml.rels',
      `${head}<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${office}/styles" Target="styles.xml"/></Relationships>`,
    ],
    [
      'xl/styles.xml',
      `${head}<styleSheet xmlns="${sheetMl}">${font}${fills}<cellXfs count="2"><xf/><xf numFmtId="49" applyNumberFormat="1"/></cellXfs></styleSheet>`,
    ],
    ['xl/worksheets/sheet1.xml', sheet(rows)],
  ]
}

const table = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n
  for (let k = 0; k < 8; k += 1) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1
  return c
})
export function crc32(bytes: Uint8Array): number {
  let c = 0xffffffff
  for (const byte of bytes) c = (table[(c ^ byte) & 0xff] ?? 0) ^ (c >>> 8)
  return (c ^ 0xffffffff) >>> 0
}

/** Little-endian fields of two or four bytes. */
function fields(...of: [size: 2 | 4, value: number][]): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(of.reduce((sum, [size]) => sum + size, 0)))
  let at = 0
  for (const [size, value] of of) {
    if (size === 2) view.setUint16(at, value, true)
    else view.setUint32(at, value, true)
    at += size
  }
  return new Uint8Array(view.buffer)
}

const encode = (text: string) => new Uint8Array(new TextEncoder().encode(text))

/** The workbook's bytes: an archive whose parts are stored as they are. */
export function workbook(name: string, rows: readonly (readonly string[])[]): Blob {
  const [files, directory]: [Uint8Array<ArrayBuffer>[], Uint8Array<ArrayBuffer>[]] = [[], []]
  let [at, size] = [0, 0]
  const all = parts(name, rows)
  for (const [path, text] of all) {
    const [label, body] = [encode(path), encode(text)]
    // UTF-8 names, stored, the first day such archives know.
    const common = fields(
      [2, 20],
      [2, 0x0800],
      [2, 0],
      [2, 0],
      [2, 0x21],
      [4, crc32(body)],
      [4, body.length],
      [4, body.length],
      [2, label.length],
      [2, 0],
    )
    const local = [fields([4, 0x04034b50]), common, label, body]
    files.push(...local)
    const entry = [fields([4, 0x02014b50], [2, 20]), common, fields([2, 0], [2, 0], [2, 0], [4, 0], [4, at]), label]
    directory.push(...entry)
    at += local.reduce((sum, part) => sum + part.length, 0)
    size += entry.reduce((sum, part) => sum + part.length, 0)
  }
  const end = fields([4, 0x06054b50], [2, 0], [2, 0], [2, all.length], [2, all.length], [4, size], [4, at], [2, 0])
  return new Blob([...files, ...directory, end], { type: `${kinds}.sheet` })
}

const commaCell = (text: string) => `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`

/** The same as text that a table program takes for UTF-8; what it would take for a formula is marked as text. */
export function commaText(rows: readonly (readonly string[])[]): Blob {
  return new Blob([`\ufeff${rows.map((cells) => cells.map(commaCell).join(',')).join('\r\n')}\r\n`], { type: 'text/csv' })
}
