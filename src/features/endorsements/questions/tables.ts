import type { ColumnType, Generated } from 'kysely'
import type { LocalizedText } from '../../../platform/i18n/languages.ts'
import type { ContestOffice } from '../../elections/contests/schema.ts'
import type { QuestionKind } from './schema.ts'

export interface EndorsementQuestionTable {
  organization_id: string
  cycle_id: string
  question_id: Generated<string>
  kind: QuestionKind
  text: ColumnType<LocalizedText, string, string>
  hint: ColumnType<LocalizedText, string, string>
  /** What is ranked. */
  choices: ColumnType<LocalizedText[], string, string>
  words_most: number | null
  is_needed: boolean
  office: ContestOffice | null
  contest_id: number | null
  position: number
}

declare module '../../../platform/db/tables.ts' {
  interface Tables {
    endorsement_question: EndorsementQuestionTable
  }
}
