import type { ColumnType } from 'kysely'

export interface PersonExternalIdTable {
  organization_id: string
  /** As the other system has it. */
  external_id: string
  person_id: string
}

type Json = ColumnType<unknown, string, string>

export interface PersonImportRowTable {
  organization_id: string
  import_id: string
  /** Of the file. */
  line: number
  kind: 'create' | 'update' | 'merge' | 'unchanged' | 'unsure' | 'refused'
  /** Whom it changes or made. */
  person_id: string | null
  effect: Json
  /** What taking it back needs; only of an import that is done. */
  undo: ColumnType<unknown, string | null | undefined, string | null>
}

export interface PersonImportKnownTable {
  organization_id: string
  /** What the row said of who it is. */
  fingerprint: string
  person_id: string
}

declare module '../../../platform/db/tables.ts' {
  interface Tables {
    person_external_id: PersonExternalIdTable
    person_import_row: PersonImportRowTable
    person_import_known: PersonImportKnownTable
  }
}
