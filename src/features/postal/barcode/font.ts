import { bars } from '../design/formats.ts'
import type { Bars } from './rules.ts'

/*
 * The bars of the barcode as a font: a letter for each way five of them may stand side by side, so that all 65 are a word of
 * thirteen. Typst sets that in a fraction of the time it takes for 65 shapes, and a file holds the font once. TrueType as in
 * ISO/IEC 14496-22; every measure is exact.
 */

/** Set at this height in inches, a bar is as large as `bars` says. */
export const barsHeight = 0.5
export const barsFamily = 'Hanpyo Bars'

const units_of_em = 11_000
const unit = (inches: number): number => Math.round((inches / barsHeight) * units_of_em)
const reach = (bars.full - bars.tracker) / 2

/** Lower and upper end, from the foot of a full bar. */
const ends = {
  A: [reach, bars.full],
  D: [0, bars.full - reach],
  F: [0, bars.full],
  T: [reach, bars.full - reach],
} as const
const kinds = ['A', 'D', 'F', 'T'] as const

/** Bars of one letter. */
const together = 5
/** The first letter; there is a range nobody else has letters in. */
const first = 0xe000
const count = kinds.length ** together

/** How the bars of a barcode are written in this font. */
export const barsText = (letters: Bars): string =>
  letters.replaceAll(/.{5}/g, (five) =>
    String.fromCharCode(first + Array.from(five).reduce((sum, letter) => 4 * sum + kinds.indexOf(letter as Bar), 0)),
  )
type Bar = (typeof kinds)[number]

const barsAt = (index: number): Bar[] =>
  Array.from({ length: together }, (_, at) => kinds[Math.floor(index / 4 ** (together - 1 - at)) % 4] ?? 'T')

const u16 = (...values: number[]): Buffer => {
  const made = Buffer.alloc(values.length * 2)
  for (const [at, value] of values.entries()) made.writeUInt16BE(value & 0xffff, at * 2)
  return made
}
const u32 = (...values: number[]): Buffer => {
  const made = Buffer.alloc(values.length * 4)
  for (const [at, value] of values.entries()) made.writeUInt32BE(value >>> 0, at * 4)
  return made
}

/** Each bar is an outline of four corners. */
function outline(standing: readonly Bar[]): Buffer {
  const corners = standing.flatMap((bar, at) => {
    const [left, right] = [unit(at * bars.pitch), unit(at * bars.pitch) + unit(bars.width)]
    const [bottom, top] = [unit(ends[bar][0]), unit(ends[bar][1])]
    return [[left, bottom], [left, top], [right, top], [right, bottom]] as const // prettier-ignore
  })
  const steps = (axis: 0 | 1) => corners.map((corner, at) => corner[axis] - (corners[at - 1]?.[axis] ?? 0))
  const [ups, right] = [corners.map(([, up]) => up), corners.at(-1)?.[0] ?? 0]
  const head = u16(
    standing.length,
    0,
    Math.min(...ups),
    right,
    Math.max(...ups),
    ...standing.map((_, at) => 4 * at + 3),
    0,
  )
  return Buffer.concat([head, Buffer.alloc(corners.length, 1), u16(...steps(0)), u16(...steps(1))])
}

/** Windows, Unicode: what it is called. */
function names(): Buffer {
  const said = [[1, barsFamily], [2, 'Regular'], [3, barsFamily], [4, barsFamily], [6, barsFamily.replaceAll(' ', '')]] as const // prettier-ignore
  const texts = said.map(([, text]) => Buffer.from(text, 'utf16le').swap16())
  let from = 0
  const records = said.map(([id], at) => {
    const length = texts[at]?.length ?? 0
    from += length
    return u16(3, 1, 0x409, id, length, from - length)
  })
  return Buffer.concat([u16(0, said.length, 6 + 12 * said.length), ...records, ...texts])
}

/** Format 4, a segment for all letters and the last one that ends it. */
const letterTable = (): Buffer =>
  Buffer.concat([u16(0, 1, 3, 1), u32(12), u16(4, 32, 0, 4, 4, 1, 0, first + count - 1, 0xffff, 0, first, 0xffff, 1 - first, 1, 0, 0)]) // prettier-ignore

function tables(): Record<string, Buffer> {
  const outlines = [Buffer.alloc(0), ...Array.from({ length: count }, (_, index) => outline(barsAt(index)))]
  const [pitch, width, full] = [unit(together * bars.pitch), unit((together - 1) * bars.pitch + bars.width), unit(bars.full)]
  let from = 0
  const places = outlines.map(({ length }) => (from += length) - length)
  return {
    'OS/2': Buffer.concat([u16(4, pitch, 400, 5, 0, ...Array.from({ length: 11 }, () => 0)), Buffer.alloc(10), u32(0, 1 << 28, 0, 0), Buffer.from('HNPY'), u16(0x40, first, first + count - 1, full, 0, 0, full, 0), u32(1, 0), u16(full, full, 0, 32, 0)]),
    cmap: letterTable(),
    glyf: Buffer.concat(outlines),
    // Made and changed: days that never change, so that the font does not.
    head: Buffer.concat([u32(0x10000, 0x10000, 0, 0x5f0f3cf5), u16(3, units_of_em), u32(0, 0, 0, 0), u16(0, 0, width, full, 0, 8, 2, 1, 0)]),
    hhea: Buffer.concat([u32(0x10000), u16(full, 0, 0, pitch, 0, 0, width, 1, 0, 0, 0, 0, 0, 0, 0, outlines.length)]),
    hmtx: u16(...outlines.flatMap(() => [pitch, 0])),
    loca: u32(...places, from),
    maxp: Buffer.concat([u32(0x10000), u16(outlines.length, 4 * together, together, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0)]),
    name: names(),
    post: u32(0x30000, 0, 0, 1, 0, 0, 0, 0),
  }
} // prettier-ignore

const padded = (table: Buffer): Buffer => Buffer.concat([table, Buffer.alloc((4 - (table.length % 4)) % 4)])

function checksum(table: Buffer): number {
  const whole = padded(table)
  let sum = 0
  for (let at = 0; at < whole.length; at += 4) sum = (sum + whole.readUInt32BE(at)) >>> 0
  return sum
}

export function barsFont(): Buffer {
  const named = Object.entries(tables())
  const power = 2 ** Math.floor(Math.log2(named.length))
  const head = Buffer.concat([u32(0x10000), u16(named.length, power * 16, Math.log2(power), named.length * 16 - power * 16)]) // prettier-ignore
  let from = head.length + 16 * named.length
  const records = named.map(([name, table]) => {
    const record = Buffer.concat([Buffer.from(name), u32(checksum(table), from, table.length)])
    from += padded(table).length
    return record
  })
  const whole = Buffer.concat([head, ...records, ...named.map(([, table]) => padded(table))])
  const header = records.find((record) => record.toString('latin1', 0, 4) === 'head')?.readUInt32BE(8) ?? 0
  whole.writeUInt32BE((0xb1b0afba - checksum(whole)) >>> 0, header + 8)
  return whole
}

/** For what prints a barcode. */
export const barsFonts: ReadonlyMap<string, Uint8Array> = new Map([[barsFamily, barsFont()]])
