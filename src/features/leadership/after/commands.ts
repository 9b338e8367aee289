import type { Actor } from '../../../platform/actor.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { toThank } from '../../events/after/queries.ts'
import { lockEvent } from '../../events/seats/commands.ts'
import { addTasksAbout } from '../tasks/commands.ts'
import { withTaskOf } from './queries.ts'

/** A task for each who had a seat and did not come, and has none from this event yet. Returns how many. */
export function askAfterMissed(
  db: Db,
  actor: Actor,
  event_id: string,
  { title, owner_id, due_on }: { title: string; owner_id: string; due_on: string },
  now: Date,
): Promise<number> {
  const { organization_id } = actor
  return inTransaction(db, async (tx) => {
    await lockEvent(tx, organization_id, event_id)
    const [people, done] = [
      await toThank(tx, organization_id, event_id),
      await withTaskOf(tx, organization_id, event_id),
    ]
    const missed = people.filter(({ which, person_id }) => which === 'missed' && !done.has(person_id))
    await addTasksAbout(tx, actor, missed.map(({ person_id }) => person_id), { title, owner_id, due_on, event_id }, now) // prettier-ignore
    return missed.length
  })
}
