import type { Generated, JSONColumnType } from 'kysely'
import type { Report } from './schema.ts'

export interface ElectionImportTable {
  import_id: Generated<string>
  /** Of the file. */
  name: string
  /** Emptied once it is imported or put away. */
  content: string
  state: Generated<'checked' | 'done' | 'discarded'>
  report: JSONColumnType<Report>
  requested_by: string
  requested_at: Date
  finished_at: Date | null
}

declare module '../../../platform/db/tables.ts' {
  interface Tables {
    election_import: ElectionImportTable
  }
}
