import type { Feature, FeatureCollection, MultiPolygon, Position } from 'geojson'
import { feature, quantize } from 'topojson-client'
import { topology } from 'topojson-server'
import { presimplify, quantile, simplify } from 'topojson-simplify'
import type { Objects, Topology } from 'topojson-specification'
import { z } from 'zod'
import { here } from './area/rules.ts'
import { topologyObject } from './draw.ts'
import { newYorkCounties } from './new-york-counties.ts'
import { mapsState, mostAssemblyDistricts, type MapKind } from './schema.ts'
import { boroughNames } from './tiles.ts'

/** Why a file of shapes was not taken; the rest of the message's words are its arguments. */
export interface ShapeProblem {
  code: (typeof shapeProblems)[number]
  given: Record<string, string | number>
}
export const shapeProblems = [
  'too_large',
  'empty',
  'not_json',
  'not_geojson',
  'which_object',
  'projection',
  'projected',
  'not_here',
  'no_geometry',
  'wrong_geometry',
  'bad_ring',
  'no_id',
  'bad_id',
  'duplicate',
  'too_many',
] as const

export interface PreparedShapes {
  topology: Topology
  districts: string[]
  /** Points of all lines, before and after simplification. */
  points: { before: number; after: number }
}

export type Prepared = { ok: true; shapes: PreparedShapes } | { ok: false; problem: ShapeProblem }

export const maxShapeBytes = 100 * 1024 ** 2
/** New York has about 15,000 election districts. */
const maxFeatures = 30_000

class Refused extends Error {
  readonly problem: ShapeProblem
  constructor(code: ShapeProblem['code'], given: ShapeProblem['given'] = {}) {
    super(code)
    this.problem = { code, given }
  }
}

/** Checks GeoJSON or TopoJSON, simplifies it and makes the topology we keep. */
export function prepareShapes(
  bytes: Uint8Array,
  {
    state,
    kind,
    id_property,
    object,
  }: { state: string; kind: MapKind; id_property: string; object?: string | undefined },
): Prepared {
  try {
    if (bytes.length > maxShapeBytes) throw new Refused('too_large', { megabytes: Math.ceil(bytes.length / 1024 ** 2) })
    const features = featuresOf(parsed(bytes), object)
    if (features.length === 0) throw new Refused('empty')
    if (features.length > maxFeatures) throw new Refused('too_many', { count: features.length, most: maxFeatures })
    const seen = new Map<string, number>()
    const checked = features.map((each, index): Feature<MultiPolygon> => {
      const at = index + 1
      const district = idOf(each.properties, { state, kind, id_property, at })
      const before = seen.get(district)
      if (before !== undefined) throw new Refused('duplicate', { district, feature: at, other: before })
      seen.set(district, at)
      return { type: 'Feature', id: district, properties: {}, geometry: geometryOf(each.geometry, at) }
    })
    return { ok: true, shapes: simplified(kind, checked) }
  } catch (problem) {
    if (problem instanceof Refused) return { ok: false, problem: problem.problem }
    throw problem
  }
}

function parsed(bytes: Uint8Array): unknown {
  const text = new TextDecoder().decode(bytes) // drops a byte order mark
  if (text.trim() === '') throw new Refused('empty')
  try {
    return JSON.parse(text)
  } catch (problem) {
    // Nested deeper than the engine goes is a RangeError.
    if (!(problem instanceof SyntaxError || problem instanceof RangeError)) throw problem
    const at = placeOf(problem.message, text)
    const before = text.slice(0, at).split('\n')
    throw new Refused('not_json', { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 })
  }
}

/** Where the engine stopped: it names the position, or quotes ten letters before the one it did not expect, or the file ends early. */
function placeOf(message: string, text: string): number {
  const position = /position (\d+)/.exec(message)?.[1]
  if (position !== undefined) return Number(position)
  const [, token = '', cut, quoted = ''] =
    /Unexpected token '(.)', (\.\.\.)?"([^]*)"(?:\.\.\.)? is not valid JSON/u.exec(message) ?? []
  const start = quoted === '' ? -1 : text.indexOf(quoted)
  if (start >= 0) return start + (cut ? 10 : Math.max(0, quoted.indexOf(token)))
  return /end of JSON|Unterminated/.test(message) ? text.length : 0
}

