import { randomInt } from 'node:crypto'
import { sql } from 'kysely'
import type { Actor } from '../../platform/actor.ts'
import { audit, systemActor } from '../../platform/audit.ts'
import { inTransaction, type Db } from '../../platform/db/db.ts'
import { found } from '../../platform/errors.ts'
import { addJob } from '../../platform/jobs/jobs.ts'
import { lockArrivals, receivePerson } from '../people/arrivals/commands.ts'
import { addNote, personOf, recordConsent } from '../people/commands.ts'
import { newestSaid } from '../people/consent.ts'
import { cameAs } from './door/rules.ts'
import { eventMail, eventTend, type MailKind } from './later.ts'
import {
  eventById,
  everOf,
  mailboxOf,
  roomIn,
  shiftsOf,
  signupById,
  type Event,
  type Shift,
  type SignupRow,
} from './queries.ts'
import { acceptBy, answerTo, mayFollow, nextDue, nextUp, remindersDue, seatsFor, standingOf, type Party } from './rules.ts' // prettier-ignore
import { EventContent, isGuestAct, openResponses, responseRules, seated, wasThere, type Attendance, type EventResponse, type EventSettings, type Place, type Said, type SignUp, type SignupSource } from './schema.ts' // prettier-ignore
import type { ResponseReason } from './tables.ts'

export interface ShiftDraft {
  /** null: a new one. */
  shift_id: string | null
  name: Record<string, string>
  starts_at: Date
  ends_at: Date
  capacity: number | null
  place: Place
}

export interface EventDraft {
  settings: EventSettings
  content: EventContent
  shifts: readonly ShiftDraft[]
}

/*
 * Making and changing.
 */

/** Nobody but the organization sees it before it is published. */
export function createEvent(db: Db, actor: Actor, draft: EventDraft, now: Date): Promise<{ event_id: string }> {
  return inTransaction(db, async (tx) => {
    const { event_id } = await insertEvent(tx, actor, draft, now)
    await audit(tx, actor, {
      action: 'event.create',
      subject: 'event',
      subject_id: event_id,
      after: { title: draft.content.title, kind: draft.settings.kind },
    })
    return { event_id }
  })
}

/** In the transaction it is given. */
export async function insertEvent(
  tx: Db,
  actor: Actor,
  { settings, content, shifts }: EventDraft,
  now: Date,
  more: { series_id?: string; series_on?: string; published_at?: Date | null } = {},
): Promise<{ event_id: string }> {
  const { organization_id } = actor
  const { event_id } = await tx
    .insertInto('event')
    .values({
      organization_id,
      code: newCode(),
      ...settings,
      content: JSON.stringify(EventContent.parse(content)),
      ...spanOf(shifts),
      series_id: null,
      series_on: null,
      ...more,
      created_by: actor.name,
      created_at: now,
      changed_at: now,
    })
    .returning('event_id')
    .executeTakeFirstOrThrow()
  for (const shift of shifts) await insertShift(tx, organization_id, event_id, shift)
  return { event_id }
}

const insertShift = (tx: Db, organization_id: string, event_id: string, shift: ShiftDraft) =>
  tx
    .insertInto('event_shift')
    .values({
      organization_id,
      event_id,
      name: JSON.stringify(shift.name),
      starts_at: shift.starts_at,
      ends_at: shift.ends_at,
      capacity: shift.capacity,
      place: JSON.stringify(shift.place),
    })
    .execute()

const spanOf = (shifts: readonly Pick<ShiftDraft, 'starts_at' | 'ends_at'>[]) => ({
  starts_at: new Date(Math.min(...shifts.map((each) => each.starts_at.getTime()))),
  ends_at: new Date(Math.max(...shifts.map((each) => each.ends_at.getTime()))),
})

/** Read aloud and typed from paper: without letters that look alike. */
const letters = 'abcdefghjkmnpqrstuvwxyz23456789'
const newCode = (): string => Array.from({ length: 8 }, () => letters[randomInt(letters.length)]).join('')

export type EventSaved = { ok: true } | { ok: false; problem: 'capacity_below' | 'shift_taken' }

