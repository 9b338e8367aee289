import type { Position } from 'geojson'
import { expect, test } from 'vitest'
import { drawMap, shapesOf } from './draw.ts'
import { neighborsOf, shadeOf, shadesOf, viewOf } from './rules.ts'
import { prepareShapes } from './shapes.ts'
import { tileMap } from './tiles.ts'

/** A square of `size` degrees with its south-western corner here. */
const square = (x: number, y: number, size = 0.1): Position[] => [
  [x, y],
  [x + size, y],
  [x + size, y + size],
  [x, y + size],
  [x, y],
]
const feature = (district: unknown, geometry: unknown) => ({ type: 'Feature', properties: { district }, geometry })
const polygon = (...rings: Position[][]) => ({ type: 'Polygon', coordinates: rings })
const file = (...features: unknown[]) => ({ type: 'FeatureCollection', features })
const bytes = (content: unknown) =>
  new TextEncoder().encode(typeof content === 'string' ? content : JSON.stringify(content))
const prepare = (content: unknown, kind: Parameters<typeof prepareShapes>[1]['kind'] = 'nyc-council') =>
  prepareShapes(bytes(content), { state: 'NY', kind, id_property: 'district' })

const good = feature('20', polygon(square(-73.9, 40.7)))

test.each([
  ['nothing', '', 'empty', {}],
  ['no features', file(), 'empty', {}],
  ['not JSON', '{"type": "FeatureCollection",\n "features": [oops]}', 'not_json', { line: 2, column: 15 }],
  ['a text', '# Civic data', 'not_json', { line: 1, column: 1 }],
  ['cut off', JSON.stringify(file(good)).slice(0, -20), 'not_json', { line: 1 }],
  ['nested without end', '['.repeat(100_000), 'not_json', {}],
  ['a list', [1, 2], 'not_geojson', {}],
  ['a feature that is none', file({ type: 'Thing' }), 'not_geojson', { place: 'features.0.type' }],
  [
    'a point',
    file(good, feature('21', { type: 'Point', coordinates: [-73, 40] })),
    'wrong_geometry',
    { feature: 2, type: 'Point' },
  ],
  ['no shape', file(feature('20', null)), 'no_geometry', { feature: 1 }],
  ['an open ring', file(feature('20', polygon(square(-73.9, 40.7).slice(0, 4)))), 'bad_ring', { feature: 1 }],
  ['two points', file(feature('20', polygon(square(-73.9, 40.7).slice(0, 2)))), 'bad_ring', { feature: 1 }],
  [
    'letters for numbers',
    file(feature('20', { type: 'Polygon', coordinates: [[['a', 'b']]] })),
    'bad_ring',
    { feature: 1 },
  ],
  [
    'state plane',
    file(feature('20', polygon(square(1_012_345, 215_000, 100)))),
    'projected',
    { feature: 1, x: 1_012_345, y: 215_000 },
  ],
  ['web mercator', file(feature('20', polygon(square(-8_234_000, 4_970_000, 100)))), 'projected', { feature: 1 }],
  ['latitude first', file(feature('20', polygon(square(40.7, -73.9)))), 'not_here', { feature: 1 }],
  [
    'a named projection',
    { ...file(good), crs: { properties: { name: 'urn:ogc:def:crs:EPSG::2263' } } },
    'projection',
    { name: 'urn:ogc:def:crs:EPSG::2263' },
  ],
  [
    'no id',
    file(good, feature(null, polygon(square(-73.8, 40.7)))),
    'no_id',
    { feature: 2, property: 'district', has: 'district' },
  ],
  ['a bad id', file(feature('Queens', polygon(square(-73.9, 40.7)))), 'bad_id', { feature: 1, value: 'Queens' }],
  ['zero', file(feature(0, polygon(square(-73.9, 40.7)))), 'bad_id', { feature: 1 }],
  [
    'one district twice',
    file(good, feature('020', polygon(square(-73.8, 40.7)))),
    'duplicate',
    { district: '20', feature: 2, other: 1 },
  ],
] as const)('%s is refused, and it says where', (_name, content, code, given) => {
  const result = prepare(content)
  expect(result).toMatchObject({ ok: false, problem: { code, given } })
})

test('a file of more than 100 MB is refused unread', () => {
  expect(
    prepareShapes(new Uint8Array(100 * 1024 ** 2 + 1), { state: 'NY', kind: 'ed', id_property: 'ed' }),
  ).toMatchObject({
    ok: false,
    problem: { code: 'too_large', given: { megabytes: 101 } },
  })
})

