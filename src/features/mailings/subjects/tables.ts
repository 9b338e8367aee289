import type { ColumnType, Generated } from 'kysely'
import type { MailText } from '../writing/schema.ts'
import type { DecidedFor, SubjectRule } from './schema.ts'

type Maybe<T> = ColumnType<T | null, T | null | undefined, T | null>

/** Two or three subjects tried on a part of the list; the better one goes to the rest. */
export interface MailingSubjectTestTable {
  organization_id: string
  mailing_id: string
  /** Beside the mailing's own. */
  subjects: ColumnType<MailText[], string, string>
  /** Percent of the list it is tried on. */
  share: number
  rule: SubjectRule
  /** From the last mail of the trial on. */
  after_hours: number
  /** Mails of each subject that must have gone out, or a person decides. */
  least: number
  decided_at: Maybe<Date>
  /** 0: the mailing's own. */
  winner: Maybe<number>
  decided_by: Maybe<string>
  decided_for: Maybe<DecidedFor>
}

declare module '../../../platform/db/tables.ts' {
  interface Tables {
    mailing_subject_test: MailingSubjectTestTable
  }
}

declare module '../tables.ts' {
  interface MailDeliveryTable {
    /** Which subject it has; 0: the mailing's own. */
    variant: Maybe<number>
    /** Got the better one, was no part of the trial. */
    is_rest: Generated<boolean>
    replied_at: Maybe<Date>
  }
}
