import type { Actor } from '../../../platform/actor.ts'
import { audit, systemActor } from '../../../platform/audit.ts'
import { inTransaction, inTransactionTwice, type Db } from '../../../platform/db/db.ts'
import { found } from '../../../platform/errors.ts'
import { markByContact, recordAttempt } from '../../contacts/commands.ts'
import type { Disposition } from '../../contacts/schema.ts'
import { lockArrivals } from '../../people/arrivals/commands.ts'
import { personOf } from '../../people/commands.ts'
import { addPerson, answer, openSignup, takeBackResponse } from '../commands.ts'
import { chooseShifts, lockEvent } from '../seats/commands.ts'
import { roomIn, shiftsOf, signupById, signupsOf, type Event, type SignupRow } from '../queries.ts'
import { seatsFor } from '../rules.ts'
import { calledUnmarked, isToBook, saidSince, shiftBankOf, unconfirmedOf } from './queries.ts'
import {
  Booked,
  confirmingQuestion,
  confirmings,
  type CallOutcome,
  type Confirming,
  type EventBankUse,
} from './schema.ts'
import './tables.ts'

/** Says in which phone bank whoever signs up calls; null: in none. */
export function nameShiftBank(
  db: Db,
  actor: Actor,
  event_id: string,
  phone_bank_id: string | null,
  now: Date,
): Promise<void> {
  const { organization_id } = actor
  return inTransaction(db, async (tx) => {
    await lockEvent(tx, organization_id, event_id)
    const before = await shiftBankOf(tx, organization_id, event_id)
    if ((before?.phone_bank_id ?? null) === phone_bank_id) return
    await tx
      .deleteFrom('event_phone_bank')
      .where('organization_id', '=', organization_id)
      .where('event_id', '=', event_id)
      .where('what', '=', 'shift')
      .execute()
    if (phone_bank_id) await joinBank(tx, actor, event_id, phone_bank_id, 'shift', now)
    await audit(tx, actor, {
      action: 'event.calls',
      subject: 'event',
      subject_id: event_id,
      before: { phone_bank_id: before?.phone_bank_id ?? null },
      after: { phone_bank_id },
    })
  })
}

/** In the transaction it is given, whose caller has seen that both are there. */
export const joinBank = (
  tx: Db,
  { organization_id, name }: Actor,
  event_id: string,
  phone_bank_id: string,
  what: EventBankUse,
  now: Date,
) =>
  tx
    .insertInto('event_phone_bank')
    .values({ organization_id, event_id, phone_bank_id, what, made_by: name, made_at: now })
    .execute()

/** Marks who called in their shift as there. `of`: one phone bank alone, else all there are. Returns how many. */
export async function attendedByCalling(
  db: Db,
  now: Date,
  of: { organization_id?: string; phone_bank_id?: string } = {},
): Promise<number> {
  const called = await calledUnmarked(db, now, of)
  let marked = 0
  for (const { organization_id, event_id, shift_id, signup_id, person_id } of called) {
    const actor = systemActor(organization_id)
    await inTransaction(db, async (tx) => {
      await lockEvent(tx, organization_id, event_id)
      const before = await tx
        .selectFrom('event_attendance')
        .select('attendance_id')
        .where('organization_id', '=', organization_id)
        .where('signup_id', '=', signup_id)
        .where('shift_id', '=', shift_id)
        .executeTakeFirst()
      // A host was quicker.
      if (before) return
      await tx
        .insertInto('event_attendance')
        .values({ organization_id, signup_id, shift_id, attendance: 'attended', at: now, made_by: actor.name })
        .execute()
      await audit(tx, actor, {
        action: 'event.attendance',
        subject: 'event',
        subject_id: event_id,
        after: { person_id, attendance: 'attended' },
      })
      marked++
    })
  }
  return marked
}

/*
 * Asked by telephone whether they come.
 */

interface Asked {
  attempt_id: string
  said: Confirming
  signup: Pick<SignupRow, 'signup_id' | 'person_id' | 'response' | 'shift_ids' | 'order' | 'said_at'>
}

/** In the order of whoever signs up: a corrected no may sign them up anew. */
async function lockForAnswer(tx: Db, organization_id: string, event_id: string): Promise<Event> {
  await lockArrivals(tx, organization_id)
  return lockEvent(tx, organization_id, event_id)
}

