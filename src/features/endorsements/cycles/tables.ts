import type { ColumnType, Generated } from 'kysely'
import type { LocalizedText } from '../../../platform/i18n/languages.ts'

type Texts = ColumnType<LocalizedText, string, string>

export interface EndorsementCycleTable {
  organization_id: string
  cycle_id: Generated<string>
  name: Texts
  intro: ColumnType<LocalizedText, string | undefined, string>
  /** From then on everybody reads its page, and rules change with a reason only. */
  opened_at: ColumnType<Date | null, Date | null | undefined, Date | null>
  /** The cycle whose vote it decides between a few of; null: it is no run-off. */
  runoff_of: ColumnType<string | null, string | null | undefined, never>
  runoff_candidate_ids: ColumnType<number[] | null, number[] | null | undefined, never>
  made_by: string
  made_at: Date
}

export interface EndorsementRulesTable {
  organization_id: string
  cycle_id: string
  version: number
  /** `Rules` of the schema. */
  rules: ColumnType<unknown, string, string>
  /** Why they were changed after opening. */
  reason: ColumnType<LocalizedText | null, string | null, string | null>
  made_by: string
  made_at: Date
}

/** Kept with the rules: the contests they name. */
export interface EndorsementContestTable {
  organization_id: string
  cycle_id: string
  contest_id: number
}

declare module '../../../platform/db/tables.ts' {
  interface Tables {
    endorsement_cycle: EndorsementCycleTable
    endorsement_rules: EndorsementRulesTable
    endorsement_contest: EndorsementContestTable
  }
}
