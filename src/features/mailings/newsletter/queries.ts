import { sql } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import type { LocalizedText } from '../../../platform/i18n/languages.ts'
import type { SignupSource } from './schema.ts'
import '../tables.ts'

export interface NewsletterPage {
  is_open: boolean
  intro: LocalizedText
  tag: string | null
}

/** The page as it is set up; closed where nobody did. */
export async function newsletterPageOf(db: Db, organization_id: string): Promise<NewsletterPage> {
  const row = await db
    .selectFrom('newsletter_page')
    .select(['is_open', 'intro', 'tag'])
    .where('organization_id', '=', organization_id)
    .executeTakeFirst()
  return row ?? { is_open: false, intro: {}, tag: 'newsletter' }
}

export interface SignupSum {
  source: SignupSource
  site: string | null
  asked: number
  confirmed: number
}

const sites_most = 20

/** How many asked since then and how many of them confirmed, by where. Whoever did not confirm is forgotten after two weeks. */
export async function signupSums(db: Db, organization_id: string, since: Date): Promise<SignupSum[]> {
  const { rows } = await sql<SignupSum>`
    select source, site, count(*)::integer as asked, count(confirmed_at)::integer as confirmed from newsletter_signup
    where organization_id = ${organization_id}::uuid and asked_at >= ${since} group by 1, 2 order by 3 desc, 1, 2 limit ${sites_most}`.execute(
    db,
  )
  return rows
}

export const signupById = (db: Db, organization_id: string, signup_id: string) =>
  db
    .selectFrom('newsletter_signup')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .where('signup_id', '=', signup_id)
    .executeTakeFirst()
