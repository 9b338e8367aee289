import type { Generated } from 'kysely'

/** How an organization's e-mails look. */
export interface MailLookTable {
  organization_id: string
  /** Of buttons and links, '#1d4ed8'. */
  color: string
  /** Behind the mail. */
  page_color: string
  /** Name of one of its pictures. */
  logo: string | null
}

/** A look beside the usual one, for whichever e-mails are to have it. */
export interface MailSavedLookTable extends MailLookTable {
  look_id: Generated<string>
  name: string
  made_by: string
  made_at: Date
}

declare module '../../../platform/db/tables.ts' {
  interface Tables {
    mail_look: MailLookTable
    mail_saved_look: MailSavedLookTable
  }
}
