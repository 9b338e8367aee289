import { mapsState, type DistrictMap, type DistrictShape, type MapKind } from './schema.ts'
import { tileGridSource, tileGrids } from './tile-grid.ts'

type TiledKind = Exclude<MapKind, 'ed'>

export interface Tile {
  district: string
  column: number
  row: number
}

/** Every tile of a grid, row by row. */
export function tilesOf(kind: TiledKind): Tile[] {
  return tileGrids[kind]
    .trim()
    .split('\n')
    .flatMap((line, row) =>
      line
        .trim()
        .split(/\s+/)
        .flatMap((district, column) => (district === '.' ? [] : [{ district, column, row }])),
    )
}

/** Names of counties are too long for a tile: their first letters. */
const ownLabels: Readonly<Record<string, string>> = { 'new-york': 'NEWY', 'st-lawrence': 'STLA' }

export const boroughNames: Readonly<Record<string, string>> = {
  bronx: 'Bronx',
  kings: 'Brooklyn',
  'new-york': 'Manhattan',
  queens: 'Queens',
  richmond: 'Staten Island',
}

function labelOf(kind: TiledKind, district: string): string {
  if (kind === 'borough') return boroughNames[district] ?? district
  if (kind === 'county') return ownLabels[district] ?? district.slice(0, 4).toUpperCase()
  return district
}

/** Widths of a place and of the gap between two, in units of the view box. */
const places = { square: { width: 40, height: 40 }, named: { width: 48, height: 36 }, wide: { width: 110, height: 70 } }
const gap = 3

/** The map of tiles of a kind. */
export function tileMap(kind: TiledKind): DistrictMap {
  const place = kind === 'borough' ? places.wide : kind === 'county' ? places.named : places.square
  const tiles = tilesOf(kind)
  const corner = 4
  const across = place.width - gap - 2 * corner
  const down = place.height - gap - 2 * corner
  const shapes = tiles.map(({ district, column, row }): DistrictShape => {
    const left = column * place.width + gap / 2
    const top = row * place.height + gap / 2
    return {
      district,
      label: labelOf(kind, district),
      path: `M${left + corner} ${top}h${across}q${corner} 0 ${corner} ${corner}v${down}q0 ${corner} -${corner} ${corner}h-${across}q-${corner} 0 -${corner} -${corner}v-${down}q0 -${corner} ${corner} -${corner}z`,
      x: left + (place.width - gap) / 2,
      y: top + (place.height - gap) / 2,
    }
  })
  return {
    kind,
    state: mapsState,
    is_tiles: true,
    width: place.width * (1 + Math.max(...tiles.map(({ column }) => column))),
    height: place.height * (1 + Math.max(...tiles.map(({ row }) => row))),
    as_of: null,
    source: tileGridSource,
    frame: null,
    shapes,
  }
}
