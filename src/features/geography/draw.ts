import { geoIdentity, geoMercator, geoPath } from 'd3-geo'
import type { MultiPolygon, Polygon, Position } from 'geojson'
import { feature } from 'topojson-client'
import type { GeometryCollection, Topology } from 'topojson-specification'
import { capitalized } from './rules.ts'
import type { DistrictMap, DistrictShape, MapKind } from './schema.ts'

/** Name of the one object in a topology we keep. */
export const topologyObject = 'districts'

/** The longer side of a drawn map, in units of its view box. */
const longest = 1000
const margin = 4

/** The shapes of a topology. Ids are districts. */
export function shapesOf(topology: Topology): { district: string; geometry: Polygon | MultiPolygon }[] {
  const object = topology.objects[topologyObject]
  if (object?.type !== 'GeometryCollection') throw new Error('a kept topology has one collection of districts')
  const collection = feature(topology, object as GeometryCollection)
  return collection.features.flatMap(({ id, geometry }) =>
    geometry.type === 'Polygon' || geometry.type === 'MultiPolygon' ? [{ district: String(id), geometry }] : [],
  )
}

/**
 * Draws shapes into a view box of their own proportions. Mercator point by point, then flat: d3's spherical clipping would take a
 * ring that simplification turned over for everything outside it.
 */
export function drawMap(
  kind: MapKind,
  shapes: readonly { district: string; geometry: Polygon | MultiPolygon }[],
  about: { state: string; as_of: string | null; source: string },
): DistrictMap {
  const flat = shapes.map(({ district, geometry }) => ({ district, geometry: projected(geometry) }))
  const all = { type: 'GeometryCollection' as const, geometries: flat.map(({ geometry }) => geometry) }
  const [[left, bottom], [right, top]] = geoPath(geoIdentity()).bounds(all)
  const ratio = (right - left) / Math.max(top - bottom, 1e-12)
  const width = ratio >= 1 ? longest : Math.max(1, Math.round(longest * ratio))
  const height = ratio >= 1 ? Math.max(1, Math.round(longest / ratio)) : longest
  const fitted = geoIdentity().fitExtent(
    [
      [margin, margin],
      [width - margin, height - margin],
    ],
    all,
  )
  const path = geoPath(fitted).digits(1)
  const [x, y] = fitted.translate()
  return {
    kind,
    is_tiles: false,
    width,
    height,
    ...about,
    frame: { scale: fitted.scale(), x, y },
    shapes: flat.flatMap(({ district, geometry }): DistrictShape[] => {
      const drawn = path(geometry)
      if (!drawn) return []
      // In the largest part: a label between islands stands in the water.
      const [x, y] = path.centroid(largest(geometry))
      return [{ district, label: labelOf(kind, district), path: drawn, x: rounded(x), y: rounded(y) }]
    }),
  }
}

const rounded = (value: number): number => Math.round(value * 10) / 10

function labelOf(kind: MapKind, district: string): string {
  // 'ED/AD', as the Board of Elections writes it.
  if (kind === 'ed') return `${String(Number(district) % 1000).padStart(3, '0')}/${Math.floor(Number(district) / 1000)}`
  if (kind === 'county' || kind === 'borough') return capitalized(district)
  return district
}

const mercator = geoMercator().scale(1).translate([0, 0])

function projected(geometry: Polygon | MultiPolygon): Polygon | MultiPolygon {
  const ring = (points: Position[]): Position[] =>
    points.map(([longitude = 0, latitude = 0]) => mercator([longitude, latitude]) ?? [0, 0])
  return geometry.type === 'Polygon'
    ? { type: 'Polygon', coordinates: geometry.coordinates.map(ring) }
    : { type: 'MultiPolygon', coordinates: geometry.coordinates.map((polygon) => polygon.map(ring)) }
}

function largest(geometry: Polygon | MultiPolygon): Polygon {
  if (geometry.type === 'Polygon') return geometry
  const area = geoPath(geoIdentity())
  const polygons = geometry.coordinates.map((coordinates): Polygon => ({ type: 'Polygon', coordinates }))
  return polygons.reduce((most, each) => (area.area(each) > area.area(most) ? each : most))
}
