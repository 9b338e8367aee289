import { sql } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import '../tables.ts'

/** People about whom a task was made at an event, done or not. */
export async function withTaskOf(db: Db, organization_id: string, event_id: string): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ person_id: string }>`
    select distinct coalesce(p.merged_into, p.person_id) as person_id
    from task t join person p on p.organization_id = t.organization_id and p.person_id = t.person_id
    where t.organization_id = ${organization_id}::uuid and t.event_id = ${event_id}::uuid`.execute(db)
  return new Set(rows.map(({ person_id }) => person_id))
}
