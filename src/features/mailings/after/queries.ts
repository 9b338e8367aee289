import { sql } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import type { Mailing } from '../queries.ts'
import '../subjects/tables.ts'
import '../tables.ts'

type Which = Pick<Mailing, 'organization_id' | 'mailing_id'>

export interface LanguageSums {
  language: string
  listed: number
  sent: number
  came_back: number
  /** Answered the mail, as far as answers are piped on to us. */
  replied: number
  unsubscribed: number
}

export async function sumsOf(db: Db, { organization_id, mailing_id }: Which): Promise<LanguageSums[]> {
  const { rows } = await sql<LanguageSums>`
    select language, count(*)::integer as listed, count(*) filter (where state in ('sent', 'unknown'))::integer as sent,
      count(*) filter (where state in ('failed', 'bounced'))::integer as came_back,
      count(replied_at)::integer as replied, count(unsubscribed_at)::integer as unsubscribed
    from mail_delivery where organization_id = ${organization_id}::uuid and mailing_id = ${mailing_id}::uuid
    group by 1 order by 2 desc, 1`.execute(db)
  return rows
}

export interface HourSum {
  /** When the hour begins. */
  hour: Date
  count: number
}

/** Hours in which something was taken, the first forty-eight. */
export async function hoursOf(db: Db, { organization_id, mailing_id }: Which): Promise<HourSum[]> {
  const { rows } = await sql<HourSum>`
    select date_trunc('hour', changed_at) as hour, count(*)::integer as count from mail_delivery
    where organization_id = ${organization_id}::uuid and mailing_id = ${mailing_id}::uuid and state = 'sent' group by 1 order by 1 limit 48`.execute(
    db,
  )
  return rows
}

export interface ReasonSum {
  /** '5.1.1'; null: the server gave none. */
  code: string | null
  answer: string
  count: number
}

/** What servers said that refused it, the most frequent codes with one answer each, in which no address can be read. */
export async function reasonsOf(db: Db, { organization_id, mailing_id }: Which): Promise<ReasonSum[]> {
  const { rows } = await sql<ReasonSum>`
    select code, min(coalesce(answer, '')) as answer, count(*)::integer as count from mail_delivery
    where organization_id = ${organization_id}::uuid and mailing_id = ${mailing_id}::uuid and state in ('failed', 'bounced')
    group by 1 order by 3 desc, 1 limit 12`.execute(db)
  return rows.map((row) => ({ ...row, answer: row.answer.replaceAll(/[^\s<>()"'[\],;:]+@/g, '…@') }))
}

export type Archived = Pick<Mailing, 'organization_id' | 'mailing_id' | 'lane' | 'content'> & { archived_at: Date }

export const archiveOf = (db: Db, organization_id: string, most: number): Promise<Archived[]> =>
  db
    .selectFrom('mailing')
    .select(['organization_id', 'mailing_id', 'lane', 'content', 'archived_at'])
    .where('organization_id', '=', organization_id)
    .where('archived_at', 'is not', null)
    .where('lane', '<>', 'member_communication')
    .orderBy('archived_at', 'desc')
    .orderBy('mailing_id')
    .limit(most)
    .$narrowType<{ archived_at: Date }>()
    .execute()

export const archivedById = (db: Db, organization_id: string, mailing_id: string): Promise<Archived | undefined> =>
  db
    .selectFrom('mailing')
    .select(['organization_id', 'mailing_id', 'lane', 'content', 'archived_at'])
    .where('organization_id', '=', organization_id)
    .where('mailing_id', '=', mailing_id)
    .where('archived_at', 'is not', null)
    .where('lane', '<>', 'member_communication')
    .$narrowType<{ archived_at: Date }>()
    .executeTakeFirst()

/** So many wait until the better subject is known. */
export async function countHeld(db: Db, { organization_id, mailing_id }: Which): Promise<number> {
  const { count } = await db
    .selectFrom('mail_delivery')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('organization_id', '=', organization_id)
    .where('mailing_id', '=', mailing_id)
    .where('state', '=', 'held')
    .executeTakeFirstOrThrow()
  return count
}
