import { describe, expect, it } from 'vitest'
import { commaText, crc32, workbook } from './workbook'

describe('a table taken along', () => {
  it('is_an_archive_whose_parts_have_the_sums_it_names', async () => {
    expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926)
    const bytes = new Uint8Array(await workbook('行', [['身份证号码'], ['510104195209043743']]).arrayBuffer())
    expect(Array.from(bytes.slice(0, 4))).toEqual([0x50, 0x4b, 3, 4])
    const text = new TextDecoder().decode(bytes)
    expect(text).toContain('<t xml:space="preserve">510104195209043743</t>')
    const view = new DataView(bytes.buffer)
    const [count, size, at] = [
      view.getUint16(bytes.length - 12, true),
      view.getUint32(bytes.length - 10, true),
      view.getUint32(bytes.length - 6, true),
    ]
    expect([count, at + size, view.getUint32(at, true)]).toEqual([6, bytes.length - 22, 0x02014b50])
  })
  it('keeps_marks_of_markup_and_formulas_as_text', async () => {
    expect(await workbook('x', [['<&">\u0000']]).text()).toContain('&lt;&amp;&quot;&gt;<')
    expect(new TextDecoder('utf-8', { ignoreBOM: true }).decode(await commaText([['=1', 'a"b']]).arrayBuffer())).toBe(
      '\ufeff"\'=1","a""b"\r\n',
    )
  })
})
