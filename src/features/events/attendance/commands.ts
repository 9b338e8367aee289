import { sql } from 'kysely'
import type { Actor } from '../../../platform/actor.ts'
import { audit } from '../../../platform/audit.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { found } from '../../../platform/errors.ts'
import { lockArrivals, receivePerson } from '../../people/arrivals/commands.ts'
import { personOf } from '../../people/commands.ts'
import { cameAs } from '../door/rules.ts'
import { shiftsOf, signupById, type SignupRow } from '../queries.ts'
import { wasThere, type Attendance, type Said } from '../schema.ts'
import { nowhere, titleOf, openSignup } from '../commands.ts'
import { lockEvent } from '../seats/commands.ts'

/** `since`: whoever said so first, of an act that changed nothing. */
export interface Marked {
  signup_id: string
  since: { at: Date; by: string } | null
  /** The mark that was made; null: none. */
  attendance_id: number | null
}

/**
 * Says whether somebody was there; 'undo' takes back what was said last. The first attendance counts: a second door, or a
 * second thumb on the button, changes nothing and is told.
 */
export function markAttendance(
  db: Db,
  actor: Actor,
  event_id: string,
  { signup_id, shift_id, attendance, guests }: { signup_id: string; shift_id: string; attendance: Attendance | 'undo'; guests: number }, // prettier-ignore
  now: Date,
): Promise<Marked> {
  const { organization_id } = actor
  return inTransaction(db, async (tx) => {
    await lockEvent(tx, organization_id, event_id)
    const signup = found(await signupById(tx, organization_id, event_id, signup_id))
    const shifts = await shiftsOf(tx, organization_id, [event_id], { with_removed: true })
    found(shifts.find((each) => each.shift_id === shift_id))
    const before = await markOf(tx, organization_id, signup_id, shift_id)
    const is = attendance === 'attended' ? cameAs(signup) : attendance
    let attendance_id: number | null = null
    if (is === 'undo') {
      if (!before) return { signup_id, since: null, attendance_id }
      await takeBackMarks(tx, actor, signup_id, shift_id, now)
    } else {
      const isSaid = before && (before.attendance === is || (wasThere[before.attendance] && wasThere[is]))
      if (isSaid) return { signup_id, since: { at: before.at, by: before.made_by }, attendance_id }
      const made = await tx
        .insertInto('event_attendance')
        .values({ organization_id, signup_id, shift_id, attendance: is, guests, at: now, made_by: actor.name })
        .returning('attendance_id')
        .executeTakeFirstOrThrow()
      attendance_id = made.attendance_id
      if (wasThere[is]) await acceptByComing(tx, organization_id, signup)
    }
    await audit(tx, actor, {
      action: 'event.attendance',
      subject: 'event',
      subject_id: event_id,
      before: before ? { attendance: before.attendance } : null,
      after: { person_id: signup.person_id, attendance: is === 'undo' ? null : is },
    })
    return { signup_id, since: null, attendance_id }
  })
}

/** Who is there has taken the seat they were offered, and their party with them. */
const acceptByComing = (tx: Db, organization_id: string, { signup_id, host_signup_id, event_id }: SignupRow) =>
  sql`update event_signup set accept_by = null
    where organization_id = ${organization_id}::uuid and event_id = ${event_id}::uuid and accept_by is not null
      and ${host_signup_id ?? signup_id}::uuid in (signup_id, host_signup_id)`.execute(tx)

/** The newest that was not taken back. */
export const markOf = (tx: Db, organization_id: string, signup_id: string, shift_id: string) =>
  tx
    .selectFrom('event_attendance')
    .select(['attendance_id', 'attendance', 'guests', 'at', 'made_by'])
    .where('organization_id', '=', organization_id)
    .where('signup_id', '=', signup_id)
    .where('shift_id', '=', shift_id)
    .where('taken_back_at', 'is', null)
    .orderBy('attendance_id', 'desc')
    .executeTakeFirst()

const takeBackMarks = (tx: Db, actor: Actor, signup_id: string, shift_id: string, now: Date) =>
  tx
    .updateTable('event_attendance')
    .set({ taken_back_at: now, taken_back_by: actor.name })
    .where('organization_id', '=', actor.organization_id)
    .where('signup_id', '=', signup_id)
    .where('shift_id', '=', shift_id)
    .where('taken_back_at', 'is', null)
    .execute()

/** Takes back one mark; the one before it holds again. */
export async function takeBackMark(
  tx: Db,
  actor: Actor,
  event_id: string,
  { attendance_id, signup_id, attendance }: { attendance_id: number; signup_id: string; attendance: Attendance },
  now: Date,
): Promise<void> {
  const { organization_id } = actor
  const { person_id } = found(await signupById(tx, organization_id, event_id, signup_id))
  await tx
    .updateTable('event_attendance')
    .set({ taken_back_at: now, taken_back_by: actor.name })
    .where('organization_id', '=', organization_id)
    .where('attendance_id', '=', attendance_id)
    .execute()
  await audit(tx, actor, {
    action: 'event.attendance',
    subject: 'event',
    subject_id: event_id,
    before: { attendance },
    after: { person_id, attendance: null },
  })
}

