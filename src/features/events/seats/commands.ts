import { sql } from 'kysely'
import type { Actor } from '../../../platform/actor.ts'
import { systemActor } from '../../../platform/audit.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { found } from '../../../platform/errors.ts'
import { addJob } from '../../../platform/jobs/jobs.ts'
import { eventMail, eventTend, mailPriority, type MailKind } from '../later.ts'
import { eventById, keepEntries, roomIn, shiftsOf, type Event, type Shift } from '../queries.ts'
import { cameCents, owing } from '../orders/owing.ts'
import { owesOf, payBy, type Owing } from '../orders/rules.ts'
import {
  acceptBy,
  nextDue,
  nextUp,
  remindersAhead,
  remindersDue,
  standingOf,
  waitingAhead,
  type MailedEntry,
  type Party,
} from '../rules.ts'
import { openResponses, seated, type EventResponse } from '../schema.ts'
import type { ResponseReason } from '../tables.ts'
import '../orders/tables.ts'

/** Whoever changes who comes to an event waits for the others: seats are counted and given under this lock. */
export async function lockEvent(tx: Db, organization_id: string, event_id: string): Promise<Event> {
  return found(await eventById(tx, organization_id, event_id, { is_locked: true }))
}

export async function setResponse(
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

export async function keepResponses(
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

/** Other shifts in place of those they had. Whether there is room has been seen. */
export async function chooseShifts(
  tx: Db,
  organization_id: string,
  signup_id: string,
  shift_ids: readonly string[],
  now: Date,
): Promise<void> {
  await tx
    .deleteFrom('event_signup_shift')
    .where('organization_id', '=', organization_id)
    .where('signup_id', '=', signup_id)
    .where('shift_id', 'not in', shift_ids)
    .execute()
  await tx
    .insertInto('event_signup_shift')
    .values(shift_ids.map((shift_id) => ({ organization_id, signup_id, shift_id, taken_at: now })))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** A host goes with the guests who are still coming; a guest goes alone. */
export async function partiesOf(tx: Db, organization_id: string, signup_ids: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ signup_id: string }>`
    select signup_id from event_signup where organization_id = ${organization_id}::uuid
      and host_signup_id = any(${[...signup_ids]}::uuid[]) and response = any(${[...openResponses]}::text[])`.execute(
    tx,
  )
  return [...signup_ids, ...rows.map(({ signup_id }) => signup_id)]
}

/** Gives free seats to whoever waits, in order of arrival. Not in a shift that has begun, nor once it is called off or withdrawn. */
export async function moveUp(tx: Db, actor: Actor, event: Event, now: Date): Promise<void> {
  if (standingOf(event, now) !== 'open') return
  const { organization_id, event_id } = event
  const { rows: waiting } = await sql<Party>`
    select s.signup_id, s.seats, (select coalesce(array_agg(x.shift_id), '{}') from event_signup_shift x
      where x.organization_id = s.organization_id and x.signup_id = s.signup_id) as shift_ids,
      (select jsonb_agg(jsonb_build_object('ticket_kind_id', l.ticket_kind_id, 'count', l.count)) from event_order_line l
        where l.organization_id = s.organization_id and l.signup_id = s.signup_id) as tickets
    from event_signup s where s.organization_id = ${organization_id}::uuid and s.event_id = ${event_id}::uuid
      and s.response = 'wait_listed' and s.host_signup_id is null order by s.arrival`.execute(tx)
  if (waiting.length === 0) return
  const shifts = await shiftsOf(tx, organization_id, [event_id])
  const moving = nextUp(await roomIn(tx, event, shifts), waitingAhead(waiting, shifts, now))
  if (moving.length === 0) return
  // They were not there when these began.
  await sql`delete from event_signup_shift where organization_id = ${organization_id}::uuid
    and signup_id = any(${moving.map(({ signup_id }) => signup_id)}::uuid[])
    and shift_id = any(${shifts.flatMap(({ shift_id, starts_at }) => (starts_at > now ? [] : [shift_id]))}::uuid[])`.execute(
    tx,
  )
  const firstOf = ({ shift_ids }: Party): Shift | undefined =>
    shifts.find(({ shift_id }) => shift_ids.includes(shift_id))
  for (const [shift, of] of Map.groupBy(moving, firstOf)) {
    const accept_by = acceptBy({ ...event, ...shift }, now)
    const moved = await partiesOf(tx, organization_id, of.map(({ signup_id }) => signup_id)) // prettier-ignore
    await setResponse(tx, actor, moved, 'signed_up', { why: 'moved_up', accept_by }, now)
    await holdUnpaid(tx, event, moved, { is_offer: true }, now)
  }
  await mailEach(tx, event, moving.map(({ signup_id }) => signup_id), 'moved_up') // prettier-ignore
}

/**
 * Of these, whoever pays by card and has not paid has their seat for so long, with their guests, at most until their first shift
 * begins. Whoever owes nothing, or pays at the door, is left as they are.
 */
export async function holdUnpaid(
  tx: Db,
  event: Event,
  signup_ids: readonly string[],
  how: { is_offer: boolean },
  now: Date,
): Promise<void> {
  const { organization_id, event_id } = event
  const { rows } = await sql<{ signup_id: string; starts_at: Date; ends_at: Date }>`
    select s.signup_id, coalesce(min(h.starts_at) filter (where h.starts_at > ${now}::timestamptz), min(h.starts_at)) as starts_at, max(h.ends_at) as ends_at
    from event_signup s
    join event_order o on o.organization_id = s.organization_id and o.signup_id = coalesce(s.host_signup_id, s.signup_id)
    join event_signup_shift x on x.organization_id = o.organization_id and x.signup_id = o.signup_id
    join event_shift h on h.organization_id = x.organization_id and h.shift_id = x.shift_id
    where s.organization_id = ${organization_id}::uuid and s.event_id = ${event_id}::uuid and s.signup_id = any(${[...signup_ids]}::uuid[])
      and s.response = 'signed_up' and o.pays = 'card' and o.full_cents - o.discount_cents > ${cameCents}
    group by s.signup_id`.execute(tx)
  for (const [until, of] of Map.groupBy(rows, (row) => payBy({ ...event, ...row }, now, how).getTime()))
    await sql`update event_signup set accept_by = ${new Date(until)}::timestamptz where organization_id = ${organization_id}::uuid
      and signup_id = any(${of.map(({ signup_id }) => signup_id)}::uuid[])`.execute(tx)
}

/** A seat in one of these shifts that waits for a word or a payment waits no longer than until the first of its shifts begins. */
export const shortenOffers = (tx: Db, { organization_id, event_id }: Event, shift_ids: readonly string[], now: Date) =>
  sql`update event_signup s set accept_by = f.starts_at
    from (select x.signup_id, min(h.starts_at) as starts_at from event_signup_shift x
      join event_shift h on h.organization_id = x.organization_id and h.shift_id = x.shift_id and h.starts_at > ${now}::timestamptz
      where x.organization_id = ${organization_id}::uuid and h.event_id = ${event_id}::uuid
      group by 1 having bool_or(x.shift_id = any(${[...shift_ids]}::uuid[]))) f
    where s.organization_id = ${organization_id}::uuid and f.signup_id = coalesce(s.host_signup_id, s.signup_id)
      and s.response = 'signed_up' and s.accept_by > f.starts_at`.execute(tx)

/** Takes back seats whose time to accept or to pay has passed, and gives them on. */
export async function giveOn(tx: Db, event: Event, now: Date): Promise<void> {
  const { organization_id, event_id } = event
  const { rows: late } = await sql<{ signup_id: string; host_signup_id: string | null; order: Owing | null }>`
    select s.signup_id, s.host_signup_id,
      (select ${owing}
        from event_order o where o.organization_id = s.organization_id and o.signup_id = coalesce(s.host_signup_id, s.signup_id)) as "order"
    from event_signup s where s.organization_id = ${organization_id}::uuid and s.event_id = ${event_id}::uuid
      and s.response = 'signed_up' and s.accept_by <= ${now}::timestamptz`.execute(tx)
  if (late.length === 0) return
  const isPaid = ({ order }: { order: Owing | null }): boolean => order !== null && order.due_cents > 0 && owesOf(order) === 0 // prettier-ignore
  const rows = late.filter((row) => !isPaid(row))
  // Paid in time: the seat is theirs, whatever the job that says so to them still has to do.
  await tx
    .updateTable('event_signup')
    .set({ accept_by: null })
    .where('organization_id', '=', organization_id)
    .where('signup_id', '=', sql<string>`any(${late.filter(isPaid).map(({ signup_id }) => signup_id)}::uuid[])`)
    .execute()
  if (rows.length === 0) return
  const actor = systemActor(organization_id)
  for (const [is_unpaid, of] of Map.groupBy(rows, ({ order }) => order?.pays === 'card' && owesOf(order) > 0)) {
    const why = is_unpaid ? 'not_paid' : 'not_accepted'
    await setResponse(tx, actor, of.map(({ signup_id }) => signup_id), 'canceled_by_us', { why }, now) // prettier-ignore
  }
  await mailEach(tx, event, rows.flatMap(({ signup_id, host_signup_id }) => (host_signup_id ? [] : [signup_id])), 'not_accepted') // prettier-ignore
  await moveUp(tx, actor, event, now)
}

/** What is due at an event now, and when to look again. It may run twice: what was done is not done again. */
export function tendEvent(db: Db, organization_id: string, event_id: string, now: Date): Promise<void> {
  return inTransaction(db, async (tx) => {
    const event = await lockEvent(tx, organization_id, event_id)
    if (standingOf(event, now) !== 'open') return
    await giveOn(tx, event, now)
    const owed = await remindersOwed(tx, event, await shiftsOf(tx, organization_id, [event_id]), now)
    await sql`insert into event_reminder (organization_id, signup_id, shift_id, hours, made_at)
      select ${organization_id}::uuid, signup_id, shift_id, hours, ${now}::timestamptz
      from unnest(${owed.map(({ signup_id }) => signup_id)}::uuid[], ${owed.map(({ shift_id }) => shift_id)}::uuid[],
        ${owed.map(({ hours }) => hours)}::integer[]) as o (signup_id, shift_id, hours)`.execute(tx)
    // Of several that were due at once one is enough.
    const due = [...Map.groupBy(owed, ({ signup_id }) => signup_id)].map(([signup_id, of]) => ({
      signup_id,
      shift_ids: [...new Set(of.map(({ shift_id }) => shift_id))].toSorted(),
    }))
    for (const of of Map.groupBy(due, ({ shift_ids }) => shift_ids.join()).values())
      await mailEach(tx, event, of.map(({ signup_id }) => signup_id), 'reminder', of[0]?.shift_ids) // prettier-ignore
    await schedule(tx, event, now)
  })
}

interface ReminderOwed {
  signup_id: string
  shift_id: string
  hours: number
}

/** Reminders that are due and were not made, for whoever had the shift by then. */
async function remindersOwed(tx: Db, event: Event, shifts: readonly Shift[], now: Date): Promise<ReminderOwed[]> {
  const soon = new Map(shifts.filter((shift) => remindersDue(event, shift, new Date(0), now).length > 0).map((shift) => [shift.shift_id, shift])) // prettier-ignore
  // Most of the time none is due, for nobody: then nobody is looked at.
  if (soon.size === 0) return []
  const { rows } = await sql<{ signup_id: string; shift_id: string; taken_at: Date; made: number[] }>`
    select s.signup_id, x.shift_id, greatest(x.taken_at, coalesce((select max(r.at) from event_response r where r.organization_id = s.organization_id
        and r.signup_id = s.signup_id and r.response = 'signed_up'), s.received_at)) as taken_at,
      (select coalesce(array_agg(m.hours), '{}') from event_reminder m where m.organization_id = s.organization_id
        and m.signup_id = s.signup_id and m.shift_id = x.shift_id) as made
    from event_signup s
    join event_signup_shift x on x.organization_id = s.organization_id and x.signup_id = coalesce(s.host_signup_id, s.signup_id)
    where s.organization_id = ${event.organization_id}::uuid and s.event_id = ${event.event_id}::uuid
      and s.response = any(${[...seated]}::text[]) and x.shift_id = any(${[...soon.keys()]}::uuid[])`.execute(tx)
  return rows.flatMap(({ signup_id, shift_id, taken_at, made }) => {
    const shift = soon.get(shift_id)
    const due = shift ? remindersDue(event, shift, taken_at, now) : []
    return due.filter((hours) => !made.includes(hours)).map((hours) => ({ signup_id, shift_id, hours }))
  })
}

/** Of a shift on another day people are reminded again: what lies ahead once more counts as not made. */
export async function remindAnew(tx: Db, event: Event, shifts: readonly Shift[], now: Date): Promise<void> {
  const ahead = shifts.flatMap((shift) => remindersAhead(event, shift, now).map((hours) => ({ ...shift, hours })))
  await sql`delete from event_reminder m using unnest(${ahead.map(({ shift_id }) => shift_id)}::uuid[], ${ahead.map(({ hours }) => hours)}::integer[]) as a (shift_id, hours)
    where m.organization_id = ${event.organization_id}::uuid and m.shift_id = a.shift_id and m.hours = a.hours`.execute(
    tx,
  )
}

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
  const shifts = await shiftsOf(tx, organization_id, [event_id])
  // What is due already would be lost with the job that waits.
  const isDue =
    rows.some(({ accept_by }) => accept_by && accept_by <= now) ||
    (await remindersOwed(tx, event, shifts, now)).length > 0
  const run_at = isDue ? now : nextDue(event, shifts, rows.flatMap(({ accept_by }) => accept_by ?? []), now) // prettier-ignore
  if (run_at) await addJob(tx, eventTend, { organization_id, event_id }, { key: `events.tend ${event_id}`, run_at })
}

/** `in_crowd`: a minute later, so that the mails of those who have their answer do not hold up those who wait for theirs. */
export const mail = (
  tx: Db,
  { organization_id, event_id }: Event,
  signup_id: string,
  kind: MailKind,
  { in_crowd = false }: { in_crowd?: boolean } = {},
): Promise<void> =>
  addJob(
    tx,
    eventMail,
    { organization_id, event_id, signup_id, kind },
    { priority: mailPriority[kind], ...(in_crowd && { run_at: crowdLater() }) },
  )
const crowdLater = (): Date => new Date(Date.now() + 60_000)

/** To each of these, in one statement: there may be thousands. `shift_ids`: of these shifts alone. */
export const mailEach = (
  tx: Db,
  { organization_id, event_id }: Event,
  signup_ids: readonly string[],
  kind: MailKind,
  shift_ids: readonly string[] | null = null,
  { in_crowd = false }: { in_crowd?: boolean } = {},
) =>
  sql`select enqueue_job(${eventMail.name}::text, json_strip_nulls(json_build_object('organization_id', ${organization_id}::uuid, 'event_id', ${event_id}::uuid,
      'signup_id', signup_id, 'kind', ${kind}::text, 'shift_ids', ${shift_ids && [...shift_ids]}::uuid[])), null::text, ${in_crowd ? crowdLater() : null}::timestamptz, null::integer, null::text, ${mailPriority[kind]}::integer)
    from unnest(${[...signup_ids]}::uuid[]) as s (signup_id)`.execute(tx)

/** What a mail brought to a calendar, and what is still to be taken out of it. */
export const keepMailed = (
  db: Db,
  { organization_id, event_id, signup_id }: { organization_id: string; event_id: string; signup_id: string },
  { entries, to_drop }: { entries: readonly (MailedEntry & { shift_id: string })[]; to_drop: readonly string[] },
  now: Date,
): Promise<void> =>
  inTransaction(db, async (tx) => {
    await keepEntries(tx, organization_id, signup_id, entries, now)
    for (const shift_id of to_drop)
      await addJob(tx, eventMail, { organization_id, event_id, signup_id, kind: 'dropped', shift_ids: [shift_id] }, { priority: mailPriority.dropped }) // prettier-ignore
  })

/** A mailbox gets no more than so many an hour of those that anybody can bring about. */
const asked_most = 3

/**
 * One that somebody on the web brought about: it counts for the mailbox it goes to. Where that has had enough, what is theirs no
 * more is taken out of the calendar all the same: no more often than it was brought in.
 */
export async function askedMail(
  tx: Db,
  event: Event,
  { signup_id, mail_to }: { signup_id: string; mail_to: string | null },
  kind: MailKind,
  now: Date,
  { in_crowd = false }: { in_crowd?: boolean } = {},
): Promise<void> {
  if (mail_to === null) return
  if (await mayAskMail(tx, event.organization_id, mail_to, now)) return mail(tx, event, signup_id, kind, { in_crowd })
  await mailDropped(tx, event, signup_id)
}

/** One waits, however often they change their mind; with nothing to take out it sends nothing. */
const mailDropped = (tx: Db, { organization_id, event_id }: Event, signup_id: string): Promise<void> =>
  addJob(
    tx,
    eventMail,
    { organization_id, event_id, signup_id, kind: 'dropped' },
    { key: `events.dropped ${signup_id}`, priority: mailPriority.dropped },
  )

/** The same for sign-ups of one moment, in two statements; no mailbox comes twice. */
export async function askedMails(
  tx: Db,
  event: Event,
  signups: readonly { signup_id: string; mail_to: string | null; now: Date; in_crowd: boolean }[],
  kind: MailKind,
): Promise<void> {
  const to = signups.flatMap(({ mail_to, ...signup }) => (mail_to === null ? [] : [{ ...signup, mail_to }]))
  const may = await mayAskMails(tx, event.organization_id, to)
  const [mailed, others] = [to.filter(({ mail_to }) => may.has(mail_to)), to.filter(({ mail_to }) => !may.has(mail_to))]
  for (const [in_crowd, of] of Map.groupBy(mailed, (each) => each.in_crowd))
    await mailEach(tx, event, of.map(({ signup_id }) => signup_id), kind, null, { in_crowd }) // prettier-ignore
  for (const { signup_id } of others) await mailDropped(tx, event, signup_id)
}

/** Counts one more mail that somebody on the web brings about; false: the mailbox has had enough of them this hour. */
export const mayAskMail = async (tx: Db, organization_id: string, mail_to: string, now: Date): Promise<boolean> =>
  (await mayAskMails(tx, organization_id, [{ mail_to, now }])).has(mail_to)

async function mayAskMails(
  tx: Db,
  organization_id: string,
  all: readonly { mail_to: string; now: Date }[],
): Promise<Set<string>> {
  if (all.length === 0) return new Set()
  // The statement sees the rows as they were before it: those it takes out are left out of the count.
  const { rows } = await sql<{ mail_to: string }>`
    with asked as (select mail_to, at, at - interval '1 hour' as hour_ago
        from unnest(${all.map(({ mail_to }) => mail_to)}::text[], ${all.map(({ now }) => now)}::timestamptz[]) as a (mail_to, at)),
      old as (delete from event_mail_asked o using asked a where o.organization_id = ${organization_id}::uuid and o.mail_to = a.mail_to
        and o.at <= a.hour_ago)
    insert into event_mail_asked (organization_id, mail_to, at)
    select ${organization_id}::uuid, a.mail_to, a.at from asked a
    where (select count(*) from event_mail_asked o where o.organization_id = ${organization_id}::uuid and o.mail_to = a.mail_to
      and o.at > a.hour_ago) < ${asked_most}
    returning mail_to`.execute(tx)
  return new Set(rows.map(({ mail_to }) => mail_to))
}

/**
 * To everybody of these who knows of the event and has a mailbox: in one statement, for there may be hundreds. `shift_ids`: only
 * to who has one of these.
 */
export const mailAll = (
  tx: Db,
  { organization_id, event_id }: Event,
  responses: readonly EventResponse[],
  kind: MailKind,
  shift_ids: readonly string[] | null = null,
) =>
  sql`select enqueue_job(${eventMail.name}::text, json_build_object('organization_id', organization_id, 'event_id', event_id,
      'signup_id', signup_id, 'kind', ${kind}::text), null::text, null::timestamptz, null::integer, null::text,
      -- Not before the invitation it changes.
      case when response = 'invited' and ${kind === 'changed'} then ${mailPriority.invited}::integer else ${mailPriority[kind]}::integer end)
    from event_signup s where organization_id = ${organization_id}::uuid and event_id = ${event_id}::uuid
      and response = any(${[...responses]}::text[]) and mail_to is not null and told_at is not null
      and (${shift_ids && [...shift_ids]}::uuid[] is null or exists (select from event_signup_shift x where x.organization_id = s.organization_id
        and x.signup_id = s.signup_id and x.shift_id = any(${shift_ids && [...shift_ids]}::uuid[])))`.execute(tx)
