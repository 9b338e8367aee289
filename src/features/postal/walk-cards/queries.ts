import { sql } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import { isMarked } from '../../people/consent.ts'
import type { Drop, PieceRow } from '../drops/queries.ts'
import { walkKey } from './rules.ts'
import { mostCards } from './schema.ts'

export interface Home extends Pick<PieceRow, 'delivery' | 'unit' | 'city' | 'zip5' | 'name_line_ko'> {
  number: number
  residents: {
    first: string | null
    last: string
    hangul: string | null
    language: string | null
    born: number | null
  }[]
}

/** Homes of a list in the order one walks, of whom is not marked since; boxes and other addresses without a door are none. */
export async function homesOf(
  db: Db,
  { organization_id, drop_id }: Pick<Drop, 'organization_id' | 'drop_id'>,
): Promise<Home[]> {
  // What closes somebody's post for good (deceased, moved, hostile, legal) closes their door too.
  const { rows } = await sql<Home>`
    select c.number, c.delivery, c.unit, c.city, c.zip5, case when not bool_or(l.is_closed) then c.name_line_ko end as name_line_ko, jsonb_agg(jsonb_build_object(
        'first', coalesce(p.first_name, v.first_name), 'last', coalesce(p.last_name, v.last_name), 'hangul', p.name_hangul, 'language', p.language,
        'born', coalesce(extract(year from v.birth_date)::integer, v.birth_year)) order by v.birth_year nulls last, v.voter_id) filter (where not l.is_closed) as residents
    from postal_piece c
    join postal_recipient r on r.organization_id = c.organization_id and r.drop_id = c.drop_id and r.number = c.number and r.same_as is null
    join voter_record v on v.voter_id = r.voter_id
    left join person p on p.organization_id = r.organization_id and p.voter_id = r.voter_id and p.merged_into is null
    cross join lateral (select ${isMarked(organization_id, 'post')} as is_closed) l
    where c.organization_id = ${organization_id}::uuid and c.drop_id = ${drop_id}::uuid and c.kind = 'street'
    group by c.organization_id, c.drop_id, c.number having not bool_and(l.is_closed) order by c.number limit ${mostCards + 1}`.execute(
    db,
  )
  const keyed = rows.map((home) => ({ home, key: walkKey(home) }))
  return keyed.toSorted((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.home.number - b.home.number)).map(({ home }) => home) // prettier-ignore
}