/** Somebody who came without having signed up was put into the wrong shift: they were there as long, in another one. */
export function moveWalkIn(
  db: Db,
  actor: Actor,
  event_id: string,
  { signup_id, from, to }: { signup_id: string; from: string; to: string },
  now: Date,
): Promise<void> {
  const { organization_id } = actor
  return inTransaction(db, async (tx) => {
    await lockEvent(tx, organization_id, event_id)
    const { source, person_id } = found(await signupById(tx, organization_id, event_id, signup_id))
    found((await shiftsOf(tx, organization_id, [event_id])).find(({ shift_id }) => shift_id === to))
    const mark = await markOf(tx, organization_id, signup_id, from)
    if (source !== 'door' || !mark || from === to) return
    const isThere = await markOf(tx, organization_id, signup_id, to)
    await takeBackMarks(tx, actor, signup_id, from, now)
    if (!isThere) {
      const { attendance_id: _before, ...same } = mark
      await tx
        .insertInto('event_attendance')
        .values({ organization_id, signup_id, ...same, shift_id: to })
        .execute()
      await sql`insert into event_hours (organization_id, signup_id, shift_id, minutes, reason, at, made_by)
        select organization_id, signup_id, ${to}::uuid, minutes, reason, at, made_by from event_hours
        where organization_id = ${organization_id}::uuid and signup_id = ${signup_id}::uuid and shift_id = ${from}::uuid
        order by hours_id desc limit 1`.execute(tx)
    }
    const ofSignup = (shift_id: string) => ({ organization_id, signup_id, shift_id })
    await tx
      .deleteFrom('event_signup_shift')
      .where('organization_id', '=', organization_id)
      .where('signup_id', '=', signup_id)
      .where('shift_id', '=', from)
      .execute()
    await tx
      .insertInto('event_signup_shift')
      .values(ofSignup(to))
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    await audit(tx, actor, {
      action: 'event.walk_in_moved',
      subject: 'event',
      subject_id: event_id,
      after: { person_id },
    })
  })
}

export interface WalkIn {
  /** Of the form: sent twice, they came once. */
  signup_id: string
  shift_id: string
  /** null: somebody we know. */
  said: Said | null
  person_id: string | null
  /** To write in, where we know no other of them. */
  language: string
  /** Of those without a name who came along with somebody who had signed up; left out: as many as they said. */
  guests?: number
}

/** Somebody who comes without having signed up: a person of ours, there in one step. Nobody is sent away for want of a seat. */
export function walkIn(
  db: Db,
  actor: Actor,
  event_id: string,
  { signup_id: fresh, shift_id, said, language, person_id: known, guests: along }: WalkIn,
  now: Date,
): Promise<Marked> {
  const { organization_id } = actor
  return inTransaction(db, async (tx) => {
    await lockArrivals(tx, organization_id)
    const event = await lockEvent(tx, organization_id, event_id)
    const shifts = await shiftsOf(tx, organization_id, [event_id], { with_removed: true })
    found(shifts.find((each) => each.shift_id === shift_id))
    if (await signupById(tx, organization_id, event_id, fresh))
      return { signup_id: fresh, since: null, attendance_id: null }
    const person_id =
      known === null
        ? (await receivePerson(tx, actor, { ...nowhere, ...found(said), language: null }, titleOf(event))).person_id
        : await personOf(tx, actor, known)
    const there = await openSignup(tx, organization_id, event_id, person_id)
    if (there) {
      const { signup_id, guests } = found(await signupById(tx, organization_id, event_id, there.signup_id))
      const mark = { signup_id, shift_id, attendance: 'attended' as const, guests: along ?? guests }
      return markAttendance(tx, actor, event_id, mark, now)
    }
    const spoken = await tx
      .selectFrom('person')
      .select('language')
      .where('organization_id', '=', organization_id)
      .where('person_id', '=', person_id)
      .executeTakeFirst()
    const signup_id = fresh
    await tx
      .insertInto('event_signup')
      .values({
        organization_id,
        event_id,
        signup_id,
        person_id,
        host_signup_id: null,
        // The door counts heads, the wait list seats.
        seats: 0,
        response: 'signed_up',
        source: 'door',
        language: (known !== null && spoken?.language) || language,
        said: said && JSON.stringify(said),
        mail_to: said?.email ?? null,
        told_at: now,
        received_at: now,
      })
      .execute()
    await tx.insertInto('event_signup_shift').values({ organization_id, signup_id, shift_id }).execute()
    const { attendance_id } = await tx
      .insertInto('event_attendance')
      .values({ organization_id, signup_id, shift_id, attendance: 'walk_in', at: now, made_by: actor.name })
      .returning('attendance_id')
      .executeTakeFirstOrThrow()
    await audit(tx, actor, {
      action: 'event.walk_in',
      subject: 'event',
      subject_id: event_id,
      after: { person_id },
    })
    return { signup_id, since: null, attendance_id }
  })
}

/** Afterwards: whoever had a seat in the shift and is not marked did not come. Returns how many. */
export function markNoShows(db: Db, actor: Actor, event_id: string, shift_id: string, now: Date): Promise<number> {
  const { organization_id } = actor
  return inTransaction(db, async (tx) => {
    await lockEvent(tx, organization_id, event_id)
    const { rows } = await sql<{ signup_id: string }>`
      insert into event_attendance (organization_id, signup_id, shift_id, attendance, at, made_by)
      select s.organization_id, s.signup_id, ${shift_id}::uuid, 'no_show', ${now}::timestamptz, ${actor.name}::text from event_signup s
      where s.organization_id = ${organization_id}::uuid and s.event_id = ${event_id}::uuid and s.response in ('signed_up', 'confirmed')
        and s.source <> 'door' and exists (select from event_signup_shift x where x.organization_id = s.organization_id
          and x.signup_id = coalesce(s.host_signup_id, s.signup_id) and x.shift_id = ${shift_id}::uuid)
        and not exists (select from event_attendance a where a.organization_id = s.organization_id and a.signup_id = s.signup_id
          and a.shift_id = ${shift_id}::uuid and a.taken_back_at is null)
      returning signup_id`.execute(tx)
    await audit(tx, actor, {
      action: 'event.no_shows',
      subject: 'event',
      subject_id: event_id,
      after: { people: rows.length },
    })
    return rows.length
  })
}
