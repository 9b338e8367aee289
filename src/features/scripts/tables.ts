import type { ColumnType, Generated } from 'kysely'
import type { ScriptContent } from './schema.ts'

export interface ScriptTable {
  organization_id: string
  script_id: Generated<string>
  name: string
  created_by: string
  created_at: Generated<Date>
  archived_at: Date | null
}

/** What callers read. A version that was used is never changed. */
export interface ScriptVersionTable {
  organization_id: string
  script_id: string
  version: number
  content: ColumnType<ScriptContent, string, string>
  created_by: string
  created_at: ColumnType<Date, Date | undefined, Date>
  /** Set: frozen. */
  first_used_at: ColumnType<Date | null, Date | null | undefined, Date | null>
}

declare module '../../platform/db/tables.ts' {
  interface Tables {
    script: ScriptTable
    script_version: ScriptVersionTable
  }
}
