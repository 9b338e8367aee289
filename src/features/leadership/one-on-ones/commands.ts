import type { Actor } from '../../../platform/actor.ts'
import { audit } from '../../../platform/audit.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { found } from '../../../platform/errors.ts'
import { lockPerson } from '../ladder/commands.ts'

export interface NewOneOnOne {
  /** 'YYYY-MM-DD'. */
  met_on: string
  body: string
  /** Organizers may read it. */
  is_opened: boolean
  /** The account its writer was told reads it too. */
  reader_id: string | null
}

export type Written = { ok: true; person_id: string; one_on_one_id: string } | { ok: false; problem: 'reader_changed' }

/** The account a person has here; null: none, or none that still belongs to the organization. */
export async function accountOfPerson(db: Db, organization_id: string, person_id: string) {
  return (
    (await db
      .selectFrom('person_account as x')
      .innerJoin('member as m', (join) =>
        join.onRef('m.organization_id', '=', 'x.organization_id').onRef('m.user_id', '=', 'x.user_id'),
      )
      .select(['m.user_id', 'm.display_name'])
      .where('x.organization_id', '=', organization_id)
      .where('x.person_id', '=', person_id)
      .where('m.ended_at', 'is', null)
      .orderBy('x.joined_at')
      .executeTakeFirst()) ?? null
  )
}

/**
 * That two talked, and what was said. Who reads it is settled now, and is whom its writer was told: an account joined to
 * the person later opens nothing written before. What was said is not in the activity log.
 */
export function writeOneOnOne(db: Db, actor: Actor, who: string, note: NewOneOnOne, now: Date): Promise<Written> {
  const { organization_id } = actor
  return inTransaction(db, async (tx): Promise<Written> => {
    const person_id = await lockPerson(tx, actor, who)
    const account = await accountOfPerson(tx, organization_id, person_id)
    const twice = await tx
      .selectFrom('one_on_one as o')
      .innerJoin('one_on_one_note as n', (join) =>
        join.onRef('n.organization_id', '=', 'o.organization_id').onRef('n.one_on_one_id', '=', 'o.one_on_one_id'),
      )
      .select('o.one_on_one_id')
      .where('o.organization_id', '=', organization_id)
      .where('o.person_id', '=', person_id)
      .where('o.writer_id', '=', actor.id)
      .where('o.met_on', '=', note.met_on)
      .where('n.body', '=', note.body)
      .where('o.removed_at', 'is', null)
      .executeTakeFirst()
    if (twice) return { ok: true, person_id, one_on_one_id: twice.one_on_one_id }
    const reader_id = account?.user_id ?? null
    if (reader_id !== note.reader_id) return { ok: false, problem: 'reader_changed' }
    const { one_on_one_id } = await tx
      .insertInto('one_on_one')
      .values({
        organization_id,
        person_id,
        met_on: note.met_on,
        writer_id: actor.id,
        writer: actor.name,
        reader_id,
        opened_at: note.is_opened ? now : null,
        written_at: now,
      })
      .returning('one_on_one_id')
      .executeTakeFirstOrThrow()
    await tx.insertInto('one_on_one_note').values({ organization_id, one_on_one_id, body: note.body }).execute()
    await audit(tx, actor, {
      action: 'one_on_one.write',
      subject: 'one_on_one',
      subject_id: one_on_one_id,
      after: { person_id, met_on: note.met_on, opened: note.is_opened },
    })
    return { ok: true, person_id, one_on_one_id }
  })
}

/** Lets organizers read it, or no longer. Its writer alone decides. */
export function openOneOnOne(
  db: Db,
  actor: Actor,
  one_on_one_id: string,
  is_opened: boolean,
  now: Date,
): Promise<string> {
  return change(
    db,
    actor,
    one_on_one_id,
    { opened_at: is_opened ? now : null },
    is_opened ? 'one_on_one.open' : 'one_on_one.close',
  )
}

/** Takes it away, what was said for good. Its writer alone decides. */
export function removeOneOnOne(db: Db, actor: Actor, one_on_one_id: string, now: Date): Promise<string> {
  return inTransaction(db, async (tx) => {
    const person_id = await change(tx, actor, one_on_one_id, { removed_at: now }, 'one_on_one.remove')
    await tx
      .deleteFrom('one_on_one_note')
      .where('organization_id', '=', actor.organization_id)
      .where('one_on_one_id', '=', one_on_one_id)
      .execute()
    return person_id
  })
}

function change(
  db: Db,
  actor: Actor,
  one_on_one_id: string,
  set: { opened_at: Date | null } | { removed_at: Date },
  action: 'one_on_one.open' | 'one_on_one.close' | 'one_on_one.remove',
): Promise<string> {
  return inTransaction(db, async (tx) => {
    const { person_id } = found(
      await tx
        .updateTable('one_on_one')
        .set(set)
        .where('organization_id', '=', actor.organization_id)
        .where('one_on_one_id', '=', one_on_one_id)
        .where('writer_id', '=', actor.id)
        .where('removed_at', 'is', null)
        .returning('person_id')
        .executeTakeFirst(),
    )
    await audit(tx, actor, { action, subject: 'one_on_one', subject_id: one_on_one_id, after: { person_id } })
    return person_id
  })
}
