import { sql } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import { localized } from '../../../platform/i18n/languages.ts'
import { listEvents } from '../../events/queries.ts'
import { listForms } from '../../forms/queries.ts'
import { guidesOf } from '../../voterguides/queries.ts'
import type { Drop } from '../drops/queries.ts'
import '../tables.ts'

export interface Answered {
  /** How often its codes were opened. */
  times: number
  /** Pieces with a code of their own that was opened. */
  pieces: number
  by_language: { language: string; times: number }[]
  /** The last days on which any was. */
  by_day: { day: string; times: number }[]
}

export async function answersOf(
  db: Db,
  { organization_id, drop_id }: Pick<Drop, 'organization_id' | 'drop_id'>,
): Promise<Answered> {
  const { rows } = await sql<Answered>`
    with these as (select * from postal_answer where organization_id = ${organization_id}::uuid and drop_id = ${drop_id}::uuid)
    select coalesce(sum(times), 0)::integer as times, count(distinct number) filter (where number > 0)::integer as pieces,
      coalesce((select jsonb_agg(jsonb_build_object('language', language, 'times', times) order by times desc, language)
        from (select language, sum(times)::integer as times from these group by 1) l), '[]') as by_language,
      coalesce((select jsonb_agg(jsonb_build_object('day', answered_on, 'times', times) order by answered_on)
        from (select answered_on, sum(times)::integer as times from these group by 1 order by 1 desc limit 30) d), '[]') as by_day
    from these`.execute(db)
  return rows[0] ?? { times: 0, pieces: 0, by_language: [], by_day: [] }
}

export interface OfferedPage {
  path: string
  name: string
}

/** Pages of the organization that everybody may open. */
export async function pagesOffered(
  db: Db,
  organization_id: string,
  language: string,
  now: Date,
): Promise<OfferedPage[]> {
  const { slug } = await db.selectFrom('organization').select('slug').where('organization_id', '=', organization_id).executeTakeFirstOrThrow() // prettier-ignore
  const [guides, forms, events] = await Promise.all([
    guidesOf(db, organization_id),
    listForms(db, organization_id),
    listEvents(db, organization_id, { which: 'upcoming', is_public: true, now, limit: 50 }),
  ])
  return [
    ...guides.flatMap(({ guide_id, title, version }) => (version === null ? [] : [{ path: `/g/${slug}/${guide_id}`, name: localized(title, language).text }])),
    ...forms.flatMap(({ slug: form, name, archived_at }) => (archived_at ? [] : [{ path: `/f/${slug}/${form}`, name }])),
    ...events.map(({ code, content }) => ({ path: `/e/${slug}/${code}`, name: localized(content.title, language).text })),
  ] // prettier-ignore
}
