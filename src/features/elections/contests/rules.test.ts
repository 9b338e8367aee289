import { Resvg } from '@resvg/resvg-js'
import { expect, test } from 'vitest'
import { redrawn } from '../figures/photo.ts'
import { foldedName, hostOf } from '../figures/rules.ts'
import { isPageAddress } from '../figures/schema.ts'
import { decidesOffice, districtIn, lineCode, linesIn, usualMethod } from './rules.ts'

test.each([
  ['NY', 'nyc-council', '020', '20'],
  ['NY', 'nyc-council', '52', null], // there are 51
  ['NY', 'county', 'Queens County', 'queens'],
  ['NY', 'county', 'Brooklyn', 'kings'],
  ['NY', 'city', '', ''],
  ['NY', 'city', '20', null], // a whole city has no number
  ['NY', 'assembly', '', null],
  ['NJ', 'senate', '38', '38'], // other states: as it is given
] as const)('in %s, %s %j is %j', (state, kind, typed, district) => {
  expect(districtIn(state, kind, typed)).toBe(district)
})

test.each([
  ['primary', 'council_member', 'ranked_choice'],
  ['special', 'mayor', 'ranked_choice'],
  ['general', 'council_member', 'plurality'],
  ['primary', 'state_senator', 'plurality'], // the City Charter ranks offices of the city alone
] as const)('a %s for %s is counted by %s', (kind, office, method) => {
  expect(usualMethod({ state: 'NY', kind, method: null }, office)).toBe(method)
})

test('ballot lines keep their order, in either language, and an independent body its own name', () => {
  expect(linesIn('민주당, 노동가족당')).toEqual(['dem', 'wor'])
  expect(linesIn('Working Families; Democratic; WFP')).toEqual(['wor', 'dem'])
  expect(lineCode('  Safe   Streets ')).toBe('Safe Streets')
  expect(linesIn(null)).toEqual([])
})

test.each([
  ['Nydia M. Velázquez', 'nydia velazquez'],
  ["Alicia O'Neil, Jr.", 'alicia oneil'],
  ['J. Lee', 'j lee'],
  ['Min-jun Park', 'min jun park'],
])('%s is known as %s', (name, folded) => {
  expect(foldedName(name)).toBe(folded)
})

test.each([
  ['general', 'council_member', true],
  ['special', 'mayor', true],
  ['runoff', 'mayor', true],
  ['primary', 'council_member', false], // nominated
  ['presidential_primary', 'president', false],
  ['primary', 'district_leader', true], // Election Law 6-106: elected by the party
  ['general', 'other', false], // of an office without a word of its own nobody keeps who holds it
] as const)('a %s decides who is %s: %s', (kind, office, decides) => {
  expect(decidesOffice(kind, office)).toBe(decides)
})

test.each([
  ['https://www.vote.nyc/page', true, 'vote.nyc'],
  ['https://jane.org|', false, 'https://jane.org|'],
  ['https://jane.org:abc', false, 'https://jane.org:abc'],
  ['https:///x', false, 'x'],
  ['javascript:alert(1)', false, ''],
])('%s is the address of a page: %s', (address, is, host) => {
  expect([isPageAddress(address), hostOf(address)]).toEqual([is, host])
})

/** A JPEG of 16 by 8, its left half black and its right half white, as a telephone held in one of eight ways keeps it. */
function halves(orientation: number, isLittle: boolean): Buffer {
  const segment = (marker: number, content: readonly number[]) => [0xff, marker, 0, content.length + 2, ...content]
  const tiff = Buffer.alloc(26)
  tiff.write(isLittle ? 'II' : 'MM', 'latin1')
  const put = (value: number, at: number, bytes: 2 | 4) => (isLittle ? tiff.writeUIntLE(value, at, bytes) : tiff.writeUIntBE(value, at, bytes)) // prettier-ignore
  for (const [value, at, bytes] of [[42, 2, 2], [8, 4, 4], [1, 8, 2], [0x0112, 10, 2], [3, 12, 2], [1, 14, 4], [orientation, 18, 2]] as const) put(value, at, bytes) // prettier-ignore
  return Buffer.from([
    0xff, 0xd8,
    ...segment(0xe1, [...Buffer.from('Exif\0\0', 'latin1'), ...tiff]),
    ...segment(0xdb, [0, ...Array.from({ length: 64 }, () => 8)]),
    ...segment(0xc0, [8, 0, 8, 0, 16, 1, 1, 0x11, 0]),
    // One code each: a difference of eight bits, and the end of a block.
    ...segment(0xc4, [0x00, 1, ...Array.from({ length: 15 }, () => 0), 8]),
    ...segment(0xc4, [0x10, 1, ...Array.from({ length: 15 }, () => 0), 0]),
    ...segment(0xda, [1, 1, 0x00, 0, 63, 0]),
    0x3f, 0x9f, 0xef,
    0xff, 0xd9,
  ]) // prettier-ignore
}

test.each([
  [1, 'left'],
  [2, 'right'],
  [3, 'right'],
  [4, 'left'],
  [5, 'top'],
  [6, 'top'],
  [7, 'bottom'],
  [8, 'bottom'],
])('a photo kept in orientation %i has its dark half on the %s', (orientation, side) => {
  for (const isLittle of [true, false]) {
    const made = redrawn(halves(orientation, isLittle))
    if (!made.ok) throw new Error(made.problem)
    const { width, height, content } = made.picture
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><image width="${width}" height="${height}" href="data:image/png;base64,${content.toString('base64')}"/></svg>`
    const { pixels } = new Resvg(svg).render()
    const isDark = (x: number, y: number): boolean => (pixels[4 * (y * width + x)] ?? 255) < 128
    const corners = [isDark(0, 0), isDark(width - 1, 0), isDark(0, height - 1), isDark(width - 1, height - 1)]
    const dark = { left: [true, false, true, false], right: [false, true, false, true], top: [true, true, false, false], bottom: [false, false, true, true] }[side] // prettier-ignore
    expect([corners, width > height]).toEqual([dark, orientation < 5])
  }
})
