import { sql } from 'kysely'
import type { Actor } from '../../../platform/actor.ts'
import type { Db } from '../../../platform/db/db.ts'
import { addJob } from '../../../platform/jobs/jobs.ts'
import '../tables.ts'
import { takenOnMail } from './later.ts'

interface Told {
  owner_id: string | null
  due_on: string | null
  is_off: boolean
}

/**
 * Has whoever took a task on told what they do not know of it yet. One mail waits at most, and the next begins when the one before
 * is out: several changes at once are one mail, a change taken back is none. What they changed themselves they know, and no more
 * than that: what somebody else changed before, and no mail has told yet, is told all the same.
 */
export async function tellWhoTookItOn(
  tx: Db,
  actor: Actor,
  task: { task_id: string; person_id: string | null; taken_on: boolean },
  { before, after }: { before: Told; after: Told },
): Promise<void> {
  const { organization_id } = actor
  const { task_id, person_id, taken_on } = task
  if (!taken_on || !person_id) return
  const themselves = await tx
    .selectFrom('person_account')
    .select('person_id')
    .where('organization_id', '=', organization_id)
    .where('person_id', '=', person_id)
    .where(sql<string>`user_id::text`, '=', actor.id)
    .executeTakeFirst()
  if (themselves) {
    const known = Object.fromEntries(toldFields.flatMap((field) => (before[field] === after[field] ? [] : [[field, after[field]]]))) // prettier-ignore
    const { numUpdatedRows } = await tx
      .updateTable('task_told')
      .set(known)
      .where('organization_id', '=', organization_id)
      .where('task_id', '=', task_id)
      .executeTakeFirst()
    // Told nothing yet: the first mail, if there is one to come, says how things stand.
    if (numUpdatedRows === 0n) return
  }
  await mailWhoTookItOn(tx, organization_id, task_id)
}

const toldFields = ['owner_id', 'due_on', 'is_off'] as const

export const mailWhoTookItOn = (tx: Db, organization_id: string, task_id: string): Promise<void> =>
  addJob(tx, takenOnMail, { organization_id, task_id }, { key: `${takenOnMail.name} ${task_id}`, queue: takenOnMail.name }) // prettier-ignore

/** What they know from now on. */
export async function keepTold(
  db: Db,
  { organization_id, task_id }: { organization_id: string; task_id: string },
  { owner_id, due_on, is_off }: Told,
  now: Date,
): Promise<void> {
  const told = { owner_id, due_on, is_off, told_at: now }
  await db
    .insertInto('task_told')
    .values({ organization_id, task_id, ...told })
    .onConflict((conflict) => conflict.columns(['organization_id', 'task_id']).doUpdateSet(told))
    .execute()
}
