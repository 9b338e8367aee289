import type { ColumnType, Generated } from 'kysely'
import type { LocalizedText } from '../../../platform/i18n/languages.ts'
import type { Marks } from './rules.ts'

type Texts = ColumnType<LocalizedText, string, string>

export interface EndorsementCriterionTable {
  organization_id: string
  criterion_id: Generated<string>
  cycle_id: string
  position: number
  name: Texts
  weight: number
  means_1: Texts
  means_3: Texts
  means_5: Texts
}

export interface EndorsementScoreTable {
  organization_id: string
  cycle_id: string
  contest_id: number
  user_id: string
  candidate_id: number
  marks: ColumnType<Marks, string, string>
  notes: string
  saved_at: Date
}

/** An organizer ended the scoring before all were in. */
export interface EndorsementScoringClosedTable {
  organization_id: string
  cycle_id: string
  contest_id: number
  reason: string
  closed_by: string
  closed_at: Date
}

declare module '../../../platform/db/tables.ts' {
  interface Tables {
    endorsement_criterion: EndorsementCriterionTable
    endorsement_score: EndorsementScoreTable
    endorsement_scoring_closed: EndorsementScoringClosedTable
  }
}