/** Saves an event. Whoever has a seat keeps it, and hears of another time or place. */
export function saveEvent(db: Db, actor: Actor, event_id: string, draft: EventDraft, now: Date): Promise<EventSaved> {
  const { organization_id } = actor
  return inTransaction(db, async (tx): Promise<EventSaved> => {
    const before = await lockEvent(tx, organization_id, event_id)
    const old = await shiftsOf(tx, organization_id, [event_id])
    const gone = old.filter(({ shift_id }) => !draft.shifts.some((each) => each.shift_id === shift_id))
    if (gone.length > 0 && (await isTaken(tx, organization_id, gone))) return { ok: false, problem: 'shift_taken' }
    const kept = draft.shifts.flatMap((each) => {
      const was = old.find(({ shift_id }) => shift_id === each.shift_id)
      return was ? [{ was, is: each }] : []
    })
    const room = await roomIn(
      tx,
      { ...before, capacity: draft.settings.capacity },
      kept.map(({ was, is }) => ({ ...was, capacity: is.capacity })),
    )
    if ([room.event, ...room.shifts.values()].some((left) => left !== null && left < 0))
      return { ok: false, problem: 'capacity_below' }

    for (const { was, is } of kept) {
      await tx
        .updateTable('event_shift')
        .set({
          name: JSON.stringify(is.name),
          starts_at: is.starts_at,
          ends_at: is.ends_at,
          capacity: is.capacity,
          place: JSON.stringify(is.place),
        })
        .where('organization_id', '=', organization_id)
        .where('shift_id', '=', was.shift_id)
        .execute()
    }
    for (const each of draft.shifts.filter(({ shift_id }) => !kept.some(({ was }) => was.shift_id === shift_id)))
      await insertShift(tx, organization_id, event_id, each)
    if (gone.length > 0) {
      await tx
        .updateTable('event_shift')
        .set({ removed_at: now })
        .where('organization_id', '=', organization_id)
        .where(
          'shift_id',
          'in',
          gone.map(({ shift_id }) => shift_id),
        ) // prettier-ignore
        .execute()
    }
    const isMoved = gone.length > 0 || kept.some(({ was, is }) => isElsewhere(was, is))
    const { settings, content } = draft
    const isOther =
      isMoved ||
      kept.length < draft.shifts.length ||
      settings.online_link !== before.online_link ||
      JSON.stringify(content.title) !== JSON.stringify(before.content.title)
    await tx
      .updateTable('event')
      .set({
        ...settings,
        content: JSON.stringify(EventContent.parse(content)),
        ...spanOf(draft.shifts),
        changed_at: now,
        ...(isOther && { sequence: before.sequence + 1 }),
      })
      .where('organization_id', '=', organization_id)
      .where('event_id', '=', event_id)
      .execute()
    await audit(tx, actor, {
      action: 'event.update',
      subject: 'event',
      subject_id: event_id,
      before: auditedOf({ ...before, shifts: old }),
      after: auditedOf({ ...settings, content, shifts: draft.shifts }),
    })
    const event = found(await eventById(tx, organization_id, event_id))
    if (event.starts_at.getTime() !== before.starts_at.getTime()) await remindAnew(tx, event, now)
    const isToldOf = isMoved || settings.online_link !== before.online_link
    if (isToldOf && standingOf(event, now) === 'open') await mailAll(tx, event, seated, 'changed')
    await moveUp(tx, actor, event, now)
    await schedule(tx, event, now)
    return { ok: true }
  })
}

const isElsewhere = (was: Shift, is: ShiftDraft): boolean =>
  was.starts_at.getTime() !== is.starts_at.getTime() ||
  was.ends_at.getTime() !== is.ends_at.getTime() ||
  JSON.stringify([was.place.name, was.place.address, was.place.city]) !==
    JSON.stringify([is.place.name, is.place.address, is.place.city])

const auditedOf = (event: EventSettings & { content: EventContent; shifts: readonly (Shift | ShiftDraft)[] }) => ({
  kind: event.kind,
  title: event.content.title,
  content: event.content,
  time_zone: event.time_zone,
  online_link: event.online_link,
  capacity: event.capacity,
  guests_most: event.guests_most,
  accept_hours: event.accept_hours,
  is_by_invitation: event.is_by_invitation,
  needs_approval: event.needs_approval,
  has_wait_list: event.has_wait_list,
  reminder_hours: event.reminder_hours,
  shifts: event.shifts.map(({ starts_at, ends_at, capacity, place }) => ({ starts_at, ends_at, capacity, place })),
})

async function isTaken(tx: Db, organization_id: string, shifts: readonly Shift[]): Promise<boolean> {
  const row = await tx
    .selectFrom('event_signup_shift as x')
    .innerJoin('event_signup as s', (join) =>
      join.onRef('s.organization_id', '=', 'x.organization_id').onRef('s.signup_id', '=', 'x.signup_id'),
    )
    .select('s.signup_id')
    .where('x.organization_id', '=', organization_id)
    .where(
      'x.shift_id',
      'in',
      shifts.map(({ shift_id }) => shift_id),
    ) // prettier-ignore
    .where('s.response', 'in', openResponses)
    .executeTakeFirst()
  return row !== undefined
}

/** Whoever changes who comes to an event waits for the others: seats are counted and given under this lock. */
export async function lockEvent(tx: Db, organization_id: string, event_id: string): Promise<Event> {
  await tx
    .selectFrom('event')
    .select('event_id')
    .where('organization_id', '=', organization_id)
    .where('event_id', '=', event_id)
    .forUpdate()
    .execute()
  return found(await eventById(tx, organization_id, event_id))
}

export type EventAct = 'publish' | 'withdraw' | 'cancel' | 'restore'

/** Opens it to everybody, takes it from there, calls it off, or takes that back. Called off, everybody who wanted to come hears of it. */
export function changeEvent(db: Db, actor: Actor, event_id: string, act: EventAct, now: Date): Promise<void> {
  const { organization_id } = actor
  return inTransaction(db, async (tx) => {
    const before = await lockEvent(tx, organization_id, event_id)
    const isDone = {
      publish: before.published_at !== null,
      withdraw: before.published_at === null,
      cancel: before.canceled_at !== null || before.ends_at <= now,
      restore: before.canceled_at === null,
    }[act]
    if (isDone) return
    await tx
      .updateTable('event')
      .set({
        ...{
          publish: { published_at: now },
          withdraw: { published_at: null },
          cancel: { canceled_at: now },
          restore: { canceled_at: null },
        }[act],
        changed_at: now,
        sequence: before.sequence + 1,
      })
      .where('organization_id', '=', organization_id)
      .where('event_id', '=', event_id)
      .execute()
    await audit(tx, actor, { action: `event.${act}`, subject: 'event', subject_id: event_id })
    const event = found(await eventById(tx, organization_id, event_id))
    if (act === 'cancel') await cancelAll(tx, actor, event, now)
    if (act === 'restore') await reopenAll(tx, actor, event, now)
    if (act === 'publish') await tellAll(tx, event, now)
    await schedule(tx, event, now)
  })
}