/** What somebody said on the telephone, and what it means for their seat. The same call twice counts once. */
async function takeAnswer(
  tx: Db,
  actor: Actor,
  event_id: string,
  { attempt_id, said, signup }: Asked,
  now: Date,
): Promise<void> {
  const { organization_id } = actor
  const is_new = await tx
    .insertInto('event_confirming')
    .values({ organization_id, attempt_id, signup_id: signup.signup_id, said, at: now, made_by: actor.name })
    .onConflict((same) => same.doNothing())
    .returning('attempt_id')
    .executeTakeFirst()
  if (!is_new) return
  if (said === 'no' && signup.response !== 'canceled_by_them')
    await answer(tx, actor, event_id, signup.signup_id, 'cancel', now)
  if (said !== 'yes') return
  // A caller who corrects a no: their seat, if there still is one; with tickets, the one they stand for.
  const { signup_id, response, order, said_at } = signup
  if (response === 'canceled_by_them' && order) {
    const back = await takeBackResponse(tx, actor, event_id, { signup_id, response, at: said_at }, now)
    if (back.ok) await answer(tx, actor, event_id, signup_id, 'confirm', now)
    return
  }
  const again =
    response === 'canceled_by_them'
      ? await addPerson(
          tx,
          actor,
          event_id,
          { who: signup.person_id, as: 'signed_up', shift_ids: signup.shift_ids },
          now,
        )
      : ({ ok: true, signup_id: signup.signup_id } as const)
  if (!again.ok) return
  await answer(tx, actor, event_id, again.signup_id, 'confirm', now)
  if (again.signup_id !== signup.signup_id)
    await tx
      .updateTable('event_confirming')
      .set({ signup_id: again.signup_id })
      .where('organization_id', '=', organization_id)
      .where('attempt_id', '=', attempt_id)
      .execute()
}

/** What a call that was undone had changed stands as before: whoever said something since, or has no seat left, is left as they are. */
async function takeBack(tx: Db, actor: Actor, event_id: string, attempt_id: string, now: Date): Promise<void> {
  const taken = await tx
    .updateTable('event_confirming')
    .set({ taken_back_at: now })
    .where('organization_id', '=', actor.organization_id)
    .where('attempt_id', '=', attempt_id)
    .where('taken_back_at', 'is', null)
    .returning(['signup_id', 'said', 'at'])
    .executeTakeFirst()
  if (!taken) return
  const { signup_id, said, at } = taken
  const response = said === 'no' ? 'canceled_by_them' : said === 'yes' ? 'confirmed' : null
  if (response) await takeBackResponse(tx, actor, event_id, { signup_id, response, at }, now)
}

/** An answer in a phone bank that asks whether people come, or one that was undone. Of any other call nothing follows. */
export function answeredByPhone(db: Db, organization_id: string, attempt_id: string, now: Date): Promise<void> {
  return inTransaction(db, async (tx) => {
    const call = await tx
      .selectFrom('contact_attempt as a')
      .innerJoin('contact_answer as c', (join) =>
        join.onRef('c.organization_id', '=', 'a.organization_id').onRef('c.attempt_id', '=', 'a.attempt_id'),
      )
      .innerJoin('event_phone_bank as l', (join) =>
        join.onRef('l.organization_id', '=', 'a.organization_id').onRef('l.phone_bank_id', '=', 'a.phone_bank_id'),
      )
      .innerJoin('person as p', (join) =>
        join
          .onRef('p.organization_id', '=', 'a.organization_id')
          .on((eb) =>
            eb.or([eb('p.person_id', '=', eb.ref('a.person_id')), eb('p.voter_id', '=', eb.ref('a.voter_id'))]),
          ),
      )
      .select(['l.event_id', 'c.value', 'p.person_id', 'a.made_by', 'a.caller_id', 'a.attempted_at'])
      .where('a.organization_id', '=', organization_id)
      .where('a.attempt_id', '=', attempt_id)
      .where('c.question', '=', confirmingQuestion)
      .where('l.what', '=', 'confirming')
      .where('p.merged_into', 'is', null)
      .executeTakeFirst()
    const said = confirmings.find((each) => each === call?.value)
    if (!call || !said) return
    const { event_id, person_id, attempted_at: at } = call
    await lockForAnswer(tx, organization_id, event_id)
    const { undone_at, undone_by } = await tx
      .selectFrom('contact_attempt')
      .select(['undone_at', 'undone_by'])
      .where('organization_id', '=', organization_id)
      .where('attempt_id', '=', attempt_id)
      .executeTakeFirstOrThrow()
    if (undone_at) {
      await takeBack(tx, systemActor(organization_id, undone_by ?? call.made_by), event_id, attempt_id, now)
      return
    }
    // A device that was offline sends what is out of date by now.
    if (await saidSince(tx, organization_id, { event_id, person_id, attempt_id, at })) return
    const signup = await newestOf(tx, organization_id, event_id, person_id)
    if (!signup) return
    const actor: Actor = {
      ...systemActor(organization_id, call.made_by),
      kind: 'caller',
      id: call.caller_id ?? 'system',
    }
    await takeAnswer(tx, actor, event_id, { attempt_id, said, signup }, now)
  })
}

