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
  { bytes = largest_photo_bytes, pixels = photo_pixels } = {},
): { ok: true; picture: Picture } | { ok: false; problem: 'too_large' | 'no_picture' } {
  if (file.length > bytes) return { ok: false, problem: 'too_large' }
  const type = photoTypeOf(file)
  const size = sizeIn(file)
  if (!size || !isDrawable(file)) return { ok: false, problem: size ? 'too_large' : 'no_picture' }
  const scale = Math.min(1, pixels / Math.max(size.width, size.height))
  const [w, h] = [size.width, size.height].map((side) => Math.max(1, Math.round(side * scale))) as [number, number]
  const turned = type === 'image/jpeg' ? orientationOf(file) : 1
  const [width, height] = turned >= 5 ? [h, w] : [w, h]
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><image width="${w}" height="${h}" transform="matrix(${matrices[turned](w, h).join(' ')})" preserveAspectRatio="none" href="data:${type};base64,${file.toString('base64')}"/></svg>`
  const drawn = new Resvg(svg, { font: { loadSystemFonts: false } }).render()
  // A photo covers all of it; broken, nothing was drawn.
  if (drawn.pixels.every((each) => each === 0)) return { ok: false, problem: 'no_picture' }
  const content = Buffer.from(drawn.asPng())
  const sha256 = createHash('sha256').update(content).digest('hex')
  return { ok: true, picture: { content, sha256, width, height } }
}

/**
 * A JPEG as it is, without what tells where and with what it was taken: its own colours (APP0, APP2, APP14) stay. null: it is
 * no JPEG, or lies on its side.
 */
export function withoutMetadata(file: Buffer): Picture | null {
  const size = photoTypeOf(file) === 'image/jpeg' && orientationOf(file) === 1 ? jpegSize(file) : null
  if (!size) return null
  const kept = [file.subarray(0, 2)]
  for (const { marker, at } of segmentsOf(file)) {
    // Behind the last header lies the picture itself.
    if (marker === 0xda) {
      const content = Buffer.concat([...kept, file.subarray(at)])
      return { content, sha256: createHash('sha256').update(content).digest('hex'), ...size }
    }
    const tells = (marker >= 0xe1 && marker <= 0xef && ![0xe2, 0xee].includes(marker)) || marker === 0xfe
    if (!tells && marker !== 0xff) kept.push(file.subarray(at, at + 2 + file.readUInt16BE(at + 2)))
  }
  return null
}

/** What is unpacked takes four bytes for each. */
const most_pixels = 40_000_000

/** A JPEG or PNG whose header says that it is not too large to be unpacked. */
export function isDrawable(file: Buffer): boolean {
  const size = sizeIn(file)
  return size !== null && size.width * size.height <= most_pixels
}

function sizeIn(file: Buffer): Size | null {
  const type = photoTypeOf(file)
  return type === 'image/jpeg' ? jpegSize(file) : type === 'image/png' ? pngSize(file) : null
}

interface Size {
  width: number
  height: number
}

const pngSize = (file: Buffer): Size | null =>
  file.length < 24 ? null : sizeOf(file.readUInt32BE(16), file.readUInt32BE(20))

/** From the first frame header (SOF) after the segments before it. */
function jpegSize(file: Buffer): Size | null {
  for (const { marker, at } of segmentsOf(file)) {
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (isFrame) return sizeOf(file.readUInt16BE(at + 7), file.readUInt16BE(at + 5))
  }
  return null
}

/** Segments of a JPEG in order, from their marker on. */
function* segmentsOf(file: Buffer): Generator<{ marker: number; at: number }> {
  let at = 2
  while (at + 9 < file.length && file[at] === 0xff) {
    const marker = file[at + 1] ?? 0
    if (marker !== 0xff) yield { marker, at }
    at += marker === 0xff ? 1 : 2 + file.readUInt16BE(at + 2)
  }
}

type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8

/** How a telephone was held, by tag 0x0112 of the segment Exif (CIPA DC-008, 4.6.4); 1: upright, or nothing says otherwise. */
function orientationOf(file: Buffer): Orientation {
  for (const { marker, at } of segmentsOf(file)) {
    const exif = file.subarray(at + 4, at + 2 + file.readUInt16BE(at + 2))
    if (marker !== 0xe1 || exif.length < 14 || exif.toString('latin1', 0, 6) !== 'Exif\0\0') continue
    const tiff = exif.subarray(6)
    const isLittle = tiff.toString('latin1', 0, 2) === 'II'
    const short = (from: number): number =>
      from + 2 > tiff.length ? 0 : isLittle ? tiff.readUInt16LE(from) : tiff.readUInt16BE(from)
    const first = isLittle ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4)
    for (let entry = 0; entry < short(first); entry++) {
      const from = first + 2 + 12 * entry
      if (short(from) !== 0x0112) continue
      const value = short(from + 8)
      return value in matrices ? (value as Orientation) : 1
    }
  }
  return 1
}

/** From the picture as it is kept, `w` by `h`, to how it was seen: the six numbers of a matrix in SVG. */
const matrices: Record<Orientation, (w: number, h: number) => readonly number[]> = {
  1: () => [1, 0, 0, 1, 0, 0],
  2: (w) => [-1, 0, 0, 1, w, 0],
  3: (w, h) => [-1, 0, 0, -1, w, h],
  4: (_w, h) => [1, 0, 0, -1, 0, h],
  5: () => [0, 1, 1, 0, 0, 0],
  6: (_w, h) => [0, 1, -1, 0, h, 0],
  7: (w, h) => [0, -1, -1, 0, h, w],
  8: (w) => [0, -1, 1, 0, 0, w],
}

const sizeOf = (width: number, height: number): Size | null => (width > 0 && height > 0 ? { width, height } : null)
