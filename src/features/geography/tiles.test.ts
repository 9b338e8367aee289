import { describe, expect, test } from 'vitest'
import { newYorkCounties } from './new-york-counties.ts'
import { mapKinds, type MapKind } from './schema.ts'
import { tileMap, tilesOf, type Tile } from './tiles.ts'

const upTo = (last: number): string[] => Array.from({ length: last }, (_, index) => String(index + 1))
const all: Record<Exclude<MapKind, 'ed'>, string[]> = {
  congress: upTo(26),
  senate: upTo(63),
  assembly: upTo(150),
  'nyc-council': upTo(51),
  county: Object.values(newYorkCounties),
  borough: ['bronx', 'kings', 'new-york', 'queens', 'richmond'],
}
const kinds = mapKinds.filter((kind) => kind !== 'ed')

const place = (kind: (typeof kinds)[number], district: string): Tile => {
  const tile = tilesOf(kind).find((each) => each.district === district)
  if (!tile) throw new Error(`no tile ${district}`)
  return tile
}
const touch = (a: Tile, b: Tile): boolean => Math.abs(a.column - b.column) <= 1 && Math.abs(a.row - b.row) <= 1

describe.each(kinds)('tiles of %s', (kind) => {
  const tiles = tilesOf(kind)

  test('every district has one tile, and no two lie on each other', () => {
    expect(tiles.map(({ district }) => district).sort()).toEqual([...all[kind]].sort())
    expect(new Set(tiles.map(({ column, row }) => `${column} ${row}`)).size).toBe(tiles.length)
  })

  test('they hang together', () => {
    const reached = new Set(tiles.slice(0, 1))
    for (const tile of reached) for (const other of tiles) if (touch(tile, other)) reached.add(other)
    expect(reached.size).toBe(tiles.length)
  })

  test('labels tell them apart, and every shape lies in the view box', () => {
    const { shapes, width, height } = tileMap(kind)
    expect(new Set(shapes.map(({ label }) => label)).size).toBe(shapes.length)
    for (const { x, y } of shapes) {
      expect(x).toBeGreaterThan(0)
      expect(x).toBeLessThan(width)
      expect(y).toBeGreaterThan(0)
      expect(y).toBeLessThan(height)
    }
  })
})

test.each(['congress', 'senate', 'assembly'] as const)('%s 1 is at the eastern end of Long Island', (kind) => {
  expect(place(kind, '1').column).toBe(Math.max(...tilesOf(kind).map(({ column }) => column)))
})

test.each([
  ['congress', '26', 'congress', '1'],
  ['senate', '61', 'senate', '45'],
  ['assembly', '149', 'assembly', '109'],
  ['county', 'erie', 'county', 'albany'],
  ['nyc-council', '49', 'nyc-council', '19'],
] as const)('%s %s is west of %s %s', (kind, west, otherKind, east) => {
  expect(place(kind, west).column).toBeLessThan(place(otherKind, east).column)
})

test.each([
  ['assembly', '115', '65'],
  ['senate', '45', '23'],
  ['congress', '21', '11'],
  ['nyc-council', '11', '51'],
  ['county', 'clinton', 'richmond'],
] as const)('of %s, %s is north of %s', (kind, north, south) => {
  expect(place(kind, north).row).toBeLessThan(place(kind, south).row)
})

test.each([
  ['nyc-council', '19', '20'],
  ['nyc-council', '19', '23'],
  ['nyc-council', '1', '2'],
  ['nyc-council', '49', '50'],
  ['county', 'queens', 'nassau'],
  ['county', 'queens', 'kings'],
  ['county', 'erie', 'niagara'],
  ['assembly', '25', '40'],
  ['senate', '11', '16'],
  ['congress', '3', '6'],
] as const)('of %s, %s and %s are neighbours as they are outside', (kind, one, other) => {
  const [a, b] = [place(kind, one), place(kind, other)]
  expect(Math.max(Math.abs(a.column - b.column), Math.abs(a.row - b.row))).toBeLessThanOrEqual(2)
})
