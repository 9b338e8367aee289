import type { ColumnType, Generated } from 'kysely'
import type { LetteredResult, LineResult } from './schema.ts'

export interface PhoneBankSheetTable {
  organization_id: string
  sheet_id: Generated<string>
  phone_bank_id: string
  /** Counted within the phone bank. */
  number: number
  script_version: number
  /** Of whoever calls from it; null on older ones: all of the phone bank. */
  languages: ColumnType<string[] | null, readonly string[] | null | undefined, readonly string[] | null>
  /** As printed. */
  own_results: ColumnType<LetteredResult[], string | undefined, string>
  purpose: string
  law_accepted_at: Date
  made_by: string
  made_at: Date
  caller_id: string | null
  /** The day and hour written on it. */
  called_at: Date | null
}

export interface PhoneBankSheetLineTable {
  organization_id: string
  sheet_id: string
  line: number
  voter_id: number
  /** E.164 */
  phone: string
  /** How often it was corrected. */
  revision: Generated<number>
  typed: ColumnType<LineResult | null, string | null | undefined, string | null>
  typed_by: string | null
  typed_at: Date | null
}

declare module '../../../platform/db/tables.ts' {
  interface Tables {
    phone_bank_sheet: PhoneBankSheetTable
    phone_bank_sheet_line: PhoneBankSheetLineTable
  }
}
