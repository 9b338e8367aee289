import type { ColumnType } from 'kysely'
import type { EventText } from '../schema.ts'
import type { QuestionState } from './schema.ts'

export interface EventPanelQuestionTable {
  organization_id: string
  question_id: string
  event_id: string
  /** Who asked; null: the team. */
  signup_id: string | null
  /** The answer as it was when it was edited; '' of the team's own. */
  asked: string
  /** It was asked in. */
  language: string
  text: ColumnType<EventText, string, string>
  state: QuestionState
  /** The one that asks the same. */
  into_id: string | null
  /** Of those kept. */
  position: number | null
  made_at: Date
  made_by: string
}

declare module '../../../platform/db/tables.ts' {
  interface Tables {
    event_panel_question: EventPanelQuestionTable
  }
}
