import type { Generated } from 'kysely'
import type { ColumnType } from 'kysely'
import type { Topology } from 'topojson-specification'
import type { CrosswalkKind, MapKind } from './schema.ts'

export interface DistrictMapTable {
  state: string
  kind: MapKind
  topology: ColumnType<Topology, string, string>
  shapes: number
  as_of: string | null
  source: string
  loaded_at: ColumnType<Date, Date, Date>
  loaded_by: string
}

export interface DistrictCenterTable {
  state: string
  kind: MapKind
  district: string
  longitude: number
  latitude: number
}

export interface CrosswalkTable {
  state: string
  kind: CrosswalkKind
  as_of: string | null
  source: string
  loaded_at: Generated<Date>
  loaded_by: string
}

export interface CrosswalkPartTable {
  state: string
  kind: CrosswalkKind
  ad: number
  ed: number
  district: number
  /** Of the election district, 0-1. */
  share: number
}

/** Parts of at least 99 %: the district of everybody who lives in that election district. */
export type CrosswalkWholeView = Omit<CrosswalkPartTable, 'share'>

declare module '../../platform/db/tables.ts' {
  interface Tables {
    district_map: DistrictMapTable
    district_center: DistrictCenterTable
    crosswalk: CrosswalkTable
    crosswalk_part: CrosswalkPartTable
    crosswalk_whole: CrosswalkWholeView
    /** Parts of election districts that lie wholly in no district. */
    crosswalk_divided: CrosswalkPartTable
  }
}
