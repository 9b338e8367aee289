/** An organization that wants two people behind each e-mail. */
export interface MailApprovalRuleTable {
  organization_id: string
  since: Date
  set_by: string
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

declare module '../../../platform/db/tables.ts' {
  interface Tables {
    mail_approval_rule: MailApprovalRuleTable
    mailing_approval: MailingApprovalTable
  }
}