async function cancelAll(tx: Db, actor: Actor, event: Event, now: Date): Promise<void> {
  if (event.ends_at > now) await mailAll(tx, event, openResponses, 'canceled')
  const rows = await tx
    .updateTable('event_signup')
    .set({ response: 'canceled_by_us', accept_by: null })
    .where('organization_id', '=', event.organization_id)
    .where('event_id', '=', event.event_id)
    .where('response', 'in', openResponses)
    .returning('signup_id')
    .execute()
  await keepResponses(tx, actor, rows.map(({ signup_id }) => signup_id), 'canceled_by_us', 'event_canceled', now) // prettier-ignore
}

/** Whoever was canceled with the event stands where they stood before, unless they have another sign-up by now. */
async function reopenAll(tx: Db, actor: Actor, event: Event, now: Date): Promise<void> {
  const { rows } = await sql<{ signup_id: string; response: EventResponse }>`
    update event_signup s set response = last.response, accept_by = null
    from (select r.signup_id, (array_agg(r.response order by r.response_id desc))[2] as response,
        (array_agg(r.why order by r.response_id desc))[1] as why
      from event_response r where r.organization_id = ${event.organization_id}::uuid group by r.signup_id) last
    where s.organization_id = ${event.organization_id}::uuid and s.event_id = ${event.event_id}::uuid and last.signup_id = s.signup_id
      and s.response = 'canceled_by_us' and last.why = 'event_canceled' and last.response = any(${[...openResponses]}::text[])
      and not exists (select from event_signup o where o.organization_id = s.organization_id and o.event_id = s.event_id
        and o.person_id = s.person_id and o.response = any(${[...openResponses]}::text[]))
    returning s.signup_id, s.response`.execute(tx)
  for (const [response, of] of Map.groupBy(rows, (row) => row.response))
    await keepResponses(tx, actor, of.map(({ signup_id }) => signup_id), response, null, now) // prettier-ignore
  if (standingOf(event, now) === 'open') {
    await mailAll(tx, event, openResponses.filter((each) => each !== 'invited'), 'answer') // prettier-ignore
    await mailAll(tx, event, ['invited'], 'invited')
  }
}

/** Whoever was added before the event was published. */
async function tellAll(tx: Db, event: Event, now: Date): Promise<void> {
  const told = await tx
    .updateTable('event_signup')
    .set({ told_at: now })
    .where('organization_id', '=', event.organization_id)
    .where('event_id', '=', event.event_id)
    .where('told_at', 'is', null)
    .where('response', 'in', openResponses)
    .returning(['signup_id', 'response'])
    .execute()
  if (standingOf(event, now) !== 'open') return
  const idsOf = (is_invited: boolean) =>
    told.flatMap(({ signup_id, response }) => ((response === 'invited') === is_invited ? [signup_id] : []))
  await mailEach(tx, event, idsOf(false), 'answer')
  await mailEach(tx, event, idsOf(true), 'invited')
}

/*
 * Signing up.
 */

export type SignedUp =
  | {
      ok: true
      signup_id: string
      response: EventResponse
      /** false: they had signed up before, or the same was sent twice. */
      is_new: boolean
      /** false: of an earlier sign-up, which whoever sent this one may not open. */
      is_theirs: boolean
    }
  | { ok: false; problem: 'full' | 'closed' | 'shift' }

export interface SentSignUp extends SignUp {
  signup_id: string
  language: string
  source: SignupSource
}

/**
 * Signs somebody up: the person, guests with a name as people of their own, consents with their words, the seat or the place
 * in the wait list. The same id twice is stored once. One after the other: arrivals wait for each other, then for the event.
 */
