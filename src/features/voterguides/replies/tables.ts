import type { ColumnType, Generated } from 'kysely'
import type { LocalizedText } from '../../../platform/i18n/languages.ts'

/** The private link by which a candidate reads what a guide will say of them. */
export interface VoterGuideProofTable {
  organization_id: string
  guide_id: string
  candidate_id: number
  number: Generated<number>
  email: ColumnType<string | null, string | null | undefined, string | null>
  language: ColumnType<string | null, string | null | undefined, string | null>
  made_by: string
  made_at: Date
  revoked_at: ColumnType<Date | null, Date | null | undefined, Date | null>
  opened_at: ColumnType<Date | null, Date | null | undefined, Date | null>
  /** When they last said that they read it, and the key of what stood there. */
  read_at: ColumnType<Date | null, Date | null | undefined, Date | null>
  read_key: ColumnType<string | null, string | null | undefined, string | null>
}

export interface VoterGuideProofMailTable {
  organization_id: string
  mail_id: Generated<string>
  guide_id: string
  candidate_id: number
  number: number
  sent_to: string
  language: string
  asked_by: string
  asked_at: Date
  /** From then on it may have gone out. */
  handed_at: ColumnType<Date | null, Date | null | undefined, Date | null>
  sent_at: ColumnType<Date | null, Date | null | undefined, Date | null>
}

export interface VoterGuideReplyTable {
  organization_id: string
  guide_id: string
  candidate_id: number
  issue_id: string
  original: string
  original_language: string
  text: ColumnType<LocalizedText, string, string>
  replied_at: Date
  replied_on: string
  /** Why it is not printed. */
  withheld: ColumnType<LocalizedText | null, string | null | undefined, string | null>
}

declare module '../../../platform/db/tables.ts' {
  interface Tables {
    voter_guide_proof: VoterGuideProofTable
    voter_guide_proof_mail: VoterGuideProofMailTable
    voter_guide_reply: VoterGuideReplyTable
  }
}