const AnyFeature = z.looseObject({
  type: z.literal('Feature'),
  properties: z.record(z.string(), z.unknown()).nullish(),
  geometry: z.looseObject({ type: z.string(), coordinates: z.unknown() }).nullish(),
})
type AnyFeature = z.infer<typeof AnyFeature>
const Collection = z.looseObject({ type: z.literal('FeatureCollection'), features: z.array(AnyFeature) })
const AnyTopology = z.looseObject({
  type: z.literal('Topology'),
  arcs: z.array(z.array(z.array(z.number()).min(2))),
  objects: z.record(z.string(), z.looseObject({ type: z.string() })),
})
/** The older way to name another projection. */
const WithProjection = z.looseObject({ crs: z.looseObject({ properties: z.looseObject({ name: z.string() }) }) })

function featuresOf(file: unknown, object: string | undefined): AnyFeature[] {
  const projection = WithProjection.safeParse(file).data?.crs.properties.name
  if (projection !== undefined && !/(CRS:?:?84|EPSG:(\d*:|:)?(4326|4269))$/i.test(projection))
    throw new Refused('projection', { name: projection.slice(0, 80) })
  const one = AnyFeature.safeParse(file)
  if (one.success) return [one.data]
  const collection = Collection.safeParse(file)
  if (collection.success) return collection.data.features
  const topo = AnyTopology.safeParse(file)
  if (!topo.success) {
    const type = z.looseObject({ type: z.string() }).safeParse(file).data?.type ?? typeof file
    const place = collection.error.issues[0]?.path.join('.') ?? ''
    throw new Refused('not_geojson', { type: type.slice(0, 40), place: type === 'FeatureCollection' ? place : '' })
  }
  const names = Object.keys(topo.data.objects)
  const name = object ?? (names.length === 1 ? names[0] : undefined)
  const chosen = name === undefined || !names.includes(name) ? undefined : topo.data.objects[name]
  if (!chosen) throw new Refused('which_object', { names: names.join(', ').slice(0, 200) })
  try {
    // Checked as far as the conversion goes; what it makes is checked like any other GeoJSON.
    const made: unknown = feature(topo.data as unknown as Topology, chosen as never)
    return made !== null && typeof made === 'object' && 'features' in made
      ? z.array(AnyFeature).parse(made.features)
      : [AnyFeature.parse(made)]
  } catch (problem) {
    if (problem instanceof TypeError || problem instanceof z.ZodError)
      throw new Refused('not_geojson', { type: 'Topology', place: `objects.${name}` })
    throw problem
  }
}

const countySlugs = new Set(Object.values(newYorkCounties))
const boroughSlugs = new Map(Object.entries(boroughNames).map(([slug, name]) => [slugOf(name), slug]))