export function signUp(db: Db, actor: Actor, event_id: string, sent: SentSignUp, now: Date): Promise<SignedUp> {
  const { organization_id } = actor
  return inTransaction(db, async (tx): Promise<SignedUp> => {
    await lockArrivals(tx, organization_id)
    const event = await lockEvent(tx, organization_id, event_id)
    const again = await tx
      .selectFrom('event_signup')
      .select(['signup_id', 'response'])
      .where('organization_id', '=', organization_id)
      .where('signup_id', '=', sent.signup_id)
      .where('event_id', '=', event_id)
      .executeTakeFirst()
    if (again) return { ok: true, signup_id: again.signup_id, response: again.response, is_new: false, is_theirs: true }
    if (standingOf(event, now) !== 'open') return { ok: false, problem: 'closed' }
    const shifts = await shiftsOf(tx, organization_id, [event_id])
    const chosen = shifts.filter(({ shift_id }) => sent.shift_ids.includes(shift_id))
    if (chosen.length === 0 || chosen.length < sent.shift_ids.length || chosen.some(({ ends_at }) => ends_at <= now))
      return { ok: false, problem: 'shift' }
    const shift_ids = chosen.map(({ shift_id }) => shift_id)
    const seats = 1 + sent.guests + sent.named.length
    const has_room = seatsFor(await roomIn(tx, event, shifts), shift_ids) >= seats
    // Before anybody is made a person of ours.
    if (
      answerTo(event, { has_room, is_invited: true }) === null &&
      answerTo(event, { has_room, is_invited: false }) === null
    )
      return { ok: false, problem: 'full' }

    const title = titleOf(event)
    const { person_id } = await receivePerson(tx, actor, { ...nowhere, ...sent.said, language: null }, title)
    const known = await openSignup(tx, organization_id, event_id, person_id)
    // Anybody can type a name and a number: an invitation is accepted by its mailed link alone, or asked for by whoever has none.
    if (known && (known.response !== 'invited' || known.mail_to !== null)) {
      await askedMail(tx, event, known, known.response === 'invited' ? 'invited' : 'answer', now)
      return { ok: true, signup_id: known.signup_id, response: known.response, is_new: false, is_theirs: false }
    }
    const response = known ? 'awaiting_approval' : answerTo(event, { has_room, is_invited: false })
    if (response === null) return { ok: false, problem: 'full' }
    const values = {
      organization_id,
      event_id,
      response,
      source: sent.source,
      language: sent.language,
      received_at: now,
    }
    const signup_id = known?.signup_id ?? sent.signup_id
    const own = {
      seats,
      guests: sent.guests,
      said: JSON.stringify(sent.said),
      answers: JSON.stringify(sent.answers),
      mail_to: sent.said.email,
      told_at: now,
    }
    if (known) {
      await tx
        .updateTable('event_signup')
        .set({ ...values, ...own })
        .where('organization_id', '=', organization_id)
        .where('signup_id', '=', signup_id)
        .execute()
      await tx
        .deleteFrom('event_signup_shift')
        .where('organization_id', '=', organization_id)
        .where('signup_id', '=', signup_id)
        .execute()
    } else {
      await tx
        .insertInto('event_signup')
        .values({ ...values, ...own, signup_id, person_id, host_signup_id: null })
        .execute()
    }
    await tx
      .insertInto('event_signup_shift')
      .values(shift_ids.map((shift_id) => ({ organization_id, signup_id, shift_id })))
      .execute()
    const party = [signup_id]
    for (const named of sent.named) {
      const guest = await receivePerson(tx, actor, { ...nowhere, ...nobody, ...named, language: null }, title)
      // Somebody who has signed up alone already: a guest without a row of their own.
      if (await openSignup(tx, organization_id, event_id, guest.person_id)) {
        await tx
          .updateTable('event_signup')
          .set((eb) => ({ guests: eb('guests', '+', 1) }))
          .where('organization_id', '=', organization_id)
          .where('signup_id', '=', signup_id)
          .execute()
        continue
      }
      const made = await tx
        .insertInto('event_signup')
        .values({
          ...values,
          person_id: guest.person_id,
          host_signup_id: signup_id,
          seats: 0,
          said: JSON.stringify({ ...nobody, ...named }),
          told_at: now,
        })
        .returning('signup_id')
        .executeTakeFirstOrThrow()
      party.push(made.signup_id)
    }
    await keepResponses(tx, actor, party, response, null, now)
    await keepConsents(tx, actor, person_id, sent.consents, title)
    await audit(tx, actor, {
      action: 'event.sign_up',
      subject: 'event',
      subject_id: event_id,
      after: { person_id, response, seats },
    })
    await askedMail(tx, event, { signup_id, mail_to: sent.said.email }, 'answer', now)
    return { ok: true, signup_id, response, is_new: true, is_theirs: true }
  })
}

const nowhere = { address: null, city: null, zip5: null }
const nobody: Said = { first_name: '', last_name: '', name_hangul: null, email: null, phone: null }

const titleOf = ({ content }: Event): string => content.title.en ?? Object.values(content.title)[0] ?? ''

/** Following merges, on both sides. */
async function openSignup(
  tx: Db,
  organization_id: string,
  event_id: string,
  person_id: string,
): Promise<{ signup_id: string; response: EventResponse; mail_to: string | null } | undefined> {
  const { rows } = await sql<{ signup_id: string; response: EventResponse; mail_to: string | null }>`
    select s.signup_id, s.response, s.mail_to from event_signup s
    where s.organization_id = ${organization_id}::uuid and s.event_id = ${event_id}::uuid
      and s.person_id = ${everOf(organization_id, person_id)} and s.response = any(${[...openResponses]}::text[])
    order by s.arrival limit 1`.execute(tx)
  return rows[0]
}

/** A page lifts no opt-out, for whoever knows a name and a mailbox can send it: what it said is kept as a note. */
async function keepConsents(
  tx: Db,
  actor: Actor,
  person_id: string,
  consents: SignUp['consents'],
  title: string,
): Promise<void> {
  for (const { channel, wording } of consents) {
    const latest = await tx
      .selectFrom('consent')
      .select('is_given')
      .where('organization_id', '=', actor.organization_id)
      .where('person_id', '=', person_id)
      .where('channel', '=', channel)
      .orderBy(newestSaid)
      .limit(1)
      .executeTakeFirst()
    const evidence = `${title}: “${wording}”`
    if (latest?.is_given === false) await addNote(tx, actor, person_id, notCounted(evidence))
    else await recordConsent(tx, actor, person_id, { channel, is_given: true, evidence })
  }
}

/** For organizers of either language: a note has one text. */
const notCounted = (evidence: string): string =>
  `${evidence}\nNot counted, because of an earlier opt-out: ask first. 예전에 수신을 거부한 분이어서 반영하지 않았습니다. 먼저 여쭤보세요.`

export type PersonAdded =
  | { ok: true; signup_id: string }
  | { ok: false; problem: 'already' | 'full' | 'shift' | 'closed' }

