import { sql } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import type { Mailing } from '../queries.ts'
import type { DeliveryKey } from '../stopping/links.ts'
import type { MailPerson } from '../writing/schema.ts'
import '../subjects/tables.ts'
import '../tables.ts'

type Which = Pick<Mailing, 'organization_id' | 'mailing_id'>

export interface LanguageSums {
  language: string
  listed: number
  sent: number
  /** Of these: whether it was taken nobody knows. */
  in_doubt: number
  /** By the server it was handed to. */
  refused: number
  /** After it was taken. */
  came_back: number
  /** Never were with the mail server. */
  undeliverable: number
  /** Answered the mail, as far as answers are piped on to us. */
  replied: number
  unsubscribed: number
}

export async function sumsOf(db: Db, { organization_id, mailing_id }: Which): Promise<LanguageSums[]> {
  const { rows } = await sql<LanguageSums>`
    select language, count(*)::integer as listed, count(*) filter (where state in ('sent', 'unknown'))::integer as sent,
      count(*) filter (where state = 'unknown')::integer as in_doubt, count(*) filter (where state = 'failed')::integer as refused,
      count(*) filter (where state = 'bounced')::integer as came_back, count(*) filter (where state = 'undeliverable')::integer as undeliverable,
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
  /** Of those that could not be delivered. */
  why: string | null
  answer: string
  count: number
}

/** Why it did not come: what servers said that refused it, the most frequent codes with one answer each, in which no address can be read. */
export async function reasonsOf(db: Db, { organization_id, mailing_id }: Which): Promise<ReasonSum[]> {
  const { rows } = await sql<ReasonSum>`
    select code, case when state = 'undeliverable' then left_out_for end as why, min(coalesce(answer, '')) as answer, count(*)::integer as count from mail_delivery
    where organization_id = ${organization_id}::uuid and mailing_id = ${mailing_id}::uuid and state in ('failed', 'bounced', 'undeliverable')
    group by 1, 2 order by 4 desc, 1, 2 limit 12`.execute(db)
  return rows.map((row) => ({ ...row, answer: row.answer.replaceAll(/[^\s<>()"'[\],;:]+@/g, '…@') }))
}

export type Archived = Pick<Mailing, 'organization_id' | 'mailing_id' | 'lane' | 'content' | 'look_id'> & {
  archived_at: Date
}

export const archiveOf = (db: Db, organization_id: string, most: number): Promise<Archived[]> =>
  db
    .selectFrom('mailing')
    .select(['organization_id', 'mailing_id', 'lane', 'content', 'look_id', 'archived_at'])
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
    .select(['organization_id', 'mailing_id', 'lane', 'content', 'look_id', 'archived_at'])
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

type ReadMail = Pick<Mailing, 'organization_id' | 'mailing_id' | 'lane' | 'content' | 'look_id' | 'archived_at'> &
  MailPerson & {
    /** null: a mail that was sent to try it. */
    language: string | null
  }

/** The mail that has this key in it, with whom it is for. */
export async function readMailOf(db: Db, { organization_id, mailing_id, n }: DeliveryKey): Promise<ReadMail | undefined> {
  const { rows } = await sql<ReadMail>`
    select m.organization_id, m.mailing_id, m.lane, m.content, m.look_id, m.archived_at, d.language, coalesce(p.first_name, v.first_name) as first_name,
      coalesce(p.last_name, v.last_name) as last_name, p.name_hangul, p.preferred_title
    from mailing m
    left join mail_delivery d on d.organization_id = m.organization_id and d.mailing_id = m.mailing_id and d.n = ${n}
    left join person p on p.organization_id = d.organization_id and p.person_id = mail_person(d.organization_id, d.person_id)
    left join voter_record v on v.voter_id = p.voter_id
    where m.organization_id = ${organization_id}::uuid and m.mailing_id = ${mailing_id}::uuid and (${n} = 0 or d.n is not null)`.execute(db)
  return rows[0]
} // prettier-ignore
