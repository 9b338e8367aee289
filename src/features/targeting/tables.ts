import type { Generated } from 'kysely'

export interface UniverseTable {
  organization_id: string
  universe_id: Generated<string>
  name: string
  /** The targeting expression, canonical. */
  expression: string
  note: string | null
  /** Voters at `counted_at`. */
  counted: number | null
  counted_at: Date | null
  created_by: string
  created_at: Generated<Date>
  archived_at: Date | null
}

declare module '../../platform/db/tables.ts' {
  interface Tables {
    universe: UniverseTable
  }
}
