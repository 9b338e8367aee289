import { sql } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import { activityOf } from '../activity.ts'
import type { StageEntry } from '../rules.ts'
import '../../people/tables.ts'

/** Every entry of everybody, in the order they count. People joined with another are one. */
export async function allStages(db: Db, organization_id: string): Promise<StageEntry[]> {
  const { rows } = await sql<StageEntry>`
    select person_id, rung_id, from_on from person_stage
    where organization_id = ${organization_id}::uuid and removed_at is null order by from_on, set_at`.execute(db)
  return rows
}

/** In which quarters, by their first days, each of those who ever had a rung did something. */
export async function activeQuarters(
  db: Db,
  organization_id: string,
  time_zone: string,
  since: string,
): Promise<Map<string, Set<string>>> {
  const people = sql`(select person_id from person_stage where organization_id = ${organization_id}::uuid and removed_at is null)`
  const { rows } = await sql<{ person_id: string; quarter: string }>`
    select distinct person_id, date_trunc('quarter', on_day)::date as quarter
    from ${activityOf(organization_id, time_zone, people)} a where on_day >= ${since}::date`.execute(db)
  const active = new Map<string, Set<string>>()
  for (const { person_id, quarter } of rows) active.set(person_id, (active.get(person_id) ?? new Set()).add(quarter))
  return active
}
