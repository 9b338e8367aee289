import type { ColumnType } from 'kysely'
import type { LocalizedText } from '../../../platform/i18n/languages.ts'
import type { OwnKind } from './schema.ts'

/** A result the organization named itself. Never deleted: what was recorded under it keeps its name. */
export interface ResultCodeTable {
  organization_id: string
  code: string
  name: ColumnType<LocalizedText, string, string>
  counts_as: OwnKind
  made_at: Date
  made_by: string
  retired_at: Date | null
}

declare module '../../../platform/db/tables.ts' {
  interface Tables {
    result_code: ResultCodeTable
  }
}