/** Their sign-up that is open, else the last one. */
async function newestOf(
  tx: Db,
  organization_id: string,
  event_id: string,
  person_id: string,
): Promise<SignupRow | undefined> {
  const rows = (await signupsOf(tx, organization_id, event_id)).filter(
    (row) => row.person_id === person_id && !row.host_signup_id,
  )
  return rows.find(({ response }) => response === 'signed_up' || response === 'confirmed') ?? rows.at(-1)
}

const dispositionOf: Record<CallOutcome, Disposition> = {
  yes: 'canvassed',
  no: 'canvassed',
  maybe: 'canvassed',
  message: 'left_message',
  no_answer: 'no_answer',
  wrong_number: 'wrong_number',
  do_not_call: 'do_not_call',
}

export type ByHand = { ok: true } | { ok: false; problem: 'not_now' }

/**
 * Called by somebody of us, without a phone bank, or by a caller of one (`by`) without a list: the call is kept like any other.
 * Not where they are asked no more, for somebody was quicker; the same form twice is one call.
 */
export function confirmByHand(
  db: Db,
  actor: Actor,
  event_id: string,
  { signup_id, said, attempt_id }: { signup_id: string; said: CallOutcome; attempt_id: string },
  now: Date,
  by: { phone_bank_id: string; caller_id: string } | null = null,
): Promise<ByHand> {
  const { organization_id } = actor
  return inTransactionTwice(db, async (tx): Promise<ByHand> => {
    const { content } = await lockForAnswer(tx, organization_id, event_id)
    const before = await tx
      .selectFrom('event_confirming')
      .select(['signup_id', 'said'])
      .where('organization_id', '=', organization_id)
      .where('attempt_id', '=', attempt_id)
      .executeTakeFirst()
    if (before)
      return before.signup_id === signup_id && before.said === said ? { ok: true } : { ok: false, problem: 'not_now' }
    const asked = (await unconfirmedOf(tx, organization_id, event_id, { since: now })).find(
      (each) => each.signup_id === signup_id,
    )
    const [signup] = asked ? await signupsOf(tx, organization_id, event_id, { only: [signup_id] }) : []
    if (!asked || !signup) return { ok: false, problem: 'not_now' }
    const answered = said === 'yes' || said === 'no' || said === 'maybe' ? said : null
    const recorded = await recordAttempt(
      tx,
      actor,
      {
        attempt_id,
        voter_id: null,
        person_id: signup.person_id,
        channel: 'phone',
        disposition: dispositionOf[said],
        attempted_at: now,
        phone: asked.phone,
        language: null,
        spoke_with: answered || said === 'do_not_call' ? 'voter' : null,
        // A phone bank of this event says it by its name already.
        note: asked.voter_id === null && by?.phone_bank_id ? null : Object.values(content.title).join(' · ') || null,
        made_by: actor.name,
        // Of a voter the phone bank's list knows its own calls alone; this one rests them there as one made elsewhere.
        phone_bank_id: asked.voter_id === null ? (by?.phone_bank_id ?? null) : null,
        caller_id: by?.caller_id ?? null,
        answers: answered ? { [confirmingQuestion]: answered } : {},
      },
      now,
    )
    if (!recorded.ok) return { ok: false, problem: 'not_now' }
    const confirming = confirmings.find((each) => each === said)
    if (confirming) await takeAnswer(tx, actor, event_id, { attempt_id, said: confirming, signup }, now)
    // Of a voter the call itself has noted it.
    if (said === 'wrong_number' && recorded.is_new && asked.voter_id === null && asked.phone)
      await markByContact(
        tx,
        actor,
        { attempt_id, person_id: signup.person_id },
        { reason: 'wrong_number', note: '', phone: asked.phone },
      )
    return { ok: true }
  })
}

/** Hours after which a call by hand stays as it is. */
const undo_hours = 12

/**
 * A caller's call without a list was a slip: it counts no more, and their seat is as before. Answers whom they called; null:
 * another's, too long ago, or one that closed a number or a person, which an organizer takes back.
 */
