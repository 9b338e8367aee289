/** Kinds of districts there are maps of. Of a county map, districts are county slugs ('queens'); a borough is its county. */
export const mapKinds = ['congress', 'senate', 'assembly', 'nyc-council', 'county', 'borough', 'ed'] as const
/** Whose districts our own tiles are, and which state is meant where none is said. */
export const mapsState = 'NY'
const newYorkKinds: readonly string[] = ['nyc-council', 'borough']
/** Has the state such districts? */
export const isKindOf = (state: string, kind: string): boolean => state === mapsState || !newYorkKinds.includes(kind)
/** Election districts are numbered within an assembly, elsewhere within a house district. */
export const mostAssemblyDistricts = (state: string): number => (state === mapsState ? 150 : 400)

export type MapKind = (typeof mapKinds)[number]

export const isMapKind = (text: string): text is MapKind => (mapKinds as readonly string[]).includes(text)

/** Mercator, then this much larger, moved by x and y. */
export interface Frame {
  scale: number
  x: number
  y: number
}

export interface DistrictShape {
  /** As it is typed in an expression: '20', 'queens', '23001' (assembly district × 1000 + election district). */
  district: string
  /** What stands on the shape: '20', 'QUEE', '001/23'. */
  label: string
  /** SVG path in the map's view box. */
  path: string
  /** Where the label stands, its middle. */
  x: number
  y: number
}

/** A drawn map: `viewBox="0 0 width height"`. */
export interface DistrictMap {
  kind: MapKind
  /** Two letters: 'NY'. */
  state: string
  /** Our own tiles, until real shapes are imported. */
  is_tiles: boolean
  width: number
  height: number
  /** Day of the lines, 'YYYY-MM-DD'. */
  as_of: string | null
  source: string
  /** How degrees became units of the view box; null: tiles, which lie nowhere. */
  frame: Frame | null
  shapes: DistrictShape[]
}

/** Where a list must do. */
export const noMap = (state: string, kind: MapKind): DistrictMap => ({
  kind,
  state,
  is_tiles: false,
  width: 0,
  height: 0,
  as_of: null,
  source: '',
  frame: null,
  shapes: [],
})

/** Districts a crosswalk from election districts may fill. */
export const crosswalkKinds = ['congress', 'senate', 'assembly', 'nyc-council'] as const
export type CrosswalkKind = (typeof crosswalkKinds)[number]

export const isCrosswalkKind = (text: string): text is CrosswalkKind =>
  (crosswalkKinds as readonly string[]).includes(text)
