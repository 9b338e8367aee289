import type { ColumnType, Generated } from 'kysely'

/** One for each address; an invitation has a link, a reminder a last day. */
export interface EndorsementMailTable {
  organization_id: string
  mail_id: Generated<string>
  invitation_id: string
  sent_to: string
  link_number: number | null
  answers_by_on: string | null
  days_before: number | null
  asked_by: string
  asked_at: Date
  /** From then on it may have gone out. */
  handed_at: ColumnType<Date | null, Date | null | undefined, Date | null>
  sent_at: ColumnType<Date | null, Date | null | undefined, Date | null>
}

declare module '../../../platform/db/tables.ts' {
  interface Tables {
    endorsement_mail: EndorsementMailTable
  }
}
