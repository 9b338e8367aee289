import type { LinkResult } from './rules.ts'

/** What an address answered when it was tried last. */
export interface MailLinkTable {
  organization_id: string
  address: string
  result: LinkResult
  /** HTTP; null: no answer. */
  status: number | null
  tried_at: Date
}

declare module '../../../platform/db/tables.ts' {
  interface Tables {
    mail_link: MailLinkTable
  }
}