/** Booked or invited by an organizer, which is another act than signing up oneself. */
export function addPerson(
  db: Db,
  actor: Actor,
  event_id: string,
  { who, as, shift_ids }: { who: string; as: 'invited' | 'signed_up'; shift_ids: readonly string[] },
  now: Date,
): Promise<PersonAdded> {
  const { organization_id } = actor
  return inTransaction(db, async (tx): Promise<PersonAdded> => {
    // In the order of whoever signs up: nobody waits for somebody who waits for them.
    await lockArrivals(tx, organization_id)
    const event = await lockEvent(tx, organization_id, event_id)
    if (event.canceled_at || event.ends_at <= now) return { ok: false, problem: 'closed' }
    const person_id = await personOf(tx, actor, who)
    const shifts = await shiftsOf(tx, organization_id, [event_id])
    const chosen = shifts.filter(({ shift_id }) => shift_ids.includes(shift_id) || shifts.length === 1)
    if (chosen.length === 0) return { ok: false, problem: 'shift' }
    if (await openSignup(tx, organization_id, event_id, person_id)) return { ok: false, problem: 'already' }
    const ids = chosen.map(({ shift_id }) => shift_id)
    const has_room = seatsFor(await roomIn(tx, event, shifts), ids) >= 1
    const response = as === 'invited' ? as : answerTo(event, { has_room, is_invited: true })
    if (response === null) return { ok: false, problem: 'full' }
    const spoken = await tx
      .selectFrom('person')
      .select('language')
      .where('organization_id', '=', organization_id)
      .where('person_id', '=', person_id)
      .executeTakeFirst()
    const { signup_id } = await tx
      .insertInto('event_signup')
      .values({
        organization_id,
        event_id,
        person_id,
        host_signup_id: null,
        seats: 1,
        response,
        source: 'staff',
        language: spoken?.language ?? 'en',
        mail_to: await mailboxOf(tx, organization_id, person_id, { is_asked: as !== 'invited' }),
        told_at: event.published_at && now,
        received_at: now,
      })
      .returning('signup_id')
      .executeTakeFirstOrThrow()
    await tx
      .insertInto('event_signup_shift')
      .values(ids.map((shift_id) => ({ organization_id, signup_id, shift_id })))
      .execute()
    await keepResponses(tx, actor, [signup_id], response, null, now)
    await audit(tx, actor, {
      action: as === 'invited' ? 'event.invite' : 'event.book',
      subject: 'event',
      subject_id: event_id,
      after: { person_id, response },
    })
    if (event.published_at) await mail(tx, event, signup_id, as === 'invited' ? 'invited' : 'answer')
    return { ok: true, signup_id }
  })
}

/*
 * What becomes of a sign-up.
 */

/** By the person: accept, confirm, decline, cancel. By us: approve, refuse, remove. */
export const signupActs = ['accept', 'confirm', 'decline', 'cancel', 'approve', 'refuse', 'remove'] as const
export type SignupAct = (typeof signupActs)[number]

export type Answered = { ok: true; response: EventResponse } | { ok: false; problem: 'not_now' | 'full' | 'closed' }

/** Changes what somebody said to an event, with the guests they bring; a seat that becomes free goes to whoever waits. */
export function answer(
  db: Db,
  actor: Actor,
  event_id: string,
  signup_id: string,
  act: SignupAct,
  now: Date,
): Promise<Answered> {
  const { organization_id } = actor
  return inTransaction(db, async (tx): Promise<Answered> => {
    const event = await lockEvent(tx, organization_id, event_id)
    // A seat whose time has passed is not accepted, though nobody has given it on yet.
    await giveOn(tx, event, now)
    const signup = found(await signupById(tx, organization_id, event_id, signup_id))
    // A guest may go alone. Whatever takes or keeps seats is for the host to say, for both.
    if (signup.host_signup_id && !isGuestAct(act)) return { ok: false, problem: 'not_now' }
    const to = await answerOf(tx, event, signup, act)
    if (to === null) return { ok: false, problem: 'full' }
    const isEnd = ['canceled_by_them', 'canceled_by_us', 'declined'].includes(to)
    if (!isEnd && standingOf(event, now) !== 'open') return { ok: false, problem: 'closed' }
    if (!mayFollow(signup.response, to) || !isOf[act].includes(signup.response))
      return { ok: false, problem: 'not_now' }
    await setResponse(
      tx,
      actor,
      await partiesOf(tx, organization_id, [signup.signup_id]),
      to,
      { why: act === 'refuse' ? 'not_approved' : null },
      now,
    )
    if (signup.host_signup_id && isEnd) await giveUpSeat(tx, organization_id, signup.host_signup_id)
    await audit(tx, actor, {
      action: `event.${auditedActs[act]}`,
      subject: 'event',
      subject_id: event_id,
      before: { response: signup.response },
      after: { person_id: signup.person_id, response: to },
    })
    if (actor.id === 'event') await askedMail(tx, event, signup, 'answer', now)
    else await mail(tx, event, signup_id, 'answer')
    await moveUp(tx, actor, event, now)
    await schedule(tx, event, now)
    return { ok: true, response: to }
  })
}

/** From where each act starts. */
/**
 * What somebody was thought to say was a mistake: their sign-up, with the guests who went with it, stands as it did before, if
 * there still is a seat. Whoever said something since (`at`: when it was noted) is left as they are.
 */
