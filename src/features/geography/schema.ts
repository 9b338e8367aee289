/** Kinds of districts there are maps of. Of a county map, districts are county slugs ('queens'); a borough is its county. */
export const mapKinds = ['congress', 'senate', 'assembly', 'nyc-council', 'county', 'borough', 'ed'] as const
/** Whose districts they are. */
export const mapsState = 'NY'
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

/** Districts a crosswalk from election districts may fill. */
export const crosswalkKinds = ['congress', 'senate', 'assembly', 'nyc-council'] as const
export type CrosswalkKind = (typeof crosswalkKinds)[number]

export const isCrosswalkKind = (text: string): text is CrosswalkKind =>
  (crosswalkKinds as readonly string[]).includes(text)
