import { sql, type RawBuilder } from 'kysely'
import type { Db } from '../../../../platform/db/db.ts'
import { inGoodStanding, isDue, standingAndPaid } from '../queries.ts'
import { peopleFound } from '../../search/queries.ts'
import type { Standing } from '../../tables.ts'
import type { Show } from './schema.ts'

/** One membership of one person as the roll shows it. */
export interface RollRow {
  person_id: string
  voter_id: number | null
  last_name: string | null
  first_name: string | null
  middle_name: string | null
  name_hangul: string | null
  kind: string
  kind_name: Record<string, string>
  standing: Standing
  /** How it stands is so since. */
  from_on: string
  /** null: nothing was paid. */
  paid_until: string | null
  is_for_life: boolean
  email: string | null
  phone: string | null
}

export interface RollAsked {
  show: Show
  kind: string | null
  q: string
}

const shown = (show: Show, organization_id: string, day: string): RawBuilder<unknown> => {
  if (show === 'all') return sql`true`
  if (show === 'good')
    return sql`s.standing in ('active', 'grace') and ${inGoodStanding(sql`${organization_id}::uuid`, sql.ref('s.person_id'), day)}`
  if (show === 'due') return isDue(day)
  return sql`s.standing = ${show}`
}

/** Members as they stand on a day, by name; renewals by their day. */
export async function rollOf(
  db: Db,
  organization_id: string,
  { show, kind, q }: RollAsked,
  day: string,
  { from, size }: { from: number; size: number },
): Promise<{ rows: RollRow[]; total: number }> {
  const found = q.trim() ? await peopleFound(db, organization_id, q) : []
  const like = `%${q.trim().replaceAll(/[\\%_]/g, '\\$&')}%`
  const name = sql`concat_ws(' ', coalesce(p.first_name, r.first_name), coalesce(p.last_name, r.last_name))`
  const back = sql`concat_ws(' ', coalesce(p.last_name, r.last_name), coalesce(p.first_name, r.first_name))`
  const { rows } = await sql<RollRow & { total: number }>`
    select s.person_id, p.voter_id, coalesce(p.last_name, r.last_name) as last_name, coalesce(p.first_name, r.first_name) as first_name,
      case when p.first_name is null then r.middle_name else p.middle_name end as middle_name, p.name_hangul,
      s.kind, k.name as kind_name, s.standing, s.from_on, paid.paid_until, coalesce(paid.is_for_life, false) as is_for_life,
      (select e.email from person_email e where e.organization_id = p.organization_id and e.person_id = p.person_id
        order by e.is_preferred desc, e.added_at limit 1) as email,
      (select f.phone from person_phone f where f.organization_id = p.organization_id and f.person_id = p.person_id
        order by f.is_preferred desc, f.added_at limit 1) as phone,
      count(*) over ()::integer as total
    from ${standingAndPaid(organization_id, day)}
    join person p on p.organization_id = ${organization_id}::uuid and p.person_id = s.person_id and p.merged_into is null
    join membership_kind k on k.organization_id = p.organization_id and k.kind = s.kind
    left join voter_record r on r.voter_id = p.voter_id
    where ${shown(show, organization_id, day)} and (${kind}::text is null or s.kind = ${kind}::text)
      and (${q.trim()} = '' or p.person_id = any(${found}::uuid[]) or ${name} ilike ${like} or ${back} ilike ${like} or replace(p.name_hangul, ' ', '') like replace(${like}, ' ', ''))
    order by ${show === 'due' ? sql`paid.paid_until nulls last,` : sql``} coalesce(p.last_name, r.last_name), coalesce(p.first_name, r.first_name), p.name_hangul, s.person_id, s.kind
    limit ${size} offset ${from}`.execute(db)
  return { rows: rows.map(({ total: _total, ...row }) => row), total: rows[0]?.total ?? 0 }
}

export interface RollCounts {
  good: number
  due: number
  standings: { standing: Standing; people: number }[]
  kinds: { kind: string; people: number }[]
}

/** How many stand how; `kinds`: in good standing. */
export async function rollCounts(db: Db, organization_id: string, day: string): Promise<RollCounts> {
  const from = sql`${standingAndPaid(organization_id, day)} join person p on p.organization_id = ${organization_id}::uuid and p.person_id = s.person_id and p.merged_into is null`
  const [all, good, standings, kinds] = await Promise.all([
    sql<{
      due: number
    }>`select count(*)::integer as due from ${from} where ${shown('due', organization_id, day)}`.execute(db),
    // Whoever is a member in two kinds is one person.
    sql<{
      good: number
    }>`select count(distinct s.person_id)::integer as good from ${from} where ${shown('good', organization_id, day)}`.execute(
      db,
    ),
    sql<{
      standing: Standing
      people: number
    }>`select s.standing, count(*)::integer as people from ${from} group by 1 order by 1`.execute(db),
    sql<{
      kind: string
      people: number
    }>`select s.kind, count(*)::integer as people from ${from} where ${shown('good', organization_id, day)} group by 1 order by 1`.execute(
      db,
    ),
  ])
  return {
    good: good.rows[0]?.good ?? 0,
    due: all.rows[0]?.due ?? 0,
    standings: standings.rows,
    kinds: kinds.rows,
  }
}
