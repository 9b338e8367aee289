import type { ColumnType, Generated } from 'kysely'

/** What is written of a mailing, kept to begin others with. */
export interface MailingTemplateTable {
  organization_id: string
  template_id: Generated<string>
  name: string
  content: ColumnType<unknown, string, string>
  made_by: string
  made_at: Date
}

export interface MailingPictureTable {
  organization_id: string
  /** Of the content, in hexadecimal: the name under which everybody may load it. */
  sha256: string
  content: Buffer
  type: 'image/png' | 'image/jpeg'
  width: number
  height: number
  uploaded_by: string
  uploaded_at: Date
}

declare module '../../../platform/db/tables.ts' {
  interface Tables {
    mailing_picture: MailingPictureTable
    mailing_template: MailingTemplateTable
  }
}

declare module '../tables.ts' {
  interface MailingTable {
    /** One more with each saving of what is written: whoever began with an older one is told. */
    content_version: Generated<number>
    content_by: ColumnType<string | null, undefined, string>
    content_at: ColumnType<Date | null, undefined, Date>
  }
}