export function takeBackResponse(
  db: Db,
  actor: Actor,
  event_id: string,
  { signup_id, response, at }: { signup_id: string; response: EventResponse; at: Date },
  now: Date,
): Promise<Answered> {
  const { organization_id } = actor
  return inTransaction(db, async (tx): Promise<Answered> => {
    const event = await lockEvent(tx, organization_id, event_id)
    await giveOn(tx, event, now)
    const signup = found(await signupById(tx, organization_id, event_id, signup_id))
    const [last, before] = await tx
      .selectFrom('event_response')
      .select(['response', 'at'])
      .where('organization_id', '=', organization_id)
      .where('signup_id', '=', signup_id)
      .orderBy('response_id', 'desc')
      .limit(2)
      .execute()
    if (last?.response !== response || last.at.getTime() !== at.getTime() || !before)
      return { ok: false, problem: 'not_now' }
    if (standingOf(event, now) !== 'open') return { ok: false, problem: 'closed' }
    const to = before.response
    if (!responseRules[response].is_open) {
      if (await openSignup(tx, organization_id, event_id, signup.person_id)) return { ok: false, problem: 'not_now' }
      const room = await roomIn(tx, event, await shiftsOf(tx, organization_id, [event_id]))
      if (responseRules[to].holds_seat && seatsFor(room, signup.shift_ids) < signup.seats)
        return { ok: false, problem: 'full' }
    }
    const { rows: guests } = await sql<{ signup_id: string }>`
      select g.signup_id from event_signup g where g.organization_id = ${organization_id}::uuid and g.host_signup_id = ${signup_id}::uuid
        and (select r.response = ${response}::text and r.at = ${at}::timestamptz from event_response r
          where r.organization_id = g.organization_id and r.signup_id = g.signup_id order by r.response_id desc limit 1)
        and not exists (select from event_signup o where o.organization_id = g.organization_id and o.event_id = g.event_id
          and o.person_id = g.person_id and o.signup_id <> g.signup_id and o.response = any(${[...openResponses]}::text[]))`.execute(
      tx,
    )
    await setResponse(tx, actor, [signup_id, ...guests.map((guest) => guest.signup_id)], to, { why: null }, now)
    await audit(tx, actor, {
      action: 'event.respond',
      subject: 'event',
      subject_id: event_id,
      before: { response },
      after: { person_id: signup.person_id, response: to },
    })
    // They were told that they had canceled.
    if (!responseRules[response].is_open) await mail(tx, event, signup_id, 'answer')
    await schedule(tx, event, now)
    return { ok: true, response: to }
  })
}

const isOf: Record<SignupAct, readonly EventResponse[]> = {
  accept: ['invited', 'signed_up'],
  confirm: ['signed_up'],
  decline: ['invited'],
  cancel: ['signed_up', 'confirmed', 'wait_listed', 'awaiting_approval'],
  approve: ['awaiting_approval'],
  refuse: ['awaiting_approval'],
  remove: ['invited', 'signed_up', 'confirmed', 'wait_listed'],
}

const auditedActs: Record<SignupAct, 'respond' | 'approve' | 'refuse' | 'remove'> = {
  accept: 'respond',
  confirm: 'respond',
  decline: 'respond',
  cancel: 'respond',
  approve: 'approve',
  refuse: 'refuse',
  remove: 'remove',
}

/** What an act comes to; null: there is no seat. */
async function answerOf(tx: Db, event: Event, signup: SignupRow, act: SignupAct): Promise<EventResponse | null> {
  if (act === 'decline') return 'declined'
  if (act === 'cancel') return 'canceled_by_them'
  if (act === 'refuse' || act === 'remove') return 'canceled_by_us'
  if (act === 'confirm' || (act === 'accept' && signup.response === 'signed_up')) return 'confirmed'
  const shifts = await shiftsOf(tx, event.organization_id, [event.event_id])
  const has_room = seatsFor(await roomIn(tx, event, shifts), signup.shift_ids) >= signup.seats
  return answerTo(event, { has_room, is_invited: true })
}

/** A host goes with the guests who are still coming; a guest goes alone. */
async function partiesOf(tx: Db, organization_id: string, signup_ids: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ signup_id: string }>`
    select signup_id from event_signup where organization_id = ${organization_id}::uuid
      and host_signup_id = any(${[...signup_ids]}::uuid[]) and response = any(${[...openResponses]}::text[])`.execute(
    tx,
  )
  return [...signup_ids, ...rows.map(({ signup_id }) => signup_id)]
}

const giveUpSeat = (tx: Db, organization_id: string, signup_id: string) =>
  tx
    .updateTable('event_signup')
    .set((eb) => ({ seats: eb('seats', '-', 1) }))
    .where('organization_id', '=', organization_id)
    .where('signup_id', '=', signup_id)
    .execute()

/** Another number of guests without a name, other shifts: while there is room for them. */
export function changeSignUp(
  db: Db,
  actor: Actor,
  event_id: string,
  signup_id: string,
  change: { guests: number; shift_ids: readonly string[] },
  now: Date,
): Promise<Answered> {
  const { organization_id } = actor
  return inTransaction(db, async (tx): Promise<Answered> => {
    const event = await lockEvent(tx, organization_id, event_id)
    const signup = found(await signupById(tx, organization_id, event_id, signup_id))
    const shifts = await shiftsOf(tx, organization_id, [event_id])
    const ids = shifts.map(({ shift_id }) => shift_id).filter((id) => shifts.length === 1 || change.shift_ids.includes(id)) // prettier-ignore
    if (standingOf(event, now) !== 'open') return { ok: false, problem: 'closed' }
    if (signup.host_signup_id || !responseRules[signup.response].is_open || ids.length === 0)
      return { ok: false, problem: 'not_now' }
    const named = signup.seats - 1 - signup.guests
    const seats = 1 + named + change.guests
    if (named + change.guests > Math.max(event.guests_most, signup.seats - 1)) return { ok: false, problem: 'not_now' }
    if (responseRules[signup.response].holds_seat) {
      const room = await roomIn(tx, event, shifts)
      // As if they were not there.
      const back = (left: number | null): number | null => (left === null ? null : left + signup.seats)
      const free = {
        event: back(room.event),
        shifts: new Map([...room.shifts].map(([id, left]) => [id, signup.shift_ids.includes(id) ? back(left) : left])),
      }
      if (seatsFor(free, ids) < seats) return { ok: false, problem: 'full' }
    }
    await tx
      .updateTable('event_signup')
      .set({ guests: change.guests, seats })
      .where('organization_id', '=', organization_id)
      .where('signup_id', '=', signup_id)
      .execute()
    await tx
      .deleteFrom('event_signup_shift')
      .where('organization_id', '=', organization_id)
      .where('signup_id', '=', signup_id)
      .execute()
    await tx
      .insertInto('event_signup_shift')
      .values(ids.map((shift_id) => ({ organization_id, signup_id, shift_id })))
      .execute()
    await (actor.id === 'event' ? askedMail(tx, event, signup, 'answer', now) : mail(tx, event, signup_id, 'answer'))
    await audit(tx, actor, {
      action: 'event.change_sign_up',
      subject: 'event',
      subject_id: event_id,
      before: { seats: signup.seats },
      after: { person_id: signup.person_id, seats },
    })
    await moveUp(tx, actor, event, now)
    await schedule(tx, event, now)
    return { ok: true, response: signup.response }
  })
}

