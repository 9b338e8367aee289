import type { ColumnType } from 'kysely'

type Maybe<T> = ColumnType<T | null, T | null | undefined, T | null>

/** An organization that wants two people behind each e-mail. */
export interface MailApprovalRuleTable {
  organization_id: string
  since: Date
  set_by: string
  /** Asked to be lifted; it holds until somebody else agrees. */
  lifting_by: Maybe<string>
  lifting_id: Maybe<string>
  lifting_at: Maybe<Date>
}

export interface MailingApprovalTable {
  organization_id: string
  mailing_id: string
  /** SHA-256 of all that is said, and to whom. */
  content_hash: string
  approver_id: string
  approved_by: string
  approved_at: Date
}

declare module '../tables.ts' {
  interface MailingTable {
    /** What it was when it was let go, where a second person was asked for. */
    approved_hash: Maybe<string>
  }
}

declare module '../../../platform/db/tables.ts' {
  interface Tables {
    mail_approval_rule: MailApprovalRuleTable
    mailing_approval: MailingApprovalTable
  }
}
