import { sql } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
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

/** Homes of a list in the order one walks; boxes and other addresses without a door are none. */
export async function homesOf(
  db: Db,
  { organization_id, drop_id }: Pick<Drop, 'organization_id' | 'drop_id'>,
): Promise<Home[]> {
  const { rows } = await sql<Home>`
    select p.number, p.delivery, p.unit, p.city, p.zip5, p.name_line_ko, jsonb_agg(jsonb_build_object(
        'first', coalesce(w.first_name, v.first_name), 'last', coalesce(w.last_name, v.last_name), 'hangul', w.name_hangul, 'language', w.language,
        'born', coalesce(extract(year from v.birth_date)::integer, v.birth_year)) order by v.birth_year nulls last, v.voter_id) as residents
    from postal_piece p
    join postal_recipient r on r.organization_id = p.organization_id and r.drop_id = p.drop_id and r.number = p.number
    join voter_record v on v.voter_id = r.voter_id
    left join person w on w.organization_id = r.organization_id and w.voter_id = r.voter_id and w.merged_into is null
    where p.organization_id = ${organization_id}::uuid and p.drop_id = ${drop_id}::uuid and p.kind = 'street'
    group by p.organization_id, p.drop_id, p.number order by p.number limit ${mostCards + 1}`.execute(db)
  const keyed = rows.map((home) => ({ home, key: walkKey(home) }))
  return keyed.toSorted((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.home.number - b.home.number)).map(({ home }) => home) // prettier-ignore
}
