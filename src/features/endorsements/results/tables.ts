import type { ColumnType, Generated } from 'kysely'
import type { Language, LocalizedText } from '../../../platform/i18n/languages.ts'
import type { LetterKind } from './schema.ts'

type Texts = ColumnType<LocalizedText, string, string>

export interface EndorsementStatementTable {
  organization_id: string
  cycle_id: string
  contest_id: number
  statement: Texts
  reasons: Texts
  saved_by: string
  saved_at: Date
}

export interface EndorsementAnnouncementTable {
  organization_id: string
  cycle_id: string
  announced_by: string
  announced_at: Date
}

export interface EndorsementRevisionTable {
  organization_id: string
  revision_id: Generated<string>
  cycle_id: string
  contest_id: number
  /** Whose endorsement is withdrawn; null: what is said of the contest changed. */
  candidate_id: number | null
  reason: ColumnType<LocalizedText, string, never>
  made_by: string
  made_at: Date
}

export interface EndorsementLetterTextTable {
  organization_id: string
  cycle_id: string
  kind: LetterKind
  subject: Texts
  body: Texts
}

/** As it was sent, or waits to be. */
export interface EndorsementLetterTable {
  organization_id: string
  cycle_id: string
  candidate_id: number
  language: Language
  sent_to: string
  subject: string
  body: string
  asked_by: string
  asked_at: Date
  /** From then on it may have gone out. */
  handed_at: ColumnType<Date | null, Date | null | undefined, Date | null>
  sent_at: ColumnType<Date | null, Date | null | undefined, Date | null>
}

declare module '../../../platform/db/tables.ts' {
  interface Tables {
    endorsement_statement: EndorsementStatementTable
    endorsement_announcement: EndorsementAnnouncementTable
    endorsement_revision: EndorsementRevisionTable
    endorsement_letter_text: EndorsementLetterTextTable
    endorsement_letter: EndorsementLetterTable
  }
}