export function undoByHand(
  db: Db,
  actor: Actor,
  event_id: string,
  { attempt_id, caller_id }: { attempt_id: string; caller_id: string },
  now: Date,
): Promise<{ person_id: string | null } | null> {
  const { organization_id } = actor
  return inTransaction(db, async (tx) => {
    await lockForAnswer(tx, organization_id, event_id)
    const undone = await tx
      .updateTable('contact_attempt')
      .set({ undone_at: now, undone_by: actor.name })
      .where('organization_id', '=', organization_id)
      .where('attempt_id', '=', attempt_id)
      .where('caller_id', '=', caller_id)
      // Of a voter on the list it is taken back there.
      .where((eb) => eb.or([eb('voter_id', 'is', null), eb('phone_bank_id', 'is', null)]))
      .where('disposition', 'in', ['canvassed', 'left_message', 'no_answer'])
      .where('attempted_at', '>', new Date(now.getTime() - undo_hours * 3_600_000))
      .where('undone_at', 'is', null)
      .returning(['disposition', 'made_by', 'voter_id', 'person_id'])
      .executeTakeFirst()
    if (!undone) return null
    const { person_id, ...before } = undone
    await takeBack(tx, actor, event_id, attempt_id, now)
    await audit(tx, actor, {
      action: 'contact.undo',
      subject: 'contact_attempt',
      subject_id: attempt_id,
      before,
    })
    return { person_id }
  })
}

/*
 * Booked by a caller of any phone bank.
 */

export type BookedByPhone =
  /** `shift_ids`: those an invitation named, which this took the place of. */
  | { ok: true; signup_id: string; booked: Booked; shift_ids?: string[] }
  | { ok: false; problem: 'event_over' | 'event_full' | 'event_already' }

/** Somebody says yes to an event on the telephone, in this language. Who was invited, or is offered a seat, accepts with it. */
export function bookByPhone(
  db: Db,
  actor: Actor,
  { event_id, shift_id, who, language }: { event_id: string; shift_id: string; who: string; language: string | null },
  now: Date,
): Promise<BookedByPhone> {
  const { organization_id } = actor
  return inTransaction(db, async (tx): Promise<BookedByPhone> => {
    const event = await lockForAnswer(tx, organization_id, event_id)
    const shifts = await shiftsOf(tx, organization_id, [event_id])
    const shift = shifts.find((each) => each.shift_id === shift_id)
    if (!shift || shift.ends_at <= now || !(await isToBook(tx, event, now))) return { ok: false, problem: 'event_over' }
    // Nobody moves up into a shift that has begun.
    if (shift.starts_at <= now && seatsFor(await roomIn(tx, event, [shift]), [shift_id]) < 1)
      return { ok: false, problem: 'event_full' }
    const open = await openSignup(tx, organization_id, event_id, await personOf(tx, actor, who))
    const known = open && found(await signupById(tx, organization_id, event_id, open.signup_id))
    if (known?.accept_by && known.shift_ids.includes(shift_id)) {
      const accepted = await answer(tx, actor, event_id, known.signup_id, 'accept', now)
      if (accepted.ok) return { ok: true, signup_id: known.signup_id, booked: Booked.parse(accepted.response) }
    }
    if (known && known.response !== 'invited') return { ok: false, problem: 'event_already' }
    if (known) {
      const { shift_ids } = known
      // The invitation may have named another shift.
      await chooseShifts(tx, organization_id, known.signup_id, [shift_id], now)
      const accepted = await answer(tx, actor, event_id, known.signup_id, 'accept', now)
      if (accepted.ok)
        return { ok: true, signup_id: known.signup_id, booked: Booked.parse(accepted.response), shift_ids }
      await chooseShifts(tx, organization_id, known.signup_id, shift_ids, now)
      return { ok: false, problem: accepted.problem === 'full' ? 'event_full' : 'event_over' }
    }
    const added = await addPerson(tx, actor, event_id, { who, as: 'signed_up', shift_ids: [shift_id], language }, now)
    if (!added.ok) return { ok: false, problem: added.problem === 'full' ? 'event_full' : 'event_over' }
    const signup = await signupById(tx, organization_id, event_id, added.signup_id)
    return { ok: true, signup_id: added.signup_id, booked: Booked.parse(signup?.response) }
  })
}

/** A booking was a slip. false: they said something since, it was the yes to an offered seat, or it is too late for it; that stays. */
export function takeBookingBack(
  db: Db,
  actor: Actor,
  {
    event_id,
    signup_id,
    booked,
    shift_ids,
  }: { event_id: string; signup_id: string; booked: Booked; shift_ids?: string[] | undefined },
  now: Date,
): Promise<boolean> {
  const { organization_id } = actor
  return inTransaction(db, async (tx) => {
    await lockForAnswer(tx, organization_id, event_id)
    const signup = await signupById(tx, organization_id, event_id, signup_id)
    if (signup?.response !== booked || booked === 'confirmed') return false
    const back = await takeBackResponse(tx, actor, event_id, { signup_id, response: booked, at: signup.said_at }, now)
    if (back.ok && shift_ids) await chooseShifts(tx, organization_id, signup_id, shift_ids, now)
    if (back.ok) return true
    return (await answer(tx, actor, event_id, signup_id, 'cancel', now)).ok
  })
}
