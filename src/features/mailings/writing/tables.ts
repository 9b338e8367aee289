import type { ColumnType, Generated } from 'kysely'

declare module '../tables.ts' {
  interface MailingTable {
    /** One more with each saving of what is written: whoever began with an older one is told. */
    content_version: Generated<number>
    content_by: ColumnType<string | null, undefined, string>
    content_at: ColumnType<Date | null, undefined, Date>
  }
}