async function setResponse(
  tx: Db,
  actor: Actor,
  signup_ids: readonly string[],
  response: EventResponse,
  { why, accept_by = null }: { why: ResponseReason | null; accept_by?: Date | null },
  now: Date,
): Promise<void> {
  await sql`update event_signup set response = ${response}::text, accept_by = ${accept_by}::timestamptz
    where organization_id = ${actor.organization_id}::uuid and signup_id = any(${[...signup_ids]}::uuid[])`.execute(tx)
  await keepResponses(tx, actor, signup_ids, response, why, now)
}

async function keepResponses(
  tx: Db,
  actor: Actor,
  signup_ids: readonly string[],
  response: EventResponse,
  why: ResponseReason | null,
  now: Date,
): Promise<void> {
  await sql`insert into event_response (organization_id, signup_id, response, why, at, made_by)
    select ${actor.organization_id}::uuid, signup_id, ${response}::text, ${why}::text, ${now}::timestamptz, ${actor.name}::text
    from unnest(${[...signup_ids]}::uuid[]) as s (signup_id)`.execute(tx)
}

/** Gives free seats to whoever waits, in order of arrival. Not once it has begun, or is called off or withdrawn. */
async function moveUp(tx: Db, actor: Actor, event: Event, now: Date): Promise<void> {
  if (standingOf(event, now) !== 'open' || event.starts_at <= now) return
  const { organization_id, event_id } = event
  const { rows: waiting } = await sql<Party>`
    select s.signup_id, s.seats, (select coalesce(array_agg(x.shift_id), '{}') from event_signup_shift x
      where x.organization_id = s.organization_id and x.signup_id = s.signup_id) as shift_ids
    from event_signup s where s.organization_id = ${organization_id}::uuid and s.event_id = ${event_id}::uuid
      and s.response = 'wait_listed' and s.host_signup_id is null order by s.arrival`.execute(tx)
  if (waiting.length === 0) return
  const room = await roomIn(tx, event, await shiftsOf(tx, organization_id, [event_id]))
  const hosts = nextUp(room, waiting).map(({ signup_id }) => signup_id)
  if (hosts.length === 0) return
  const accept_by = acceptBy(event, now)
  await setResponse(tx, actor, await partiesOf(tx, organization_id, hosts), 'signed_up', { why: 'moved_up', accept_by }, now) // prettier-ignore
  await mailEach(tx, event, hosts, 'moved_up')
}

/** Takes back seats whose time to accept has passed, and gives them on. */
async function giveOn(tx: Db, event: Event, now: Date): Promise<void> {
  const { organization_id, event_id } = event
  const rows = await tx
    .selectFrom('event_signup')
    .select(['signup_id', 'host_signup_id'])
    .where('organization_id', '=', organization_id)
    .where('event_id', '=', event_id)
    .where('response', '=', 'signed_up')
    .where('accept_by', '<=', now)
    .execute()
  if (rows.length === 0) return
  const actor = systemActor(organization_id)
  await setResponse(tx, actor, rows.map(({ signup_id }) => signup_id), 'canceled_by_us', { why: 'not_accepted' }, now) // prettier-ignore
  await mailEach(tx, event, rows.flatMap(({ signup_id, host_signup_id }) => (host_signup_id ? [] : [signup_id])), 'not_accepted') // prettier-ignore
  await moveUp(tx, actor, event, now)
}

/** What is due at an event now, and when to look again. It may run twice: what was done is not done again. */
export function tendEvent(db: Db, organization_id: string, event_id: string, now: Date): Promise<void> {
  return inTransaction(db, async (tx) => {
    const event = await lockEvent(tx, organization_id, event_id)
    if (standingOf(event, now) !== 'open') return
    await giveOn(tx, event, now)
    const owed = await remindersOwed(tx, event, now)
    await sql`insert into event_reminder (organization_id, signup_id, hours, made_at)
      select ${organization_id}::uuid, signup_id, hours, ${now}::timestamptz
      from unnest(${owed.map((each) => each.signup_id)}::uuid[], ${owed.map(({ hours }) => hours)}::integer[]) as o (signup_id, hours)`.execute(
      tx,
    )
    // Of several that were due at once one is enough.
    await mailEach(tx, event, [...new Set(owed.map((each) => each.signup_id))], 'reminder')
    await schedule(tx, event, now)
  })
}

