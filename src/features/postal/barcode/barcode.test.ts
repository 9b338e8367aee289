import bwip from 'bwip-js/node'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bars } from '../design/formats.ts'
import { barsFont, barsHeight, barsText } from './font.ts'
import { decode, encode, isMailerId, trackingOf } from './rules.ts'

// The first four: USPS-B-3200, appendix B; the fifth: the post's own encoder; the others: an independent implementation.
test.each([
  ['01234567094987654321', '', 'ATTFATTDTTADTAATTDTDTATTDAFDDFADFDFTFFFFFTATFAAAATDFFTDAADFTFDTDT'],
  ['01234567094987654321', '01234', 'DTTAFADDTTFTDTFTFDTDDADADAFADFATDDFTAAAFDTTADFAAATDFDTDFADDDTDFFT'],
  ['01234567094987654321', '012345678', 'ADFTTAFDTTTTFATTADTAAATFTFTATDAAAFDDADATATDTDTTDFDTDATADADTDFFTFA'],
  ['01234567094987654321', '01234567891', 'AADTFFDFTDADTAADAATFDTDDAAADDTDTTDAFADADDDTFFFDDTTTADFAAADFTDAADA'],
  ['23270592831482031240', '96713024817', 'DDADATADTAATDTTTDFDTTFTFFADTFTDFTATAAFTTFATDAATATDATATFADAADDTFDT'],
  ['00700901234567000001', '11354', 'AAAFDDDTTFFTFAADTDDFAFTADTTTDTDDDADFTDATFDFAAFDTATFDDDFTTDDFATAAD'],
  ['00310901234567000002', '113544160', 'FTDDFTDFFDTTATATTFFTFTFDADDFADAAADFAATDTFADFDFFDATADDDADDFAAADDAD'],
  ['53379777234994544928', '51135759461', 'DAFDTDAFFDFTDADTDDFTTFDTATATFFFDFTTFFFTFDDTDAAFATDFTFDFDTTTDTTFDA'],
  ['94999999999999999999', '99999999999', 'TDFAADDFAFDFFTADFATDAADDFDFTAFATFAFTTATDTFDDFAAFTTFADAAFTFTADFTTD'],
  ['00000000000000000000', '', 'ATDFAATFTAFTFATTTFDDAADATAAFTDFDADFDTDFAFDTAFFFTFDTDDTATATFTADTDA'],
])('%s with the ZIP code %s is the published barcode, and is read back', (tracking, routing, bars) => {
  expect(encode({ tracking, routing })).toEqual({ ok: true, bars })
  expect(decode(bars)).toEqual({ ok: true, barcode: { tracking, routing } })
})

const digits = (count: number) => fc.stringMatching(new RegExp(`^\\d{${count}}$`))
const barcodes = fc.record({
  tracking: fc.tuple(digits(1), fc.constantFrom('0', '1', '2', '3', '4'), digits(18)).map((parts) => parts.join('')),
  routing: fc.oneof(fc.constant(''), digits(5), digits(9), digits(11)),
})

test('any digits are read back as they were written', () => {
  fc.assert(
    fc.property(barcodes, (barcode) => {
      const encoded = encode(barcode)
      expect(encoded.ok && decode(encoded.bars)).toEqual({ ok: true, barcode })
    }),
  )
})

test('bwip-js draws the same bars', () => {
  fc.assert(
    fc.property(barcodes, ({ tracking, routing }) => {
      const [{ bhs = [], bbs = [] } = {}] = bwip.raw('onecode', tracking + routing, {}) as {
        bhs?: number[]
        bbs?: number[]
      }[] // as its documentation has it
      const bottom = Math.min(...bbs)
      const top = Math.max(...bhs.map((height, at) => height + (bbs[at] ?? 0)))
      const drawn = bhs.map((height, at) => {
        const below = (bbs[at] ?? 0) - bottom < 0.01
        const above = top - height - (bbs[at] ?? 0) < 0.01
        return below && above ? 'F' : above ? 'A' : below ? 'D' : 'T'
      })
      expect(encode({ tracking, routing })).toEqual({ ok: true, bars: drawn.join('') })
    }),
    { numRuns: 30 },
  )
})

