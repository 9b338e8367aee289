import type { Actor } from '../../../platform/actor.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { found } from '../../../platform/errors.ts'
import { toThank } from '../../events/after/queries.ts'
import { lockEvent } from '../../events/seats/commands.ts'
import { addTask, addTasksAbout } from '../tasks/commands.ts'
import { mailWhoTookItOn } from '../tasks/told.ts'
import { isTaken, withTaskOf } from './queries.ts'

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

export interface TakenOn {
  /** Of those who came. */
  person_id: string
  title: string
  /** Who sees to it that it is done. */
  owner_id: string
  due_on: string
}

/**
 * What somebody who came said there they do, with an account or without. Sent twice it is one. Whoever may be written to has it by
 * mail, with the day; false: nobody of these, tell them yourself.
 */
export function takeOn(
  db: Db,
  actor: Actor,
  event_id: string,
  { person_id, ...task }: TakenOn,
  now: Date,
): Promise<{ is_mailed: boolean }> {
  const { organization_id } = actor
  return inTransaction(db, async (tx) => {
    await lockEvent(tx, organization_id, event_id)
    const came = found(
      (await toThank(tx, organization_id, event_id)).find(
        (row) => row.which === 'attended' && row.person_id === person_id,
      ),
    )
    const is_mailed = came.mail_to !== null && !came.is_refused
    if (await isTaken(tx, organization_id, { ...task, person_id, event_id })) return { is_mailed }
    const task_id = await addTask(tx, actor, { ...task, who: person_id, event_id, taken_on: true }, now)
    if (is_mailed) await mailWhoTookItOn(tx, organization_id, task_id)
    return { is_mailed }
  })
}
