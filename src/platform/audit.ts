import { sql, type ColumnType, type Generated } from 'kysely'
import type { Actor } from './actor.ts'
import type { Db } from './db/db.ts'

export interface AuditEntryTable {
  audit_id: Generated<number>
  /** null: the commons or the installation. */
  organization_id: string | null
  at: Generated<Date>
  actor_kind: Actor['kind']
  actor_id: string | null
  actor_name: string
  action: string
  subject: string
  subject_id: string | null
  before: ColumnType<Record<string, unknown> | null, string | null, never>
  after: ColumnType<Record<string, unknown> | null, string | null, never>
  request_id: string | null
}

declare module './db/tables.ts' {
  interface Tables {
    audit_entry: AuditEntryTable
  }
}

export interface Change {
  /** 'room.verb': 'person.update', 'voterfile.export'. */
  action: string
  /** Table of the row. */
  subject: string
  subject_id?: string | number | null
  before?: Record<string, unknown> | null
  after?: Record<string, unknown> | null
  /** null for the commons; the actor's organization unless said otherwise. */
  organization_id?: string | null
  request_id?: string | null
}

/** Adds to the audit trail, in the transaction of the change itself. */
export const audit = (tx: Db, actor: Actor, change: Change): Promise<void> => auditAll(tx, actor, [change])

/** Adds several entries at once. */
export async function auditAll(tx: Db, actor: Actor, changes: readonly Change[]): Promise<void> {
  if (changes.length === 0) return
  await tx
    .insertInto('audit_entry')
    .values(
      changes.map((change) => ({
        organization_id: change.organization_id === undefined ? actor.organization_id : change.organization_id,
        actor_kind: actor.kind,
        actor_id: actor.id,
        actor_name: actor.name,
        action: change.action,
        subject: change.subject,
        subject_id: change.subject_id === undefined || change.subject_id === null ? null : String(change.subject_id),
        before: change.before ? JSON.stringify(change.before) : null,
        after: change.after ? JSON.stringify(change.after) : null,
        request_id: change.request_id ?? null,
      })),
    )
    .execute()
}

/** The system itself: jobs, recovery, the demo. */
export const systemActor = (organization_id: string, name = 'system'): Actor => ({
  kind: 'system',
  id: name,
  name,
  organization_id,
  roles: [],
  is_steward: false,
})

export interface LastChange {
  by: string
  at: Date
}

/**
 * Who was the last to change one of these fields of a row, or to make the row with it; `fields` as the trail has them,
 * 'name.en' for a part of one. `since`: nobody before. `about`: of several things of one row (a number among others) only
 * this one.
 */
export async function lastChange(
  db: Db,
  organization_id: string,
  row: { subject: string; subject_id: string },
  fields: readonly string[],
  { since = null, about = {} }: { since?: Date | null; about?: Readonly<Record<string, string>> } = {},
): Promise<LastChange | null> {
  const { rows } = await sql<LastChange>`
    select actor_name as by, at from audit_entry
    where (organization_id = ${organization_id}::uuid or organization_id is null)
      and subject = ${row.subject} and subject_id = ${row.subject_id} and (${since}::timestamptz is null or at >= ${since}::timestamptz)
      -- Who looked at voters wrote down which they asked for.
      and action not like '%.sample'
      and exists (select from unnest(${[...fields]}::text[]) as field, string_to_array(field, '.') as path
        where (after is null or after ? path[1]) and before #> path is distinct from after #> path)
      and coalesce(after, before) @> ${JSON.stringify(about)}::jsonb
    order by audit_id desc limit 1`.execute(db)
  return rows[0] ?? null
}
