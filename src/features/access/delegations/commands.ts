import { sql } from 'kysely'
import type { Actor } from '../../../platform/actor.ts'
import { audit } from '../../../platform/audit.ts'
import { addDays } from '../../../platform/clock.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { found } from '../../../platform/errors.ts'
import type { Delegated } from '../permissions.ts'
import './tables.ts'

export interface NewDelegation {
  user_id: string
  what: Delegated
  /** 'YYYY-MM-DD', both included. */
  from_on: string
  until_on: string
  /** At these events alone; none: at all. */
  event_ids?: readonly string[]
}

/**
 * Lets a member do something beyond their roles for a time. What they were given of the kind before ends the day before
 * this begins; what lies in the same days is ended. Days apart, before or after, stay, and so does what goes beyond the
 * events of this one.
 */
export function delegate(
  db: Db,
  actor: Actor,
  { event_ids = [], ...given }: NewDelegation,
  now: Date,
): Promise<string> {
  const { organization_id } = actor
  return inTransaction(db, async (tx) => {
    const overlapping = await tx
      .selectFrom('delegation')
      .select(['delegation_id', 'from_on'])
      .where('organization_id', '=', organization_id)
      .where('user_id', '=', given.user_id)
      .where('what', '=', given.what)
      .where('ended_at', 'is', null)
      .where('from_on', '<=', given.until_on)
      .where('until_on', '>=', given.from_on)
      .$if(event_ids.length > 0, (asked) =>
        asked.where(
          sql<boolean>`coalesce((select array_agg(e.event_id) <@ ${[...event_ids]}::uuid[] from delegation_event e
            where e.organization_id = delegation.organization_id and e.delegation_id = delegation.delegation_id), false)`,
        ),
      )
      .forUpdate()
      .execute()
    for (const { delegation_id, from_on } of overlapping) {
      await tx
        .updateTable('delegation')
        .set(
          from_on < given.from_on ? { until_on: addDays(given.from_on, -1) } : { ended_at: now, ended_by: actor.name },
        )
        .where('organization_id', '=', organization_id)
        .where('delegation_id', '=', delegation_id)
        .execute()
      await audit(tx, actor, {
        action: 'delegation.end',
        subject: 'delegation',
        subject_id: delegation_id,
        before: { user_id: given.user_id, what: given.what },
      })
    }
    const { delegation_id } = await tx
      .insertInto('delegation')
      .values({ organization_id, ...given, granted_by: actor.name, granted_at: now })
      .returning('delegation_id')
      .executeTakeFirstOrThrow()
    if (event_ids.length > 0)
      await tx
        .insertInto('delegation_event')
        .values([...new Set(event_ids)].map((event_id) => ({ organization_id, delegation_id, event_id })))
        .execute()
    await audit(tx, actor, {
      action: 'delegation.grant',
      subject: 'delegation',
      subject_id: delegation_id,
      after: { ...given, ...(event_ids.length > 0 && { event_ids: [...event_ids] }) },
    })
    return delegation_id
  })
}

/** Takes it back before its day. Answers whose it was. */
export function endDelegation(db: Db, actor: Actor, delegation_id: string, now: Date): Promise<string> {
  return inTransaction(db, async (tx) => {
    const { user_id, what } = found(
      await tx
        .updateTable('delegation')
        .set((eb) => ({
          ended_at: eb.fn.coalesce('ended_at', eb.val(now)),
          ended_by: eb.fn.coalesce('ended_by', eb.val(actor.name)),
        }))
        .where('organization_id', '=', actor.organization_id)
        .where('delegation_id', '=', delegation_id)
        .returning(['user_id', 'what'])
        .executeTakeFirst(),
    )
    await audit(tx, actor, {
      action: 'delegation.end',
      subject: 'delegation',
      subject_id: delegation_id,
      before: { user_id, what },
    })
    return user_id
  })
}

/** Takes back everything a member was given and still has ahead of them: their membership ends, or they are somebody else. */
export async function endDelegationsTo(
  tx: Db,
  actor: Actor,
  organization_id: string,
  user_id: string,
  now: Date,
): Promise<void> {
  const ended = await tx
    .updateTable('delegation')
    .set({ ended_at: now, ended_by: actor.name })
    .where('organization_id', '=', organization_id)
    .where('user_id', '=', user_id)
    .where('ended_at', 'is', null)
    .returning(['delegation_id', 'what'])
    .execute()
  for (const { delegation_id, what } of ended)
    await audit(tx, actor, {
      action: 'delegation.end',
      subject: 'delegation',
      subject_id: delegation_id,
      before: { user_id, what },
      organization_id,
    })
}
