import { createHash } from 'node:crypto'
import { Resvg } from '@resvg/resvg-js'
import { photoTypeOf } from '../../people/sheets/rules.ts'
import { largest_photo_bytes, photo_pixels } from './schema.ts'

export interface Picture {
  content: Buffer
  sha256: string
  width: number
  height: number
}

/**
 * Draws what was uploaded anew, small, as PNG: what is no picture draws nothing, and where and with what it was taken stays
 * behind.
 */
export function redrawn(
  file: Buffer,
): { ok: true; picture: Picture } | { ok: false; problem: 'too_large' | 'no_picture' } {
  if (file.length > largest_photo_bytes) return { ok: false, problem: 'too_large' }
  const type = photoTypeOf(file)
  const size = type === 'image/jpeg' ? jpegSize(file) : type === 'image/png' ? pngSize(file) : null
  if (!size || size.width * size.height > most_pixels) return { ok: false, problem: size ? 'too_large' : 'no_picture' }
  const scale = Math.min(1, photo_pixels / Math.max(size.width, size.height))
  const [width, height] = [size.width, size.height].map((side) => Math.max(1, Math.round(side * scale))) as [
    number,
    number,
  ]
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><image width="${width}" height="${height}" preserveAspectRatio="none" href="data:${type};base64,${file.toString('base64')}"/></svg>`
  const drawn = new Resvg(svg, { font: { loadSystemFonts: false } }).render()
  // A photo covers all of it; broken, nothing was drawn.
  if (drawn.pixels.every((each) => each === 0)) return { ok: false, problem: 'no_picture' }
  const content = Buffer.from(drawn.asPng())
  const sha256 = createHash('sha256').update(content).digest('hex')
  return { ok: true, picture: { content, sha256, width, height } }
}

/** What is unpacked takes four bytes for each. */
const most_pixels = 40_000_000

interface Size {
  width: number
  height: number
}

const pngSize = (file: Buffer): Size | null =>
  file.length < 24 ? null : sizeOf(file.readUInt32BE(16), file.readUInt32BE(20))

/** From the first frame header (SOF) after the segments before it. */
function jpegSize(file: Buffer): Size | null {
  let at = 2
  while (at + 9 < file.length) {
    if (file[at] !== 0xff) return null
    const marker = file[at + 1] ?? 0
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (isFrame) return sizeOf(file.readUInt16BE(at + 7), file.readUInt16BE(at + 5))
    at += marker === 0xff ? 1 : 2 + file.readUInt16BE(at + 2)
  }
  return null
}

const sizeOf = (width: number, height: number): Size | null => (width > 0 && height > 0 ? { width, height } : null)