function slugOf(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replace(/^the /, '')
    .replace(/ county$/, '')
    .replace(/[.']/g, '')
    .replace(/[\s_]+/g, '-')
}

function idOf(
  properties: AnyFeature['properties'],
  { state, kind, id_property, at }: { state: string; kind: MapKind; id_property: string; at: number },
): string {
  const raw = properties && Object.hasOwn(properties, id_property) ? properties[id_property] : undefined
  if ((typeof raw !== 'string' && typeof raw !== 'number') || String(raw).trim() === '') {
    const has = Object.keys(properties ?? {})
    throw new Refused('no_id', { feature: at, property: id_property, has: has.join(', ').slice(0, 200) || '–' })
  }
  const district = districtNamed(state, kind, String(raw).trim())
  if (district === null) throw new Refused('bad_id', { feature: at, value: String(raw).slice(0, 60), kind })
  return district
}

/** As it is typed in an expression: '020' is '20', 'Brooklyn' is 'kings', '001/23' is '23001'. */
function districtNamed(state: string, kind: MapKind, value: string): string | null {
  if (kind === 'county' || kind === 'borough') {
    const slug = slugOf(value)
    if (state !== mapsState) return /^[a-z][a-z-]{0,40}$/.test(slug) ? slug : null
    const county = boroughSlugs.get(slug) ?? slug
    return (kind === 'borough' ? Object.hasOwn(boroughNames, county) : countySlugs.has(county)) ? county : null
  }
  if (kind === 'ed') {
    const [, ed, ad] = /^(\d{1,3})\/(\d{1,3})$/.exec(value) ?? []
    const number = ad === undefined ? Number(value) : Number(ad) * 1000 + Number(ed)
    return /^[\d/]+$/.test(value) &&
      number > 1000 &&
      number < (mostAssemblyDistricts(state) + 1) * 1000 &&
      number % 1000 > 0
      ? String(number)
      : null
  }
  return /^0*[1-9]\d{0,2}$/.test(value) ? String(Number(value)) : null
}

const Ring = z.array(z.array(z.number()).min(2))
const Rings = z.array(Ring).min(1)

function geometryOf(geometry: AnyFeature['geometry'], at: number): MultiPolygon {
  if (!geometry) throw new Refused('no_geometry', { feature: at })
  if (geometry.type !== 'Polygon' && geometry.type !== 'MultiPolygon')
    throw new Refused('wrong_geometry', { feature: at, type: geometry.type.slice(0, 40) })
  const polygons = (geometry.type === 'Polygon' ? z.tuple([Rings]) : z.array(Rings).min(1)).safeParse(
    geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates,
  )
  if (!polygons.success) throw new Refused('bad_ring', { feature: at })
  for (const ring of polygons.data.flat()) checkRing(ring, at)
  return { type: 'MultiPolygon', coordinates: polygons.data }
}

function checkRing(ring: Position[], at: number): void {
  const first = ring[0]
  const last = ring.at(-1)
  if (!first || !last || ring.length < 4 || first[0] !== last[0] || first[1] !== last[1])
    throw new Refused('bad_ring', { feature: at })
  for (const [x = 0, y = 0] of ring) {
    if (Math.abs(x) > 180 || Math.abs(y) > 90) throw new Refused('projected', { feature: at, x, y })
    if (x < here.west || x > here.east || y < here.south || y > here.north)
      throw new Refused('not_here', { feature: at, x, y })
  }
}

/** Points a drawn map keeps at most: fifty-one council districts then stay under 60 KB. */
const pointsPerShape = 40
const fewestPoints = 2500
/** What cannot be seen at a thousand units is left out; election districts are drawn one district at a time. */
const units = { plain: 1000, ed: 20_000 }

function simplified(kind: MapKind, features: Feature<MultiPolygon>[]): PreparedShapes {
  const unit = longerSide(features) / (kind === 'ed' ? units.ed : units.plain)
  const seen = features.map((each) => ({ ...each, geometry: withoutSpecks(each.geometry, 4 * unit ** 2) }))
  const collection: FeatureCollection = { type: 'FeatureCollection', features: seen }
  // Its types let properties be null, those of the simplification do not; ours are objects.
  const whole = topology({ [topologyObject]: collection }, 1e6) as unknown as Topology<Objects<object>>
  const weighed = presimplify(whole)
  const before = pointsIn(whole)
  const most = Math.max(fewestPoints, features.length * pointsPerShape)
  const least = before > most ? quantile(weighed, most / before) : 0
  const made = quantize(simplify(weighed, Math.max(unit ** 2 / 2, least)), kind === 'ed' ? 1e6 : 1e5)
  const given = features.reduce((sum, { geometry }) => sum + geometry.coordinates.flat(2).length, 0)
  return {
    topology: made,
    districts: features.map(({ id }) => String(id)),
    points: { before: given, after: pointsIn(made) },
  }
}

const pointsIn = ({ arcs }: Topology): number => arcs.reduce((sum, arc) => sum + arc.length, 0)

function longerSide(features: readonly Feature<MultiPolygon>[]): number {
  let [west, south, east, north] = [180, 90, -180, -90]
  for (const [x = 0, y = 0] of features.flatMap(({ geometry }) => geometry.coordinates.flat(2))) {
    west = Math.min(west, x)
    east = Math.max(east, x)
    south = Math.min(south, y)
    north = Math.max(north, y)
  }
  return Math.max(east - west, north - south)
}

/** Rocks and ponds that would be a dot. The largest part of a district always stays. */
function withoutSpecks({ coordinates }: MultiPolygon, least: number): MultiPolygon {
  const sized = coordinates.map((polygon) => ({ polygon, area: areaOf(polygon[0] ?? []) }))
  const most = Math.max(...sized.map(({ area }) => area))
  return {
    type: 'MultiPolygon',
    coordinates: sized
      .filter(({ area }) => area >= least || area === most)
      .map(({ polygon }) => polygon.filter((ring, index) => index === 0 || areaOf(ring) >= least)),
  }
}

function areaOf(ring: readonly Position[]): number {
  let twice = 0
  for (const [index, [x = 0, y = 0]] of ring.entries()) {
    const [nextX = 0, nextY = 0] = ring[(index + 1) % ring.length] ?? []
    twice += x * nextY - nextX * y
  }
  return Math.abs(twice) / 2
}
