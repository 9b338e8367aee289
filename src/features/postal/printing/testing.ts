import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { Resvg } from '@resvg/resvg-js'
import { bars, bleed, formats, readZone } from '../design/formats.ts'
import type { PieceKind } from '../schema.ts'

/* Poppler draws a PDF as a print shop's programs do: it is none of ours. `.ci/run` installs it. */
const pdftoppm = '/usr/bin/pdftoppm'
export const isDrawn = existsSync(pdftoppm)

/** Rows of dots, each of `channels` bytes, red, green and blue first. */
interface Drawn {
  width: number
  height: number
  channels: 3 | 4
  pixels: Uint8Array
}

/** The sides with the address of pieces `from` to `to`, as a PDF prints them: of pieces with two pages, the second. */
export function addressSidesOf(pdf: string, from: number, to: number): Drawn[] {
  // As bare dots: packing and unpacking pictures takes ten times as long as drawing them.
  const pages = execFileSync(pdftoppm, ['-r', '150', '-e', '-f', String(2 * from), '-l', String(2 * to), pdf], {
    maxBuffer: 1e9,
  })
  const sides: Drawn[] = []
  for (let at = 0; at < pages.length;) {
    const head = /^P6\n(\d+) (\d+)\n255\n/.exec(pages.toString('latin1', at, at + 32))
    if (!head) throw new Error('pdftoppm writes another format')
    const [width, height] = [Number(head[1]), Number(head[2])]
    const begins = at + head[0].length
    at = begins + width * height * 3
    sides.push({ width, height, channels: 3, pixels: pages.subarray(begins, at) })
  }
  return sides
}

/** A picture of a preview. */
export function unpacked(png: Uint8Array): Drawn {
  const view = Buffer.from(png)
  const [width, height] = [view.readUInt32BE(16), view.readUInt32BE(20)]
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><image width="${width}" height="${height}" href="data:image/png;base64,${view.toString('base64')}"/></svg>`
  return { width, height, channels: 4, pixels: new Resvg(svg, { font: { loadSystemFonts: false } }).render().pixels }
}

/** Dots in the red of the guides, which stand nowhere else on a side with an address. */
export function redDots({ pixels, channels }: Drawn): number {
  let count = 0
  for (let at = 0; at < pixels.length; at += channels)
    if ((pixels[at] ?? 0) > 150 && (pixels[at + 1] ?? 255) < 100 && (pixels[at + 2] ?? 255) < 130) count += 1
  return count
}

/** The letters of the barcode as they stand in a picture of the side with the address; null: there are not 65 bars. */
export function readBars({ width, height, channels, pixels }: Drawn, kind: PieceKind): string | null {
  const format = formats[kind]
  const inch = width / (format.width + 2 * bleed)
  const isDark = (x: number, y: number): boolean => (pixels[channels * (y * width + x)] ?? 255) < 128
  const left = Math.floor((bleed + format.address_from - 0.02) * inch)
  const right = Math.ceil(left + (64 * bars.pitch + bars.width + 0.06) * inch)
  const runsAt = (y: number): number[] => {
    const centers: number[] = []
    for (let x = left; x <= right; x++) {
      if (!isDark(x, y)) continue
      const from = x
      while (x <= right && isDark(x, y)) x++
      centers.push((from + x - 1) / 2)
    }
    return centers
  }
  const rows: number[] = []
  const from = Math.floor((bleed + format.height - readZone.to) * inch)
  for (let y = from; y < height; y++) if (runsAt(y).length === 65) rows.push(y)
  const middle = rows[Math.floor(rows.length / 2)]
  if (middle === undefined) return null
  const reach = Math.round(((bars.full + bars.tracker) / 4) * inch)
  return runsAt(middle)
    .map((center) => {
      const x = Math.round(center)
      const [up, down] = [isDark(x, middle - reach), isDark(x, middle + reach)]
      return up ? (down ? 'F' : 'A') : down ? 'D' : 'T'
    })
    .join('')
}
