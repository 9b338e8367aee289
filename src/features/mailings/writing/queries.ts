import { sql, type RawBuilder, type Selectable } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import { ask, fromNow, TooSlow } from '../../targeting/bounded.ts'
import { compileAudience, recipients } from '../audience/queries.ts'
import type { Mailing } from '../queries.ts'
import { MailContent, type MailPerson } from './schema.ts'
import './tables.ts'
import type { MailingTemplateTable } from './tables.ts'

export interface Reader extends MailPerson {
  person_id: string
  language: string | null
}

/**
 * A few of those who get a mailing, to see it as they will, those who read this language first: of its list, else of whom it is for.
 * Where nobody said whom it is for, or it takes too long to find them, of all who have an e-mail address.
 */
export async function readersOf(db: Db, mailing: Mailing, language: string, { languages, today }: { languages: readonly string[]; today: string }): Promise<Reader[]> {
  const { organization_id } = mailing
  const meant = mailing.listed_at ? listedOf(mailing, language) : await meantBy(db, mailing, language, languages, today)
  if (meant) {
    try {
      return await ask(db, namedOf(organization_id, language, meant), fromNow(longest_ms))
    } catch (problem) {
      if (!(problem instanceof TooSlow)) throw problem
    }
  }
  return anybodyOf(db, organization_id, language)
} // prettier-ignore

const longest_ms = 1500

interface Meant {
  person_id: string
  language: string
}

/** Of both kinds by their numbers, without going through a long list. */
const listedOf = ({ organization_id, mailing_id }: Mailing, language: string): RawBuilder<Meant> => {
  const some = (
    isTheirs: RawBuilder<unknown>,
  ) => sql`(select d.person_id, d.language from mail_delivery d where d.organization_id = ${organization_id}::uuid
    and d.mailing_id = ${mailing_id}::uuid and d.state <> 'left_out' and ${isTheirs} order by d.n limit ${readersMost})`
  return sql`${some(sql`d.language = ${language}`)} union all ${some(sql`d.language <> ${language}`)}`
}

/** Those of whom the expression finds first who get it; null: it asks for nobody. */
async function meantBy(db: Db, mailing: Mailing, language: string, languages: readonly string[], today: string): Promise<RawBuilder<Meant> | null> {
  if (mailing.expression === '') return null
  const compiled = await compileAudience(db, mailing, today)
  if (!compiled.ok) return null
  const { organization_id, lane, topic_id } = mailing
  const found = recipients(compiled.people, { organization_id, lane, topic_id, languages, today })
  return sql`(select r.person_id, r.language from (${found}) r where r.why is null order by r.language <> ${language}, r.person_id limit ${readersMost})`
} // prettier-ignore

const namedOf = (organization_id: string, language: string, meant: RawBuilder<Meant>): RawBuilder<Reader> => sql`
  select p.person_id, coalesce(p.first_name, v.first_name) as first_name, coalesce(p.last_name, v.last_name) as last_name, p.name_hangul, p.preferred_title, m.language
  from (${meant}) m
  join person p on p.organization_id = ${organization_id}::uuid and p.person_id = mail_person(${organization_id}::uuid, m.person_id)
  left join voter_record v on v.voter_id = p.voter_id
  order by m.language <> ${language}, p.person_id limit ${readersMost}`

async function anybodyOf(db: Db, organization_id: string, language: string): Promise<Reader[]> {
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
