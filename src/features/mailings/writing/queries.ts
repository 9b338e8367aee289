import { sql, type Selectable } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import { MailContent, type MailPerson } from './schema.ts'
import './tables.ts'
import type { MailingTemplateTable } from './tables.ts'

export interface Reader extends MailPerson {
  person_id: string
  language: string | null
}

/** A few of those who have an e-mail address, those who read this language first: to see a mailing as they will. */
export async function readersOf(db: Db, organization_id: string, language: string): Promise<Reader[]> {
  const { rows } = await sql<Reader>`
    select p.person_id, p.first_name, p.last_name, p.name_hangul, p.preferred_title, p.language from person p
    where p.organization_id = ${organization_id}::uuid and p.merged_into is null and p.deceased_at is null
      and exists (select from person_email e where e.organization_id = p.organization_id and e.person_id = p.person_id)
    order by p.language is distinct from ${language}, p.created_at, p.person_id limit ${readersMost}`.execute(db)
  return rows
}

const readersMost = 10

export type Template = Selectable<MailingTemplateTable>

/** By name; an organization has as many as it can tell apart. */
export const templatesOf = (db: Db, organization_id: string): Promise<Template[]> =>
  db
    .selectFrom('mailing_template')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .orderBy('name')
    .limit(templatesMost)
    .execute()

export const templatesMost = 200

/** Mailings in which something is written, the latest first. */
export const writtenBefore = (db: Db, organization_id: string, mailing_id: string) =>
  db
    .selectFrom('mailing')
    .select(['mailing_id', 'name', 'content'])
    .where('organization_id', '=', organization_id)
    .where('mailing_id', '<>', mailing_id)
    .where('content_version', '>', 0)
    .orderBy('made_at', 'desc')
    .limit(10)
    .execute()

/** The organization's address as it was written last. */
export async function lastAddress(db: Db, organization_id: string): Promise<string> {
  const row = await db
    .selectFrom('mailing')
    .select('content')
    .where('organization_id', '=', organization_id)
    .where(sql<boolean>`coalesce(content ->> 'postal_address', '') <> ''`)
    .orderBy('content_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row ? MailContent.parse(row.content).postal_address : ''
}
