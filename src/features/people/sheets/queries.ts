import { sql, type Selectable } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import { e164 } from '../../voterfile/rules/phones.ts'
import { personById } from '../queries.ts'
import { peopleFound } from '../search/queries.ts'
import type { SignInLineTable, SignInPhotoTable, SignInSheetTable } from '../tables.ts'

export type Sheet = Selectable<SignInSheetTable>
export type Photo = Omit<Selectable<SignInPhotoTable>, 'content' | 'organization_id'>

export interface ListedSheet extends Sheet {
  typed: number
  photos: number
}

/** The newest first; `event_id`: of one event. */
export async function sheetsOf(
  db: Db,
  organization_id: string,
  { from, size, event_id = null }: { from: number; size: number; event_id?: string | null },
): Promise<{ rows: ListedSheet[]; total: number }> {
  const [{ rows }, { total }] = await Promise.all([
    sql<ListedSheet>`
      select s.*, (select count(*)::integer from sign_in_line l where l.organization_id = s.organization_id and l.sheet_id = s.sheet_id) as typed,
        (select count(*)::integer from sign_in_photo p where p.organization_id = s.organization_id and p.sheet_id = s.sheet_id) as photos
      from sign_in_sheet s where s.organization_id = ${organization_id}::uuid and (${event_id}::uuid is null or s.event_id = ${event_id}::uuid) order by s.number desc limit ${size} offset ${from}`.execute(
      db,
    ),
    db
      .selectFrom('sign_in_sheet')
      .select((eb) => eb.fn.countAll<string>().as('total'))
      .where('organization_id', '=', organization_id)
      .$if(event_id !== null, (some) => some.where('event_id', '=', event_id))
      .executeTakeFirstOrThrow(),
  ])
  return { rows, total: Number(total) }
}

export const sheetById = (db: Db, organization_id: string, sheet_id: string): Promise<Sheet | undefined> =>
  db
    .selectFrom('sign_in_sheet')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .where('sheet_id', '=', sheet_id)
    .executeTakeFirst()

export type Line = Selectable<SignInLineTable>

/** What was typed of a sheet, in the order of its lines. */
export const linesOf = (db: Db, organization_id: string, sheet_id: string): Promise<Line[]> =>
  db
    .selectFrom('sign_in_line')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .where('sheet_id', '=', sheet_id)
    .orderBy('line')
    .execute()

export const photosOf = (db: Db, organization_id: string, sheet_id: string): Promise<Photo[]> =>
  db
    .selectFrom('sign_in_photo')
    .select(['photo_id', 'sheet_id', 'type', 'added_by', 'added_at'])
    .where('organization_id', '=', organization_id)
    .where('sheet_id', '=', sheet_id)
    .orderBy('added_at')
    .orderBy('photo_id')
    .execute()

export const photoContent = (db: Db, organization_id: string, sheet_id: string, photo_id: string) =>
  db
    .selectFrom('sign_in_photo')
    .select(['type', 'content'])
    .where('organization_id', '=', organization_id)
    .where('sheet_id', '=', sheet_id)
    .where('photo_id', '=', photo_id)
    .executeTakeFirst()

export interface Like {
  person_id: string
  last_name: string | null
  first_name: string | null
  middle_name: string | null
  name_hangul: string | null
  phone: string | null
  email: string | null
  city: string | null
}

/** At most so many are shown beside a line. */
const shown = 5

/** People of ours who fit what is being typed; who fits in more ways stands first. */
export async function peopleLike(
  db: Db,
  organization_id: string,
  asked: { name: string; name_hangul: string; phone: string; email: string },
): Promise<Like[]> {
  const { phone, email } = reachedBy(asked)
  const texts = [asked.name, asked.name_hangul].map((text) => text.trim()).filter((text) => text.length > 1)
  const byName = await Promise.all(texts.map((text) => peopleFound(db, organization_id, text)))
  const { rows } = await sql<Like>`
    with found as (
      select unnest(${byName.flatMap((ids) => ids.slice(0, 100))}::uuid[]) as person_id, 1 as weight
      union all select person_id, 2 from person_phone where organization_id = ${organization_id}::uuid and phone = ${phone}::text
      union all select person_id, 2 from person_email where organization_id = ${organization_id}::uuid and email = ${email}::text),
    best as (select person_id, sum(weight) as weight from found group by 1)
    select ${offered(phone, email)}
    from best b join person p on p.organization_id = ${organization_id}::uuid and p.person_id = b.person_id and p.merged_into is null
    left join voter_record r on r.voter_id = p.voter_id
    order by b.weight desc, p.updated_at desc, p.person_id limit ${shown}`.execute(db)
  return rows
}

/** Somebody who was chosen beside a line, as `peopleLike` gives them; undefined where the organization has nobody of this id. */
export async function personLike(
  db: Db,
  organization_id: string,
  chosen: string,
  asked: { phone: string; email: string },
): Promise<Like | undefined> {
  const person = await personById(db, organization_id, chosen)
  if (!person) return undefined
  const { phone, email } = reachedBy(asked)
  const { rows } = await sql<Like>`
    select ${offered(phone, email)} from person p left join voter_record r on r.voter_id = p.voter_id
    where p.organization_id = ${organization_id}::uuid and p.person_id = ${person.person_id}::uuid`.execute(db)
  return rows[0]
}

const reachedBy = (asked: { phone: string; email: string }) => ({
  phone: e164(asked.phone),
  email: asked.email.trim().toLowerCase(),
})

/** Of person `p` and voter record `r`; of several numbers and mailboxes first the one asked for. */
const offered = (phone: string | null, email: string) =>
  sql`p.person_id, coalesce(p.last_name, r.last_name) as last_name, coalesce(p.first_name, r.first_name) as first_name,
      case when p.first_name is null then r.middle_name else p.middle_name end as middle_name, p.name_hangul, coalesce(p.city, r.city) as city,
      (select n.phone from person_phone n where n.organization_id = p.organization_id and n.person_id = p.person_id
        order by n.phone = ${phone}::text desc nulls last, n.is_preferred desc, n.added_at limit 1) as phone,
      (select m.email from person_email m where m.organization_id = p.organization_id and m.person_id = p.person_id
        order by m.email = ${email}::text desc, m.is_preferred desc, m.added_at limit 1) as email`