test.each([
  [
    'WGS84 named in the older way',
    'nyc-council',
    '20',
    { ...file(good), crs: { properties: { name: 'urn:ogc:def:crs:OGC:1.3:CRS84' } } },
  ],
  ['a single feature', 'nyc-council', '20', good],
  ['a byte order mark', 'nyc-council', '20', `\uFEFF${JSON.stringify(file(good))}`],
  ['a number', 'senate', '16', file(feature(16, polygon(square(-73.9, 40.7))))],
  ['leading zeros', 'congress', '6', file(feature('06', polygon(square(-73.9, 40.7))))],
  ['a borough by name', 'borough', 'kings', file(feature('Brooklyn', polygon(square(-73.9, 40.7))))],
  ['a county by name', 'county', 'st-lawrence', file(feature('St. Lawrence County', polygon(square(-75, 44.5))))],
  ['an election district', 'ed', '23001', file(feature(23001, polygon(square(-73.9, 40.7))))],
  ['an election district as it is printed', 'ed', '23001', file(feature('001/23', polygon(square(-73.9, 40.7))))],
] as const)('%s is taken', (_name, kind, district, content) => {
  const result = prepare(content, kind)
  expect(result).toMatchObject({ ok: true, shapes: { districts: [district] } })
})

const drawn = (content: unknown) => {
  const result = prepare(content)
  if (!result.ok) throw new Error(result.problem.code)
  return drawMap('nyc-council', shapesOf(result.shapes.topology), { state: 'NY', as_of: null, source: 'test' })
}

test('TopoJSON gives the same shapes as GeoJSON', () => {
  const result = prepare(file(good))
  if (!result.ok) throw new Error(result.problem.code)
  const { topology } = result.shapes
  const object = topology.objects.districts as { geometries?: { properties?: object }[] }
  for (const each of object.geometries ?? []) each.properties = { district: '20' }
  expect(drawn(topology).shapes.map(({ district, path }) => ({ district, path }))).toEqual(
    drawn(file(good)).shapes.map(({ district, path }) => ({ district, path })),
  )
})

test('east is right, north is up, and neighbours share their line', () => {
  const map = drawn(
    file(
      feature('1', polygon(square(-74, 40.7))),
      feature('2', polygon(square(-73.9, 40.7))),
      feature('3', { type: 'MultiPolygon', coordinates: [[square(-74, 41)], [square(-74.2, 41, 0.05)]] }),
    ),
  )
  const at = (district: string) => map.shapes.find((each) => each.district === district) ?? { x: 0, y: 0 }
  expect(at('2').x).toBeGreaterThan(at('1').x)
  expect(at('3').y).toBeLessThan(at('1').y)
  expect(neighborsOf(map, '1')).toEqual(['2'])
  expect(neighborsOf(map, '3')).toEqual([])
  const view = viewOf(map, ['1', '2'])
  expect(view.top).toBeGreaterThan(at('3').y)
  expect(view.left + view.width).toBeLessThanOrEqual(map.width * 1.1)
})

test('of tiles too a part is shown, with the tiles around it', () => {
  const map = tileMap('assembly')
  const view = viewOf(map, ['24', '25', '40'])
  expect(view.width).toBeLessThan(map.width / 3)
  const shown = map.shapes.filter(({ x, y }) => x > view.left && x < view.left + view.width && y > view.top && y < view.top + view.height) // prettier-ignore
  expect(shown.map(({ district }) => district)).toEqual(expect.arrayContaining(['24', '25', '40', '26', '22']))
})

test('a hole stays a hole, whichever way round its line was drawn', () => {
  const hole = square(-73.87, 40.73, 0.04)
  for (const ring of [hole, [...hole].reverse()]) {
    const [shape] = drawn(file(feature('20', polygon(square(-73.9, 40.7), ring)))).shapes
    expect(shape?.path.match(/M/g)).toHaveLength(2)
  }
})

test('a coast of twenty thousand points becomes one that can be sent', () => {
  const coast = Array.from({ length: 20_000 }, (_, index): Position => {
    const angle = (index / 20_000) * 2 * Math.PI
    const radius = 0.1 + 0.002 * Math.sin(angle * 300)
    return [-73.9 + radius * Math.cos(angle), 40.7 + radius * Math.sin(angle)]
  })
  const result = prepare(file(feature('20', polygon([...coast, coast[0] ?? [0, 0]]))))
  if (!result.ok) throw new Error(result.problem.code)
  expect(result.shapes.points.before).toBe(20_001)
  expect(result.shapes.points.after).toBeLessThan(2600)
  expect(result.shapes.points.after).toBeGreaterThan(100)
})

test.each([
  [[], []],
  [[0, 0], []],
  [
    [3, 7, 7, 0],
    [
      { from: 3, to: 3 },
      { from: 7, to: 7 },
    ],
  ],
] as const)('classes of %j', (values, shades) => {
  expect(shadesOf(values)).toEqual(shades)
})

test('every number falls into one of at most five classes, none into two', () => {
  const values = Array.from({ length: 150 }, (_, index) => Math.round(100 * 1.07 ** index) + (index % 3))
  const shades = shadesOf(values)
  expect(shades).toHaveLength(5)
  for (const value of values) {
    const { from, to } = shades[shadeOf(shades, value)] ?? { from: NaN, to: NaN }
    expect(value).toBeGreaterThanOrEqual(from)
    expect(value).toBeLessThanOrEqual(to)
  }
  expect(shadeOf(shades, 0)).toBe(-1)
})
