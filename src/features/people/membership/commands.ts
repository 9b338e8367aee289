import { sql } from 'kysely'
import type { Actor } from '../../../platform/actor.ts'
import { audit } from '../../../platform/audit.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { found } from '../../../platform/errors.ts'
import { personOf } from '../commands.ts'
import type { MembershipFacts } from '../schema.ts'

/** How a membership stands from a day on. Sent twice it is one row. */
export function recordMembership(db: Db, actor: Actor, who: string, facts: MembershipFacts): Promise<void> {
  return inTransaction(db, async (tx) => {
    const { organization_id } = actor
    const person_id = await personOf(tx, actor, who)
    await tx
      .selectFrom('person')
      .select('person_id')
      .where('organization_id', '=', organization_id)
      .where('person_id', '=', person_id)
      .forUpdate()
      .execute()
    const last = await tx
      .selectFrom('membership')
      .select(['standing', 'note'])
      .where('organization_id', '=', organization_id)
      .where('person_id', '=', person_id)
      .where('kind', '=', facts.kind)
      .where('from_on', '=', facts.from_on)
      .where('removed_at', 'is', null)
      .orderBy('recorded_at', 'desc')
      .executeTakeFirst()
    if (last?.standing === facts.standing && last.note === facts.note) return
    await tx
      .insertInto('membership')
      // Of two in one transaction the later must sort later, hence not now().
      .values({
        organization_id,
        person_id,
        ...facts,
        recorded_by: actor.name,
        recorded_at: sql<Date>`clock_timestamp()`,
      })
      .execute()
    await audit(tx, actor, { action: 'membership.record', subject: 'membership', subject_id: person_id, after: facts })
  })
}

/** Takes out what was recorded by mistake; it stays in the database. */
export function removeMembership(db: Db, actor: Actor, who: string, membership_id: string): Promise<void> {
  return inTransaction(db, async (tx) => {
    const person_id = await personOf(tx, actor, who)
    const row = found(
      await tx
        .updateTable('membership')
        .set({ removed_at: sql`now()`, removed_by: actor.name })
        .where('organization_id', '=', actor.organization_id)
        .where('person_id', '=', person_id)
        // As text: what is no id at all is not found either.
        .where(sql`membership_id::text`, '=', membership_id)
        .where('removed_at', 'is', null)
        .returning(['kind', 'standing', 'from_on', 'note'])
        .executeTakeFirst(),
    )
    await audit(tx, actor, { action: 'membership.remove', subject: 'membership', subject_id: person_id, before: row })
  })
}
