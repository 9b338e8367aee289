import { sql } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import type { TaskEnd } from '../tables.ts'

/** People about whom a task was made at an event, done or not. */
export async function withTaskOf(db: Db, organization_id: string, event_id: string): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ person_id: string }>`
    select distinct coalesce(p.merged_into, p.person_id) as person_id
    from task t join person p on p.organization_id = t.organization_id and p.person_id = t.person_id
    where t.organization_id = ${organization_id}::uuid and t.event_id = ${event_id}::uuid`.execute(db)
  return new Set(rows.map(({ person_id }) => person_id))
}

/** Whether somebody has taken just this on already, and not done it yet. */
export async function isTaken(
  db: Db,
  organization_id: string,
  { person_id, event_id, title, owner_id, due_on }: { person_id: string; event_id: string; title: string; owner_id: string; due_on: string }, // prettier-ignore
): Promise<boolean> {
  const row = await db
    .selectFrom('task')
    .select('task_id')
    .where('organization_id', '=', organization_id)
    .where('person_id', '=', person_id)
    .where('event_id', '=', event_id)
    .where('taken_on', '=', true)
    .where('ended_at', 'is', null)
    .where('title', '=', title)
    .where('owner_id', '=', owner_id)
    .where('due_on', '=', due_on)
    .executeTakeFirst()
  return row !== undefined
}

export interface TakenTask {
  event_id: string
  person_id: string
  title: string
  owner_id: string | null
  due_on: string | null
  ended_as: TaskEnd | null
  /** Null where they have left the organization. */
  owner: string | null
}

/** What somebody took on at an event, as it stands now. */
export async function takenTask(db: Db, organization_id: string, task_id: string): Promise<TakenTask | undefined> {
  const { rows } = await sql<TakenTask>`
    select t.event_id, coalesce(p.merged_into, p.person_id) as person_id, t.title, t.owner_id, t.due_on, t.ended_as, m.display_name as owner
    from task t join person p on p.organization_id = t.organization_id and p.person_id = t.person_id
    left join member m on m.organization_id = t.organization_id and m.user_id = t.owner_id and m.ended_at is null
    where t.organization_id = ${organization_id}::uuid and t.task_id = ${task_id}::uuid and t.taken_on`.execute(db)
  return rows[0]
}

export type Told = Pick<TakenTask, 'owner_id' | 'due_on'> & { is_off: boolean }

/** What they were last told of it; undefined: nothing yet. */
export const toldOfTask = (db: Db, organization_id: string, task_id: string): Promise<Told | undefined> =>
  db
    .selectFrom('task_told')
    .select(['owner_id', 'due_on', 'is_off'])
    .where('organization_id', '=', organization_id)
    .where('task_id', '=', task_id)
    .executeTakeFirst()
