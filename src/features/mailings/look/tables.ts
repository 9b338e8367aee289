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

declare module '../../../platform/db/tables.ts' {
  interface Tables {
    mail_look: MailLookTable
  }
}
