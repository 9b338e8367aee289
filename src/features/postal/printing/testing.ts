import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Resvg } from '@resvg/resvg-js'
import { bars, bleed, formats, readZone } from '../design/formats.ts'
import type { PieceKind } from '../schema.ts'

/* Poppler draws a PDF as a print shop's programs do: it is none of ours. `.ci/run` installs it. */
const pdftoppm = '/usr/bin/pdftoppm'
export const isDrawn = existsSync(pdftoppm)

/** Every second page of a PDF as it is printed, as PNG: of pieces with two pages, the side with the address. */
export function addressSidesOf(pdf: string): Uint8Array[] {
  const folder = mkdtempSync(join(tmpdir(), 'drawn-'))
  try {
    execFileSync(pdftoppm, ['-png', '-r', '150', '-e', pdf, join(folder, 'page')])
    return readdirSync(folder)
      .toSorted()
      .map((name) => readFileSync(join(folder, name)))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function drawn(png: Uint8Array) {
  const view = Buffer.from(png)
  const [width, height] = [view.readUInt32BE(16), view.readUInt32BE(20)]
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><image width="${width}" height="${height}" href="data:image/png;base64,${view.toString('base64')}"/></svg>`
  return { width, height, pixels: new Resvg(svg, { font: { loadSystemFonts: false } }).render().pixels }
}

/** Dots in the red of the guides, which stand nowhere else on a side with an address. */
export function redDots(png: Uint8Array): number {
  const { pixels } = drawn(png)
  let count = 0
  for (let at = 0; at < pixels.length; at += 4)
    if ((pixels[at] ?? 0) > 150 && (pixels[at + 1] ?? 255) < 100 && (pixels[at + 2] ?? 255) < 130) count += 1
  return count
}

/** The letters of the barcode as they stand in a picture of the side with the address; null: there are not 65 bars. */
export function readBars(png: Uint8Array, kind: PieceKind): string | null {
  const { width, height, pixels } = drawn(png)
  const format = formats[kind]
  const inch = width / (format.width + 2 * bleed)
  const isDark = (x: number, y: number): boolean => (pixels[4 * (y * width + x)] ?? 255) < 128
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
