import type { ColumnType, Generated } from 'kysely'
import type { Language } from '../../../platform/i18n/languages.ts'

type Instant = ColumnType<Date | null, Date | null | undefined, Date | null>

export interface EndorsementInvitationTable {
  organization_id: string
  cycle_id: string
  invitation_id: Generated<string>
  contest_id: number
  candidate_id: number
  /** Of the link: another one makes those before it open nothing. */
  number: Generated<number>
  /** Who gave the campaign a link, and when a link: another one keeps it, the first after a withdrawn one begins anew. */
  made_by: string
  made_at: Date
  opened_at: Instant
  revoked_at: Instant
  /** When it was handed over otherwise than by mail, and who noted it. */
  handed_on: ColumnType<string | null, string | null | undefined, string | null>
  handed_by: ColumnType<string | null, string | null | undefined, string | null>
  /** Where the campaign is written to. */
  email: ColumnType<string | null, string | null | undefined, string | null>
  language: ColumnType<Language | null, Language | null | undefined, Language | null>
}

export interface EndorsementDraftTable {
  organization_id: string
  invitation_id: string
  /** By field of the page. */
  typed: ColumnType<Record<string, string>, string, string>
  saved_at: Date
}

export interface EndorsementSubmissionTable {
  organization_id: string
  invitation_id: string
  number: number
  /** `Signed` of the schema as text, whose SHA-256 is the receipt. */
  canonical: string
  sha256: string
  signed_by: string
  is_late: boolean
  sent_at: Date
}

declare module '../../../platform/db/tables.ts' {
  interface Tables {
    endorsement_invitation: EndorsementInvitationTable
    endorsement_draft: EndorsementDraftTable
    endorsement_submission: EndorsementSubmissionTable
  }
}
