import type { Generated } from 'kysely'
import type { Office, OfficialKind, Party } from './schema.ts'

export interface OfficialTable {
  official_id: Generated<number>
  office: Office
  kind: OfficialKind
  /** Number or county slug; null for city and state. */
  district: string | null
  figure_id: number
  party: Party | null
  phone: string | null
  email: string | null
  website: string | null
  address: string | null
  since: string | null
  until: string | null
  /** From when somebody else has the seat, also a day to come; null: holds it, as far as we know. */
  left_on: string | null
  /** Their term. */
  left_for: number | null
  as_of: string
  source: string
  source_url: string | null
  is_checked: Generated<boolean>
  party_is_assumed: Generated<boolean>
  /** When a steward entered that they take the seat; null: came with the program. */
  entered_at: Date | null
  changed_at: Date | null
  changed_by: string | null
}

declare module '../../../platform/db/tables.ts' {
  interface Tables {
    official: OfficialTable
  }
}
