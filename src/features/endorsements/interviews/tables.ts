import type { ColumnType, Generated } from 'kysely'
import type { LocalizedText } from '../../../platform/i18n/languages.ts'
import type { TieKind } from '../cycles/schema.ts'

type Instant = ColumnType<Date | null, Date | null | undefined, Date | null>

export interface EndorsementInterviewsTable {
  organization_id: string
  cycle_id: string
  contest_id: number
  /** The last day on which campaigns take, change or give back a time. */
  book_until_on: string
}

export interface EndorsementSlotTable {
  organization_id: string
  slot_id: Generated<string>
  cycle_id: string
  contest_id: number
  starts_at: Date
  minutes: number
  place: string
  online_link: string | null
  /** Whose candidate comes; null: nobody has it yet. */
  invitation_id: ColumnType<string | null, string | null | undefined, string | null>
  access_needs: Generated<string>
  interpreter: Generated<string>
  taken_at: Instant
}

export interface EndorsementInterviewQuestionTable {
  organization_id: string
  question_id: Generated<string>
  cycle_id: string
  contest_id: number
  position: number
  text: ColumnType<LocalizedText, string, string>
  minutes: number
}

export interface EndorsementPanelistTable {
  organization_id: string
  cycle_id: string
  contest_id: number
  user_id: string
  /** null: not said yet; empty: none. */
  ties: ColumnType<TieKind[] | null, TieKind[] | null | undefined, TieKind[] | null>
  /** From then on their scores stay. */
  handed_in_at: Instant
}

export interface EndorsementInterviewMailTable {
  organization_id: string
  mail_id: Generated<string>
  invitation_id: string
  /** May be taken out since. */
  slot_id: string
  kind: 'taken' | 'given_back'
  asked_at: Generated<Date>
  /** From then on it may have gone out. */
  handed_at: Instant
  sent_at: Instant
}

declare module '../../../platform/db/tables.ts' {
  interface Tables {
    endorsement_interviews: EndorsementInterviewsTable
    endorsement_slot: EndorsementSlotTable
    endorsement_interview_question: EndorsementInterviewQuestionTable
    endorsement_panelist: EndorsementPanelistTable
    endorsement_interview_mail: EndorsementInterviewMailTable
  }
}
