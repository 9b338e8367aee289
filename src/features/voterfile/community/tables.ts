import type { Generated } from 'kysely'
import type { PlaceKind } from './places.ts'

/** People of one place by community, as this installation loaded them. */
export interface CommunityPlaceTable {
  state: string
  kind: PlaceKind
  name: string
  within: string | null
  population: number
  korean: Generated<number>
  chinese: Generated<number>
  south_asian: Generated<number>
  vietnamese: Generated<number>
  filipino: Generated<number>
  japanese: Generated<number>
  other_asian: Generated<number>
  source: string
  loaded_at: Date
  loaded_by: string
}

/** With which tables a state's estimates were made. */
export interface CommunityEstimateTable {
  state: string
  /** Empty: something changed since, so that they have to be made anew. */
  version: string
  has_council: Generated<boolean>
  refreshing: string | null
  refreshed_to: Generated<number>
  refreshed_changed: Generated<number>
  refreshed_at: Date | null
}

declare module '../../../platform/db/tables.ts' {
  interface Tables {
    community_place: CommunityPlaceTable
    community_estimate: CommunityEstimateTable
  }
}
