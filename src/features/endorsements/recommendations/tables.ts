import type { ColumnType } from 'kysely'
import type { LocalizedText } from '../../../platform/i18n/languages.ts'

type Texts = ColumnType<LocalizedText, string, string>

export interface EndorsementRecommendationTable {
  organization_id: string
  cycle_id: string
  contest_id: number
  /** Empty: to endorse nobody. */
  candidate_ids: number[]
  reasons: Texts
  minority: Texts
  /** Empty: not named. */
  minority_by: string
  /** From then on members read it; null: a draft. */
  shown_at: ColumnType<Date | null, Date | null | undefined, Date | null>
  saved_by: string
  saved_at: Date
}

declare module '../../../platform/db/tables.ts' {
  interface Tables {
    endorsement_recommendation: EndorsementRecommendationTable
  }
}
