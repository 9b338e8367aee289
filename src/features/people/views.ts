import { sql } from 'kysely'
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import type { Db } from '../../platform/db/db.ts'
import type { Who } from './rules.ts'

/**
 * Notes who looked at a profile: once for a viewer, a person and a day of the organization. Reloading says nothing new
 * and would hide the rest of the trail; searches and exports, which show many, are noted each time.
 */
export async function auditView(
  db: Db,
  actor: Actor,
  who: Who,
  time_zone: string,
  request_id: string | null = null,
): Promise<void> {
  const subject = who.voter_id === null ? 'person' : 'voter_record'
  const subject_id = String(who.voter_id ?? who.person_id)
  const { rows } = await sql`select from audit_entry where organization_id = ${actor.organization_id}::uuid
    and subject = ${subject} and subject_id = ${subject_id} and action = 'person.view' and actor_id is not distinct from ${actor.id}
    and at >= date_trunc('day', now(), ${time_zone}) limit 1`.execute(db)
  if (rows.length === 0) await audit(db, actor, { action: 'person.view', subject, subject_id, request_id })
}