/** Reminders that are due and were not made, for whoever had their seat by then. */
async function remindersOwed(tx: Db, event: Event, now: Date): Promise<{ signup_id: string; hours: number }[]> {
  // Most of the time none is due, for nobody: then nobody is looked at.
  if (remindersDue(event, new Date(0), now).length === 0) return []
  const { rows } = await sql<{ signup_id: string; seated_at: Date; made: number[] }>`
    select s.signup_id, coalesce((select max(r.at) from event_response r where r.organization_id = s.organization_id
        and r.signup_id = s.signup_id and r.response = 'signed_up'), s.received_at) as seated_at,
      (select coalesce(array_agg(m.hours), '{}') from event_reminder m where m.organization_id = s.organization_id
        and m.signup_id = s.signup_id) as made
    from event_signup s where s.organization_id = ${event.organization_id}::uuid and s.event_id = ${event.event_id}::uuid
      and s.response = any(${[...seated]}::text[])`.execute(tx)
  return rows.flatMap(({ signup_id, seated_at, made }) =>
    remindersDue(event, seated_at, now)
      .filter((hours) => !made.includes(hours))
      .map((hours) => ({ signup_id, hours })),
  )
}

/** Of another day people are reminded again: what lies ahead once more counts as not made. */
const remindAnew = (tx: Db, event: Event, now: Date) =>
  sql`delete from event_reminder m using event_signup s
    where s.organization_id = ${event.organization_id}::uuid and s.event_id = ${event.event_id}::uuid
      and m.organization_id = s.organization_id and m.signup_id = s.signup_id
      and ${event.starts_at}::timestamptz - make_interval(hours => m.hours) > ${now}::timestamptz`.execute(tx)

/** One job waits for each event: the next moment at which it has something to do. */
export async function schedule(tx: Db, event: Event, now: Date): Promise<void> {
  const { organization_id, event_id } = event
  if (standingOf(event, now) !== 'open') return
  const rows = await tx
    .selectFrom('event_signup')
    .select('accept_by')
    .where('organization_id', '=', organization_id)
    .where('event_id', '=', event_id)
    .where('response', '=', 'signed_up')
    .where('accept_by', 'is not', null)
    .execute()
  // What is due already would be lost with the job that waits.
  const isDue =
    rows.some(({ accept_by }) => accept_by && accept_by <= now) || (await remindersOwed(tx, event, now)).length > 0
  const run_at = isDue ? now : nextDue(event, rows.flatMap(({ accept_by }) => accept_by ?? []), now) // prettier-ignore
  if (run_at) await addJob(tx, eventTend, { organization_id, event_id }, { key: `events.tend ${event_id}`, run_at })
}

const mail = (tx: Db, { organization_id, event_id }: Event, signup_id: string, kind: MailKind): Promise<void> =>
  addJob(tx, eventMail, { organization_id, event_id, signup_id, kind })

/** To each of these, in one statement: there may be thousands. */
const mailEach = (tx: Db, { organization_id, event_id }: Event, signup_ids: readonly string[], kind: MailKind) =>
  sql`select enqueue_job(${eventMail.name}::text, json_build_object('organization_id', ${organization_id}::uuid, 'event_id', ${event_id}::uuid,
      'signup_id', signup_id, 'kind', ${kind}::text), null::text, null::timestamptz, null::integer, null::text)
    from unnest(${[...signup_ids]}::uuid[]) as s (signup_id)`.execute(tx)

/** A mailbox gets no more than so many an hour of those that anybody can bring about. */
const asked_most = 3

/** One that somebody on the web brought about: it counts for the mailbox it goes to. */
async function askedMail(
  tx: Db,
  event: Event,
  { signup_id, mail_to }: { signup_id: string; mail_to: string | null },
  kind: MailKind,
  now: Date,
): Promise<void> {
  if (mail_to === null) return
  const { organization_id } = event
  await tx
    .deleteFrom('event_mail_asked')
    .where('organization_id', '=', organization_id)
    .where('mail_to', '=', mail_to)
    .where('at', '<=', new Date(now.getTime() - 3_600_000))
    .execute()
  const { asked } = await tx
    .selectFrom('event_mail_asked')
    .select((eb) => eb.fn.countAll<number>().as('asked'))
    .where('organization_id', '=', organization_id)
    .where('mail_to', '=', mail_to)
    .executeTakeFirstOrThrow()
  if (asked >= asked_most) return
  await tx.insertInto('event_mail_asked').values({ organization_id, mail_to, at: now }).execute()
  await mail(tx, event, signup_id, kind)
}

/** To everybody of these who knows of the event and has a mailbox: in one statement, for there may be hundreds. */
const mailAll = (tx: Db, { organization_id, event_id }: Event, responses: readonly EventResponse[], kind: MailKind) =>
  sql`select enqueue_job(${eventMail.name}::text, json_build_object('organization_id', organization_id, 'event_id', event_id,
      'signup_id', signup_id, 'kind', ${kind}::text), null::text, null::timestamptz, null::integer, null::text)
    from event_signup where organization_id = ${organization_id}::uuid and event_id = ${event_id}::uuid
      and response = any(${[...responses]}::text[]) and mail_to is not null and told_at is not null`.execute(tx)

/*
 * At the door.
 */

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
}

/** Somebody who comes without having signed up: a person of ours, there in one step. Nobody is sent away for want of a seat. */
export function walkIn(
  db: Db,
  actor: Actor,
  event_id: string,
  { signup_id: fresh, shift_id, said, language, person_id: known }: WalkIn,
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
      return markAttendance(tx, actor, event_id, { signup_id, shift_id, attendance: 'attended', guests }, now)
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

/** Makes a new secret address of somebody's calendar; the old one answers nothing from then on. */
export async function renewFeed(db: Db, organization_id: string, signup_id: string, now: Date): Promise<void> {
  await db
    .insertInto('event_feed')
    .values({ organization_id, signup_id, number: 2, renewed_at: now })
    .onConflict((conflict) =>
      conflict.columns(['organization_id', 'signup_id']).doUpdateSet({
        number: sql<number>`event_feed.number + 1`,
        renewed_at: now,
      }),
    )
    .execute()
}
