import { sql } from 'kysely'
import type { Actor } from '../../../platform/actor.ts'
import type { Db } from '../../../platform/db/db.ts'
import { mailboxesOf } from '../../people/queries.ts'
import { addPerson } from '../commands.ts'

/** So many are invited at once; the others by pressing again. */
export const mostInvited = 500

export interface Invitable {
  /** Who was not invited and has not answered, whatever the answer. */
  person_ids: string[]
  /** Of all who were meant. */
  already: number
  /** Of the invitable, who has a mailbox an invitation goes to. */
  by_mail: number
}

/** Of these people, whom one can invite to an event. */
export async function invitable(
  db: Db,
  organization_id: string,
  event_id: string,
  meant: readonly string[],
): Promise<Invitable> {
  const { rows } = await sql<{ person_id: string }>`
    select s.person_id from event_signup s where s.organization_id = ${organization_id}::uuid and s.event_id = ${event_id}::uuid
      and s.person_id = any(${[...meant]}::uuid[])`.execute(db)
  const there = new Set(rows.map(({ person_id }) => person_id))
  const person_ids = meant.filter((id) => !there.has(id))
  const mailboxes = await mailboxesOf(db, organization_id, person_ids, 'invitation')
  return { person_ids, already: meant.length - person_ids.length, by_mail: mailboxes.size }
}

/** Invites them one by one, so that nobody at the door or on the page waits for all of them; how many were. */
export async function inviteAll(
  db: Db,
  actor: Actor,
  event_id: string,
  { person_ids, shift_ids }: { person_ids: readonly string[]; shift_ids: readonly string[] },
  now: Date,
): Promise<{ invited: number; problem: 'shift' | 'closed' | null }> {
  let invited = 0
  for (const who of person_ids.slice(0, mostInvited)) {
    const done = await addPerson(db, actor, event_id, { who, as: 'invited', shift_ids }, now)
    if (done.ok) invited += 1
    else if (done.problem === 'shift' || done.problem === 'closed') return { invited, problem: done.problem }
  }
  return { invited, problem: null }
}
