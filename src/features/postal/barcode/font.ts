import { bars } from '../design/formats.ts'

/*
 * The four bars of the barcode as a font of four letters, A D F T: Typst sets a word of 65 letters in a fraction of the time
 * it takes for 65 shapes, and a file holds the font once. TrueType as in ISO/IEC 14496-22; every measure is exact.
 */

/** Set at this height in inches, a bar is as large as `bars` says. */
export const barsHeight = 0.5
export const barsFamily = 'Hanpyo Bars'

const units_of_em = 11_000
const unit = (inches: number): number => Math.round((inches / barsHeight) * units_of_em)
const reach = (bars.full - bars.tracker) / 2

/** In the order of their letters: lower and upper end, from the foot of a full bar. */
const glyphs = [
  { letter: 'A', from: reach, to: bars.full },
  { letter: 'D', from: 0, to: bars.full - reach },
  { letter: 'F', from: 0, to: bars.full },
  { letter: 'T', from: reach, to: bars.full - reach },
] as const

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

/** A bar as an outline of four corners; of a letter nobody knows: none. */
function outline({ from, to }: { from: number; to: number }): Buffer {
  const [right, bottom, top] = [unit(bars.width), unit(from), unit(to)]
  const corners = [[0, bottom], [0, top], [right, top], [right, bottom]] as const // prettier-ignore
  const steps = (axis: 0 | 1) => corners.map((corner, at) => corner[axis] - (corners[at - 1]?.[axis] ?? 0))
  const head = u16(1, 0, bottom, right, top, 3, 0)
  return Buffer.concat([head, Buffer.alloc(4, 1), u16(...steps(0)), u16(...steps(1))])
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

/** Format 4, a segment for each letter and the last one that ends it. */
function letters(): Buffer {
  const codes = [...glyphs.map(({ letter }) => letter.charCodeAt(0)), 0xffff]
  const deltas = codes.map((code, at) => (code === 0xffff ? 1 : at + 1 - code))
  const head = [4, 16 + 8 * codes.length, 0, 2 * codes.length, 8, 2, 2 * codes.length - 8]
  return Buffer.concat([u16(0, 1, 3, 1), u32(12), u16(...head, ...codes, 0, ...codes, ...deltas, ...codes.map(() => 0))]) // prettier-ignore
}

function tables(): Record<string, Buffer> {
  const outlines = [Buffer.alloc(0), ...glyphs.map(outline)]
  const [pitch, width, full] = [unit(bars.pitch), unit(bars.width), unit(bars.full)]
  const places = outlines.map((_, at) => outlines.slice(0, at).reduce((sum, each) => sum + each.length, 0))
  const count = outlines.length
  return {
    'OS/2': Buffer.concat([u16(4, pitch, 400, 5, 0, ...Array.from({ length: 11 }, () => 0)), Buffer.alloc(10), u32(1, 0, 0, 0), Buffer.from('HNPY'), u16(0x40, 65, 84, full, 0, 0, full, 0), u32(1, 0), u16(full, full, 0, 32, 0)]),
    cmap: letters(),
    glyf: Buffer.concat(outlines),
    // Made and changed: days that never change, so that the font does not.
    head: Buffer.concat([u32(0x10000, 0x10000, 0, 0x5f0f3cf5), u16(3, units_of_em), u32(0, 0, 0, 0), u16(0, 0, width, full, 0, 8, 2, 1, 0)]),
    hhea: Buffer.concat([u32(0x10000), u16(full, 0, 0, pitch, 0, 0, width, 1, 0, 0, 0, 0, 0, 0, 0, count)]),
    hmtx: u16(...outlines.flatMap(() => [pitch, 0])),
    loca: u32(...places, Buffer.concat(outlines).length),
    maxp: Buffer.concat([u32(0x10000), u16(count, 4, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0)]),
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
