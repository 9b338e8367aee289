import { sql } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import type { MailPerson } from './schema.ts'

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
