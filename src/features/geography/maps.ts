import type { MultiPolygon, Polygon } from 'geojson'
import type { Db } from '../../platform/db/db.ts'
import { drawMap, shapesOf } from './draw.ts'
import { isCrosswalkKind, mapsState, type CrosswalkKind, type DistrictMap, type MapKind } from './schema.ts'
import './tables.ts'
import { tileMap } from './tiles.ts'

/** Election districts are drawn of one district only: all of them at once would be a page of four thousand shapes. */
export interface Within {
  state: string
  kind: CrosswalkKind
  district: number
}

/** 'nyc-council/20' */
export function withinOf(text: string, state: string): Within | null {
  const [kind = '', district = ''] = text.split('/')
  return isCrosswalkKind(kind) && /^[0-9]{1,3}$/.test(district) ? { state, kind, district: Number(district) } : null
}

/** A drawn map and what tells it from an earlier or later one. */
export interface KeptMap {
  map: DistrictMap
  version: string
}

interface Kept {
  version: string
  shapes: readonly { district: string; geometry: Polygon | MultiPolygon }[]
  about: { state: string; as_of: string | null; source: string }
  drawn: DistrictMap | null
}

/** Shapes as last read, per database: cutting a topology apart takes longer than drawing a district of it. */
const kept = new WeakMap<Db, Map<string, Kept>>()

/**
 * The map of a kind: imported shapes, else our own tiles. null: no shapes, and no tiles of our own (election districts, other
 * states than New York).
 */
export async function districtMap(
  db: Db,
  state: string,
  kind: MapKind,
  within: Within | null = null,
): Promise<KeptMap | null> {
  const loaded = await shapesLoaded(db, state, kind)
  if (!loaded) return kind === 'ed' || state !== mapsState ? null : { map: tileMap(kind), version: 'tiles' }
  if (kind !== 'ed')
    return { map: (loaded.drawn ??= drawMap(kind, loaded.shapes, loaded.about)), version: loaded.version }
  if (!within) return null
  const inside = await electionDistrictsIn(db, within)
  const shapes = loaded.shapes.filter(({ district }) => inside.has(Number(district)))
  return shapes.length === 0
    ? null
    : { map: drawMap(kind, shapes, loaded.about), version: `${loaded.version}-${within.kind}-${within.district}` }
}

async function shapesLoaded(db: Db, state: string, kind: MapKind): Promise<Kept | null> {
  const about = await db
    .selectFrom('district_map')
    .select(['as_of', 'source', 'loaded_at'])
    .where('state', '=', state)
    .where('kind', '=', kind)
    .executeTakeFirst()
  if (!about) return null
  const version = String(about.loaded_at.getTime())
  const known = kept.get(db) ?? new Map<string, Kept>()
  kept.set(db, known)
  const already = known.get(`${state} ${kind}`)
  if (already?.version === version) return already
  const row = await db
    .selectFrom('district_map')
    .select(['topology', 'as_of', 'source', 'loaded_at'])
    .where('state', '=', state)
    .where('kind', '=', kind)
    .executeTakeFirstOrThrow()
  const read: Kept = {
    version: String(row.loaded_at.getTime()),
    shapes: shapesOf(row.topology),
    about: { state, as_of: row.as_of, source: row.source },
    drawn: null,
  }
  known.set(`${state} ${kind}`, read)
  return read
}

/** Assembly district × 1000 + election district of all that lie in it, wholly or partly. */
export async function electionDistrictsIn(
  db: Db,
  { state, kind, district }: Within,
): Promise<{ has(id: number): boolean }> {
  if (kind === 'assembly') return { has: (id) => Math.floor(id / 1000) === district }
  const rows = await db
    .selectFrom('crosswalk_part')
    .select(['ad', 'ed'])
    .where('state', '=', state)
    .where('kind', '=', kind)
    .where('district', '=', district)
    .execute()
  return new Set(rows.map(({ ad, ed }) => ad * 1000 + ed))
}
