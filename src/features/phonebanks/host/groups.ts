import { sql } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import type { PhoneBank } from '../dashboard.ts'
import '../../contacts/tables.ts'
import '../../voterfile/tables.ts'

export const dimensions = ['district', 'age', 'language'] as const
export type Dimension = (typeof dimensions)[number]

/** Conversations with one group of voters, and how many of them support. */
export interface Group {
  dimension: Dimension
  /** A council district's number, an age band, a language code; null: not known. */
  key: string | null
  reached: number
  /** Answered the question of support. */
  asked: number
  /** Said 1 or 2. */
  support: number
}

const kept_ms = 10_000
const kept = new Map<string, { groups: Promise<Group[]>; at: number }>()

/** By district, age and language, the largest first. The same for ten seconds: it reads every conversation. */
export function groupsOf(db: Db, bank: PhoneBank, support: string | null, now: Date): Promise<Group[]> {
  const key = `${bank.organization_id}:${bank.phone_bank_id}:${support}`
  const last = kept.get(key)
  if (last && now.getTime() >= last.at && now.getTime() - last.at < kept_ms) return last.groups
  const groups = readGroups(db, bank, support)
  if (kept.size > 200) kept.clear()
  kept.set(key, { groups, at: now.getTime() })
  groups.catch(() => kept.delete(key))
  return groups
}

async function readGroups(db: Db, bank: PhoneBank, support: string | null): Promise<Group[]> {
  const { rows } = await sql<Group>`
    with said as (
      select coalesce(a.language, 'und') as language, r.ccd::text as district, w.value,
        case when age < 30 then '18-29' when age < 45 then '30-44' when age < 65 then '45-64' when age >= 65 then '65+' end as age
      from contact_attempt a join voter_record r using (voter_id)
      left join contact_answer w on w.organization_id = a.organization_id and w.attempt_id = a.attempt_id and w.question = ${support}
      cross join lateral (select extract(year from a.attempted_at)::integer - coalesce(extract(year from r.birth_date)::integer, r.birth_year::integer) as age) born
      where a.organization_id = ${bank.organization_id}::uuid and a.phone_bank_id = ${bank.phone_bank_id}::uuid and a.undone_at is null and a.is_reached)
    select case when grouping(district) = 0 then 'district' when grouping(age) = 0 then 'age' else 'language' end as dimension,
      case when grouping(district) = 0 then district when grouping(age) = 0 then age else nullif(language, 'und') end as key,
      count(*)::integer as reached, count(value)::integer as asked, count(*) filter (where value in ('1', '2'))::integer as support
    from said group by grouping sets ((district), (age), (language)) order by 1, 3 desc`.execute(db)
  return rows
}
