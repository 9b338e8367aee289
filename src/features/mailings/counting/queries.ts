import { sql } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import type { Mailing } from '../queries.ts'
import type { Counting } from './rules.ts'
import '../tables.ts'

type Which = Pick<Mailing, 'organization_id' | 'mailing_id'>

/** What an organization chose to count; nothing where it chose nothing. */
export async function countingOf(db: Db, organization_id: string): Promise<Counting> {
  const row = await db
    .selectFrom('mail_counting')
    .select(['counts_clicks', 'counts_opens'])
    .where('organization_id', '=', organization_id)
    .executeTakeFirst()
  return row ?? { counts_clicks: false, counts_opens: false }
}

export interface LanguageCounts {
  language: string
  sent: number
  opened: number
  clicked: number
}

/** How many opened it and pressed a link in it, by language. */
export async function countedIn(db: Db, { organization_id, mailing_id }: Which): Promise<LanguageCounts[]> {
  const { rows } = await sql<LanguageCounts>`
    select language, count(*) filter (where state in ('sent', 'unknown'))::integer as sent, count(opened_at)::integer as opened,
      count(clicked_at)::integer as clicked
    from mail_delivery where organization_id = ${organization_id}::uuid and mailing_id = ${mailing_id}::uuid group by 1 order by 2 desc, 1`.execute(
    db,
  )
  return rows
}

export interface PressedLink {
  language: string
  url: string
  presses: number
}

const links_most = 30

export const pressedLinks = (db: Db, { organization_id, mailing_id }: Which): Promise<PressedLink[]> =>
  db
    .selectFrom('mail_counted_link')
    .select(['language', 'url', 'presses'])
    .where('organization_id', '=', organization_id)
    .where('mailing_id', '=', mailing_id)
    .orderBy('presses', 'desc')
    .orderBy('link')
    .limit(links_most)
    .execute()

export const linkUrl = async (
  db: Db,
  { organization_id, mailing_id }: Which,
  link: number,
): Promise<string | undefined> =>
  (
    await db
      .selectFrom('mail_counted_link')
      .select('url')
      .where('organization_id', '=', organization_id)
      .where('mailing_id', '=', mailing_id)
      .where('link', '=', link)
      .executeTakeFirst()
  )?.url