const tracking = '01234567094987654321'
test.each([
  [
    { tracking: '0123456709498765432', routing: '' },
    { in: 'tracking', code: 'length', at: 19, found: '19' },
  ],
  [
    { tracking: '01234567O94987654321', routing: '' },
    { in: 'tracking', code: 'not_a_digit', at: 8, found: 'O' },
  ],
  [
    { tracking: '05234567094987654321', routing: '' },
    { in: 'tracking', code: 'identifier', at: 1, found: '5' },
  ],
  [
    { tracking, routing: '1135' },
    { in: 'routing', code: 'length', at: 4, found: '4' },
  ],
  [
    { tracking, routing: '1135-' },
    { in: 'routing', code: 'not_a_digit', at: 4, found: '-' },
  ],
])('%j is refused with the place', (barcode, problem) => {
  expect(encode(barcode)).toEqual({ ok: false, problem })
})

const first = 'ATTFATTDTTADTAATTDTDTATTDAFDDFADFDFTFFFFFTATFAAAATDFFTDAADFTFDTDT'
test.each([
  [first.slice(1), { in: 'bars', code: 'length', at: 64, found: '64' }],
  [`${first.slice(0, 30)}X${first.slice(31)}`, { in: 'bars', code: 'not_a_bar', at: 30, found: 'X' }],
  [`${first.slice(0, 30)}T${first.slice(31)}`, { in: 'bars', code: 'no_barcode', at: 0, found: '' }],
])('bars %s are refused', (bars, problem) => {
  expect(decode(bars)).toEqual({ ok: false, problem })
})

test('one bar read wrongly is never another barcode', () => {
  const misread = Array.from({ length: 65 }, (_, at) =>
    ['F', 'A', 'D', 'T']
      .filter((letter) => letter !== first[at])
      .map((letter) => first.slice(0, at) + letter + first.slice(at + 1)),
  ).flat()
  expect(misread).toHaveLength(195)
  expect(misread.filter((bars) => decode(bars).ok)).toEqual([])
})

test('serial numbers fill what the mailer leaves free', () => {
  expect(trackingOf({ service_type: '727', mailer_id: '901234567' }, 42)).toBe('00727901234567000042')
  expect(trackingOf({ service_type: '727', mailer_id: '123456' }, 42)).toBe('00727123456000000042')
  expect(trackingOf({ service_type: '727', mailer_id: '901234567' }, 1_000_000)).toBeNull()
  expect(['123456', '901234567'].every(isMailerId)).toBe(true)
  expect(['923456', '801234567', '12345', ''].some(isMailerId)).toBe(false)
})

test('the bars of the font are as wide, high and far apart as the post asks', () => {
  const font = barsFont()
  const table = (tag: string): Buffer => {
    const record = Array.from({ length: font.readUInt16BE(4) }, (_, at) => font.subarray(12 + 16 * at, 28 + 16 * at)).find((each) => each.toString('latin1', 0, 4) === tag) // prettier-ignore
    if (!record) throw new Error(tag)
    return font.subarray(record.readUInt32BE(8), record.readUInt32BE(8) + record.readUInt32BE(12))
  }
  const inches = (units: number): number => (units / table('head').readUInt16BE(18)) * barsHeight
  // Five bars, of each kind one and a tracker, and the letter for them.
  const letter = barsText('ADFTT')
  expect(letter).toHaveLength(1)
  const number = letter.charCodeAt(0) - 0xe000 + 1
  const glyph = table('glyf').subarray(table('loca').readUInt32BE(4 * number))
  const corners = 12 + 2 * 5 + 20
  const points = (from: number): number[] => {
    let sum = 0
    return Array.from({ length: 20 }, (_, at) => inches((sum += glyph.readInt16BE(from + 2 * at))))
  }
  const [across, up] = [points(corners), points(corners + 40)]
  const drawn = Array.from({ length: 5 }, (_, at) => [across[4 * at], (across[4 * at + 2] ?? 0) - (across[4 * at] ?? 0), up[4 * at], up[4 * at + 1]]) // prettier-ignore
  const reach = (bars.full - bars.tracker) / 2
  const standing = [[reach, bars.full], [0, bars.full - reach], [0, bars.full], [reach, bars.full - reach], [reach, bars.full - reach]] // prettier-ignore
  expect(drawn).toEqual(standing.map(([from, to], at) => [at * bars.pitch, bars.width, from, to].map((inch) => expect.closeTo(inch ?? -1, 6)))) // prettier-ignore
  expect(inches(table('hmtx').readUInt16BE(4 * number))).toBeCloseTo(5 * bars.pitch, 6)
  const all = barsText('ATTFATTDTTADTAATTDTDTATTDAFDDFADFDFTFFFFFTATFAAAATDFFTDAADFTFDTDT')
  expect(all).toMatch(/^[\u{E000}-\u{E3FF}]{13}$/u)
})
