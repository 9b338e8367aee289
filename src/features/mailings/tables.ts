import type { ColumnType, Generated } from 'kysely'
import type { MailingLane, MailingState } from './schema.ts'

/** A bulk e-mail, in every language of the organization. */
export interface MailingTable {
  organization_id: string
  mailing_id: Generated<string>
  /** For the list; nobody who is written to reads it. */
  name: string
  lane: MailingLane
  content: ColumnType<unknown, string | undefined, string>
  /** Whom it is for, a targeting expression over people. */
  expression: Generated<string>
  state: Generated<MailingState>
  made_by: string
  made_at: Date
}

declare module '../../platform/db/tables.ts' {
  interface Tables {
    mailing: MailingTable
  }
}
