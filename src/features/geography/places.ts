import { sql, type RawBuilder } from 'kysely'
import type { MultiPolygon, Polygon, Position } from 'geojson'
import type { Area, Point } from './area/rules.ts'
import './tables.ts'

/*
 * Where voters live, as far as a map can say: no voter file has coordinates, but the map of election districts has a shape for each.
 * All voters of one are taken to live in its middle. Whose election district has no shape has no place.
 */

type Condition = RawBuilder<boolean>

/** Voters `v` whose election district has its middle in the area; null: those whose place is not known. */
export function inArea(area: Area | null): Condition {
  const where = area === null ? sql<boolean>`true` : centerIn(area)
  const known = sql<boolean>`((v.state, v.ad::integer * 1000 + v.ed) in (
    select c.state, c.district::integer from district_center c where c.kind = 'ed' and ${where}))`
  return area === null ? sql`${known} is not true` : known
}

function centerIn(area: Area): Condition {
  if ('points' in area) {
    const line = `(${area.points.map(({ latitude, longitude }) => `(${longitude},${latitude})`).join(',')})`
    return sql`point(c.longitude, c.latitude) <@ ${line}::polygon`
  }
  const { latitude, longitude } = area.center
  return sql`2 * 6371008.8 * asin(least(1, sqrt(sin(radians(c.latitude - ${latitude}::float8) / 2) ^ 2
    + cos(radians(c.latitude)) * cos(radians(${latitude}::float8)) * sin(radians(c.longitude - ${longitude}::float8) / 2) ^ 2))) <= ${area.meters}`
}

/** A point inside a shape, as much in its middle as may be: of the largest part, half-way along the widest of some lines across. */
export function middleOf(geometry: Polygon | MultiPolygon): Point {
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates
  const rings = polygons.reduce((most, each) => (sizeOf(each[0] ?? []) > sizeOf(most[0] ?? []) ? each : most))
  const latitudes = (rings[0] ?? []).map(([, latitude = 0]) => latitude)
  const [south, north] = [Math.min(...latitudes), Math.max(...latitudes)]
  let best = { width: -1, latitude: (south + north) / 2, longitude: rings[0]?.[0]?.[0] ?? 0 }
  // Nearer the middle first: of lines as wide the first stays.
  for (const share of [0.5, 0.45, 0.55, 0.4, 0.6, 0.35, 0.65, 0.3, 0.7, 0.25, 0.75]) {
    const latitude = south + (north - south) * share
    const across = rings.flatMap((ring) => crossings(ring, latitude)).sort((a, b) => a - b)
    for (let at = 0; at + 1 < across.length; at += 2) {
      const [from = 0, to = 0] = [across[at], across[at + 1]]
      // A little wider is not worth leaving the middle.
      if ((to - from) * (1 - Math.abs(share - 0.5)) > best.width) best = { width: (to - from) * (1 - Math.abs(share - 0.5)), latitude, longitude: (from + to) / 2 } // prettier-ignore
    }
  }
  return { latitude: best.latitude, longitude: best.longitude }
}

function crossings(ring: readonly Position[], latitude: number): number[] {
  return ring.flatMap(([x = 0, y = 0], index) => {
    const [nextX = 0, nextY = 0] = ring[(index + 1) % ring.length] ?? []
    return y <= latitude === nextY <= latitude ? [] : [x + ((latitude - y) / (nextY - y)) * (nextX - x)]
  })
}

function sizeOf(ring: readonly Position[]): number {
  let twice = 0
  for (const [index, [x = 0, y = 0]] of ring.entries()) {
    const [nextX = 0, nextY = 0] = ring[(index + 1) % ring.length] ?? []
    twice += x * nextY - nextX * y
  }
  return Math.abs(twice)
}
