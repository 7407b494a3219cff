import { describe, expect, it } from 'vitest'
import { exifBlock, withExif } from './exif'
import { fitWithin, smallEnough } from './jpeg'
import { breakLine } from './stamp'

const bytes = (...parts: (number[] | string)[]) =>
  new Uint8Array(parts.flatMap((part) => (typeof part === 'string' ? [...part].map((char) => char.charCodeAt(0)) : part))).buffer

/** A JPEG's head with one Exif entry: orientation 6 in big-endian. */
const tiff = [0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0]
const turned = bytes([0xff, 0xd8, 0xff, 0xe1, 0, 2 + 6 + tiff.length], 'Exif', [0, 0], tiff, [0xff, 0xda, 0, 2])
const plain = bytes([0xff, 0xd8, 0xff, 0xda, 0, 2, 1, 2, 3])

describe('size', () => {
  it('the_long_side_is_bounded_and_small_pictures_stay_as_they_are', () => {
    expect(fitWithin(4000, 3000, 1600)).toEqual({ width: 1600, height: 1200 })
    expect(fitWithin(600, 800, 1600)).toEqual({ width: 600, height: 800 })
  })
  it('quality_gives_way_before_size', async () => {
    const tried: [number, number][] = []
    const encode = async (scale: number, quality: number) => {
      tried.push([scale, quality])
      return new ArrayBuffer(Math.round(1_000 * scale * quality))
    }
    expect((await smallEnough({ encode }, 700)).byteLength).toBe(650)
    expect(tried).toEqual([
      [1, 0.85],
      [1, 0.75],
      [1, 0.65],
    ])
  })
})

describe('metadata', () => {
  it('the_originals_block_is_carried_over_and_says_upright', () => {
    const block = exifBlock(turned)
    expect(block?.byteLength).toBe(2 + 2 + 6 + tiff.length)
    const out = withExif(plain, block)
    expect(out.byteLength).toBe(plain.byteLength + (block?.byteLength ?? 0))
    const again = exifBlock(out)
    expect(again && new DataView(again.buffer).getUint16(2 + 2 + 6 + 18)).toBe(1)
    expect(new Uint8Array(out).slice(-3)).toEqual(new Uint8Array([1, 2, 3]))
  })
  it('a_file_without_metadata_or_with_broken_metadata_passes_unchanged', () => {
    expect(exifBlock(plain)).toBeNull()
    expect(exifBlock(bytes([1, 2, 3]))).toBeNull()
    const broken = new Uint8Array(bytes([0xff, 0xe1, 0, 12], 'Exif', [0, 0], [0x4d, 0x4d, 0, 42]))
    expect(withExif(plain, broken)).toBe(plain)
  })
})

describe('the stamp', () => {
  it('breaks_long_lines_and_ends_after_two_rows', () => {
    const width = (text: string) => text.length
    expect(breakLine('一二三四', width, 10)).toEqual(['一二三四'])
    expect(breakLine('一二三四五六', width, 4)).toEqual(['一二三四', '五六'])
    expect(breakLine('一二三四五六七八九', width, 4)).toEqual(['一二三四', '五六七…'])
  })
})
