import type { Generated, JSONColumnType } from 'kysely'
import type { AnyReport, ImportKind } from './schema.ts'

export interface ElectionImportTable {
  import_id: Generated<string>
  kind: Generated<ImportKind>
  /** Of the file. */
  name: string
  /** Emptied once it is imported or put away. */
  content: string
  state: Generated<'checked' | 'done' | 'discarded'>
  /** What the steward said of the file: its election, source and day. */
  told: JSONColumnType<Record<string, string>, string | undefined>
  report: JSONColumnType<AnyReport>
  requested_by: string
  requested_at: Date
  finished_at: Date | null
}

declare module '../../../platform/db/tables.ts' {
  interface Tables {
    election_import: ElectionImportTable
  }
}
