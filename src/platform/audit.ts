import type { ColumnType, Generated } from 'kysely'
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

/** Who changed a row last, and when. */
export const lastChange = (
  db: Db,
  organization_id: string,
  subject: string,
  subject_id: string,
): Promise<{ by: string; at: Date } | undefined> =>
  db
    .selectFrom('audit_entry')
    .select(['actor_name as by', 'at'])
    .where((eb) => eb.or([eb('organization_id', '=', organization_id), eb('organization_id', 'is', null)]))
    .where('subject', '=', subject)
    .where('subject_id', '=', subject_id)
    // Who only looked changed nothing.
    .where('before', 'is not', null)
    .orderBy('audit_id', 'desc')
    .executeTakeFirst()
