import { sql, type RawBuilder, type Selectable } from 'kysely'
import type { Db } from '../../platform/db/db.ts'
import { found } from '../../platform/errors.ts'
import type { PublicOrganization } from '../organizations/queries.ts'
import { mayContact } from '../people/consent.ts'
import { mailboxesOf } from '../people/queries.ts'
import type { ContactPurpose } from '../people/schema.ts'
import { builtInKinds, type EventKind } from './kinds.ts'
import { owing } from './orders/owing.ts'
import type { Owing } from './orders/rules.ts'
import type { Asking, MailedEntry, OwnCalendar, Room } from './rules.ts'
import { EventContent, needs, Place, seated, type Answers, type Attendance, type EventResponse, type Said, type SignupSource } from './schema.ts' // prettier-ignore
import type { EventSeriesTable, EventShiftTable, EventTable, ResponseReason } from './tables.ts'
import '../people/tables.ts'

export type Event = Selectable<EventTable>
export type Shift = Selectable<EventShiftTable>
export type Series = Selectable<EventSeriesTable>

export const organizationById = (db: Db, organization_id: string): Promise<PublicOrganization> =>
  db
    .selectFrom('organization')
    .select(['organization_id', 'slug', 'name', 'time_zone', 'languages'])
    .where('organization_id', '=', organization_id)
    .executeTakeFirstOrThrow()

/*
 * Kinds.
 */

export interface ListedKind extends EventKind {
  is_archived: boolean
  is_own: boolean
}

/** Kinds of an organization: ours as they are or as it changed them, and its own. */
export async function kindsOf(db: Db, organization_id: string): Promise<ListedKind[]> {
  const rows = await db
    .selectFrom('event_kind')
    .select(['kind', 'name', 'needs', 'archived_at'])
    .where('organization_id', '=', organization_id)
    .orderBy('made_at')
    .execute()
  const own = new Map(
    rows.map(({ archived_at, ...row }) => [
      row.kind,
      // A need of a newer program is none here.
      { ...row, needs: needs.filter((need) => row.needs.includes(need)), is_archived: archived_at !== null, is_own: true }, // prettier-ignore
    ]),
  )
  const ours = builtInKinds.map((each) => own.get(each.kind) ?? { ...each, is_archived: false, is_own: false })
  return [...ours, ...[...own.values()].filter(({ kind }) => !builtInKinds.some((each) => each.kind === kind))]
}

export const kindOf = (kinds: readonly ListedKind[], kind: string): ListedKind =>
  kinds.find((each) => each.kind === kind) ?? { kind, name: {}, needs: [], is_archived: true, is_own: true }

/** What signing up for an event asks. */
export async function askingOf(db: Db, event: Event, shifts: readonly Shift[]): Promise<Asking> {
  const { needs: asked } = kindOf(await kindsOf(db, event.organization_id), event.kind)
  return { content: event.content, needs: asked, guests_most: event.guests_most, shifts }
}

/*
 * Events.
 */

export const parsedEvent = (row: Event): Event => ({ ...row, content: EventContent.parse(row.content) })
const parsedShift = (row: Shift): Shift => ({ ...row, place: Place.parse(row.place) })

/** `is_locked`: until the transaction ends whoever else locks it waits. */
export async function eventById(
  db: Db,
  organization_id: string,
  event_id: string,
  { is_locked = false }: { is_locked?: boolean } = {},
): Promise<Event | undefined> {
  const row = await db
    .selectFrom('event')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .where('event_id', '=', event_id)
    .$if(is_locked, (asked) => asked.forUpdate())
    .executeTakeFirst()
  return row && parsedEvent(row)
}

export async function eventByCode(db: Db, organization_id: string, code: string): Promise<Event | undefined> {
  const row = await db
    .selectFrom('event')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .where('code', '=', code)
    .executeTakeFirst()
  return row && parsedEvent(row)
}

/** In the order of time; those that were removed only where asked for. */
export async function shiftsOf(
  db: Db,
  organization_id: string,
  event_ids: readonly string[],
  { with_removed = false } = {},
): Promise<Shift[]> {
  if (event_ids.length === 0) return []
  const rows = await db
    .selectFrom('event_shift')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .where('event_id', 'in', event_ids)
    .$if(!with_removed, (asked) => asked.where('removed_at', 'is', null))
    .orderBy('starts_at')
    .orderBy('shift_id')
    .execute()
  return rows.map(parsedShift)
}

/** Shifts as they are told to whoever has no seat: of an event that hides its address without street and way there. */
export const toldTo = <Of extends Pick<Shift, 'place'>>(
  event: Pick<Event, 'hides_address'>,
  shifts: readonly Of[],
  { has_seat }: { has_seat: boolean },
): Of[] =>
  shifts.map((shift) =>
    event.hides_address && !has_seat
      ? { ...shift, place: { ...shift.place, address: '', zip5: '', directions: {} } }
      : shift,
  )

export interface EventFilter {
  which: 'upcoming' | 'past'
  kind?: string | null
  /** For everybody: without drafts. */
  is_public?: boolean
  /** Go on behind this one. */
  after?: string | null
  now: Date
  limit: number
}

/** Upcoming ones with the next first, past ones with the last first. */
export async function listEvents(
  db: Db,
  organization_id: string,
  { which, kind = null, is_public = false, after = null, now, limit }: EventFilter,
): Promise<Event[]> {
  const is_up = which === 'upcoming'
  const behind = after
    ? sql`and (starts_at, event_id) ${is_up ? sql`>` : sql`<`} (select l.starts_at, l.event_id from event l
        where l.organization_id = ${organization_id}::uuid and l.event_id = ${after}::uuid)`
    : sql``
  const { rows } = await sql<Event>`
    select * from event where organization_id = ${organization_id}::uuid
      and ${is_up ? sql`ends_at > ${now}::timestamptz` : sql`ends_at <= ${now}::timestamptz`}
      and (${kind}::text is null or kind = ${kind}::text)
      and (not ${is_public}::boolean or published_at is not null) ${behind}
    order by starts_at ${is_up ? sql`asc` : sql`desc`}, event_id ${is_up ? sql`asc` : sql`desc`} limit ${limit}`.execute(
    db,
  )
  return rows.map(parsedEvent)
}

/**
 * Whether a row was written in this database (`changed_in`). What a backup brought back has the numbers of another one, often
 * higher than any here so far: it stood before anything that changed here.
 */
export const isOfHere = sql`changed_in < pg_snapshot_xmax(pg_current_snapshot())`

/** Another one for each change of an event of the organization. */
export async function lastChange(db: Db, organization_id: string): Promise<string> {
  const { rows } = await sql<{ changed_in: string }>`
    select changed_in::text from event where organization_id = ${organization_id}::uuid and ${isOfHere}
    order by changed_in desc limit 1`.execute(db)
  return rows[0]?.changed_in ?? ''
}

/** Published events for a calendar program: a year back, and three to come. */
export async function feedEvents(
  db: Db,
  organization_id: string,
  { kind = null, now }: { kind?: string | null; now: Date },
): Promise<Event[]> {
  const { rows } = await sql<Event>`
    select * from event where organization_id = ${organization_id}::uuid and published_at is not null
      and starts_at between ${now}::timestamptz - interval '1 year' and ${now}::timestamptz + interval '3 years' and (${kind}::text is null or kind = ${kind}::text)
    order by starts_at desc, event_id limit 1000`.execute(db)
  return rows.map(parsedEvent).toReversed()
}

export interface SeriesEvent {
  event_id: string
  series_on: string
  starts_at: Date
  canceled_at: Date | null
  published_at: Date | null
}

export async function seriesOf(
  db: Db,
  organization_id: string,
  series_id: string,
): Promise<{ series: Series; events: SeriesEvent[]; exceptions: string[] } | undefined> {
  const series = await db
    .selectFrom('event_series')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .where('series_id', '=', series_id)
    .executeTakeFirst()
  if (!series) return undefined
  const [events, exceptions] = await Promise.all([
    db
      .selectFrom('event')
      .select(['event_id', 'series_on', 'starts_at', 'canceled_at', 'published_at'])
      .where('organization_id', '=', organization_id)
      .where('series_id', '=', series_id)
      .orderBy('series_on')
      .execute(),
    db
      .selectFrom('event_series_exception')
      .select('on_date')
      .where('organization_id', '=', organization_id)
      .where('series_id', '=', series_id)
      .orderBy('on_date')
      .execute(),
  ])
  return {
    series,
    events: events.map((row) => ({ ...row, series_on: row.series_on ?? '' })),
    exceptions: exceptions.map(({ on_date }) => on_date),
  }
}

/*
 * Who comes.
 */

/** Seats that are left. Under the event's lock it is true until the lock is given up. */
export const roomIn = async (db: Db, event: Event, shifts: readonly Shift[]): Promise<Room> =>
  found((await roomsIn(db, event.organization_id, [event], shifts)).get(event.event_id))

/** The same of several events of one organization, by their ids. */
export async function roomsIn(
  db: Db,
  organization_id: string,
  events: readonly Pick<Event, 'event_id' | 'capacity'>[],
  shifts: readonly Shift[],
): Promise<Map<string, Room>> {
  const ids = events.map(({ event_id }) => event_id)
  const { rows } = await sql<{ shift_id: string | null; seats: number }>`
    select x.shift_id, sum(s.seats)::integer as seats from event_signup s
    left join event_signup_shift x on x.organization_id = s.organization_id and x.signup_id = s.signup_id
    where s.organization_id = ${organization_id}::uuid and s.event_id = any(${ids}::uuid[])
      and s.response in ('signed_up', 'confirmed')
    group by 1`.execute(db)
  // Whoever has several shifts has one seat at the event.
  const whole = await sql<{ event_id: string; seats: number; tickets: Record<string, number> | null }>`
    select e.event_id, (select coalesce(sum(s.seats), 0)::integer from event_signup s
        where s.organization_id = ${organization_id}::uuid and s.event_id = e.event_id and s.response in ('signed_up', 'confirmed')) as seats,
      (select jsonb_object_agg(k.ticket_kind_id, k.most - (select coalesce(sum(l.count), 0) from event_order_line l
          join event_signup h on h.organization_id = l.organization_id and h.signup_id = l.signup_id
          where l.organization_id = k.organization_id and l.ticket_kind_id = k.ticket_kind_id and h.response in ('signed_up', 'confirmed')))
        from event_ticket_kind k where k.organization_id = ${organization_id}::uuid and k.event_id = e.event_id
          and k.most is not null) as tickets
    from unnest(${ids}::uuid[]) as e(event_id)`.execute(db)
  const left = (capacity: number | null, taken: number): number | null => (capacity === null ? null : capacity - taken)
  const taken = new Map(rows.map(({ shift_id, seats }) => [shift_id, seats]))
  const wholes = new Map(whole.rows.map((row) => [row.event_id, row]))
  return new Map(
    events.map(({ event_id, capacity }): [string, Room] => [
      event_id,
      {
        event: left(capacity, wholes.get(event_id)?.seats ?? 0),
        shifts: new Map(
          shifts
            .filter((each) => each.event_id === event_id)
            .map((each) => [each.shift_id, left(each.capacity, taken.get(each.shift_id) ?? 0)]),
        ),
        tickets: new Map(Object.entries(wholes.get(event_id)?.tickets ?? {})),
      },
    ]),
  )
}

export interface SignupRow {
  signup_id: string
  event_id: string
  /** Whose they are now, after merges. */
  person_id: string
  host_signup_id: string | null
  seats: number
  guests: number
  arrival: number
  response: EventResponse
  accept_by: Date | null
  source: SignupSource
  language: string
  said: Said | null
  answers: Answers
  received_at: Date
  first_name: string | null
  last_name: string | null
  name_hangul: string | null
  phone: string | null
  email: string | null
  /** Where its mails go. */
  mail_to: string | null
  /** Of a guest: their host's. */
  shift_ids: string[]
  /** By shift, the newest not taken back. */
  attendance: Partial<Record<string, { attendance: Attendance; guests: number }>>
  why: ResponseReason | null
  ticket: string
  /** What was bought; null: nothing is owed, or it is their host's. */
  order: Owing | null
  /** When they last said something. */
  said_at: Date
}

/** Sign-ups of an event in order of arrival, guests with a name right behind their host. */
export async function signupsOf(
  db: Db,
  organization_id: string,
  event_id: string,
  { only = null }: { only?: readonly string[] | null } = {},
): Promise<SignupRow[]> {
  const { rows } = await sql<SignupRow>`
    select s.signup_id, s.event_id, p.person_id, s.host_signup_id, s.seats, s.guests, s.arrival, s.response, s.accept_by, s.source,
      s.language, s.said, s.answers, s.mail_to, s.received_at, s.ticket,
      coalesce(p.first_name, v.first_name, s.said ->> 'first_name') as first_name,
      coalesce(p.last_name, v.last_name, s.said ->> 'last_name') as last_name,
      coalesce(p.name_hangul, s.said ->> 'name_hangul') as name_hangul,
      coalesce(s.said ->> 'phone', (select n.phone from person_phone n where n.organization_id = p.organization_id
        and n.person_id = p.person_id and n.quality in ('good', 'unknown') order by n.is_preferred desc, n.phone limit 1)) as phone,
      coalesce(s.said ->> 'email', (select m.email from person_email m where m.organization_id = p.organization_id
        and m.person_id = p.person_id and m.quality in ('good', 'unknown') order by m.is_preferred desc, m.email limit 1)) as email,
      (select coalesce(array_agg(x.shift_id order by x.shift_id), '{}') from event_signup_shift x
        where x.organization_id = s.organization_id and x.signup_id = coalesce(s.host_signup_id, s.signup_id)) as shift_ids,
      (select coalesce(jsonb_object_agg(a.shift_id, jsonb_build_object('attendance', a.attendance, 'guests', a.guests)), '{}')
        from (select distinct on (shift_id) shift_id, attendance, guests from event_attendance
          where organization_id = s.organization_id and signup_id = s.signup_id and taken_back_at is null
          order by shift_id, attendance_id desc) a) as attendance,
      (select r.why from event_response r where r.organization_id = s.organization_id and r.signup_id = s.signup_id
        order by r.response_id desc limit 1) as why,
      coalesce((select r.at from event_response r where r.organization_id = s.organization_id and r.signup_id = s.signup_id
        order by r.response_id desc limit 1), s.received_at) as said_at,
      (select ${owing}
        from event_order o where o.organization_id = s.organization_id and o.signup_id = s.signup_id) as "order"
    from event_signup s
    join person w on w.organization_id = s.organization_id and w.person_id = s.person_id
    join person p on p.organization_id = s.organization_id and p.person_id = coalesce(w.merged_into, w.person_id)
    left join voter_record v on v.voter_id = p.voter_id
    left join event_signup h on h.organization_id = s.organization_id and h.signup_id = s.host_signup_id
    where s.organization_id = ${organization_id}::uuid and s.event_id = ${event_id}::uuid
      ${only ? sql`and s.signup_id = any(${[...only]}::uuid[])` : sql``}
    order by coalesce(h.arrival, s.arrival), s.host_signup_id is not null, s.arrival`.execute(db)
  return rows
}

export async function signupById(
  db: Db,
  organization_id: string,
  event_id: string,
  signup_id: string,
): Promise<SignupRow | undefined> {
  const [row] = await signupsOf(db, organization_id, event_id, { only: [signup_id] })
  return row
}

/** People counted by what they said, with whoever they bring. */
export type ResponseCounts = Partial<Record<EventResponse, number>>

export async function countsOf(
  db: Db,
  organization_id: string,
  event_ids: readonly string[],
): Promise<Map<string, ResponseCounts>> {
  const counts = new Map<string, ResponseCounts>()
  if (event_ids.length === 0) return counts
  const { rows } = await sql<{ event_id: string; response: EventResponse; people: number }>`
    select event_id, response, sum(seats)::integer as people from event_signup
    where organization_id = ${organization_id}::uuid and event_id = any(${[...event_ids]}::uuid[]) group by 1, 2`.execute(
    db,
  )
  for (const { event_id, response, people } of rows)
    counts.set(event_id, { ...counts.get(event_id), [response]: people })
  return counts
}

/** As it stands in a list: with where it begins and who comes. */
export interface ListedEvent {
  event: Event
  shift: Shift | undefined
  counts: ResponseCounts | undefined
}

export async function withCounts(db: Db, organization_id: string, events: readonly Event[]): Promise<ListedEvent[]> {
  const ids = events.map(({ event_id }) => event_id)
  const [shifts, counts] = await Promise.all([shiftsOf(db, organization_id, ids), countsOf(db, organization_id, ids)])
  return events.map((event) => ({
    event,
    shift: shifts.find(({ event_id }) => event_id === event.event_id),
    counts: counts.get(event.event_id),
  }))
}

export const seatsTaken = (counts: ResponseCounts | undefined): number =>
  seated.reduce((sum, response) => sum + (counts?.[response] ?? 0), 0)

/** Heads at the door: whoever was there, with the guests they brought. */
export interface HeadCount {
  here: number
  walk_ins: number
  /** Have a seat and are not marked yet. */
  expected: number
}

export async function headCount(
  db: Db,
  organization_id: string,
  event_id: string,
  shift_id: string,
): Promise<HeadCount> {
  const { rows } = await sql<HeadCount>`
    with marked as (
      select distinct on (a.signup_id) a.signup_id, a.attendance, a.guests from event_attendance a
      where a.organization_id = ${organization_id}::uuid and a.shift_id = ${shift_id}::uuid and a.taken_back_at is null
      order by a.signup_id, a.attendance_id desc)
    select
      coalesce(sum(1 + m.guests) filter (where m.attendance in ('attended', 'walk_in')), 0)::integer as here,
      (count(*) filter (where m.attendance = 'walk_in'))::integer as walk_ins,
      (select coalesce(sum(1 + s.guests), 0)::integer from event_signup s
        where s.organization_id = ${organization_id}::uuid and s.event_id = ${event_id}::uuid and s.response in ('signed_up', 'confirmed')
          and s.source <> 'door' and exists (select from event_signup_shift x where x.organization_id = s.organization_id
            and x.signup_id = coalesce(s.host_signup_id, s.signup_id) and x.shift_id = ${shift_id}::uuid)
          and not exists (select from marked where marked.signup_id = s.signup_id)) as expected
    from marked m`.execute(db)
  return rows[0] ?? { here: 0, walk_ins: 0, expected: 0 }
}

/**
 * What somebody signed up for, for their own calendar: with the mailbox of this sign-up alone. Whoever signs up in another's
 * name has a mailbox of their own, and sees nothing of the other's.
 */
export async function eventsWith(
  db: Db,
  organization_id: string,
  { person_id, mail_to }: Pick<SignupRow, 'person_id' | 'mail_to'>,
  now: Date,
): Promise<{ event: Event; shift_ids: string[]; response: EventResponse }[]> {
  if (!mail_to) return []
  const { rows } = await sql<{ event_id: string; shift_ids: string[]; response: EventResponse }>`
    select distinct on (s.event_id) s.event_id, s.response,
      (select coalesce(array_agg(x.shift_id), '{}') from event_signup_shift x
        where x.organization_id = s.organization_id and x.signup_id = coalesce(s.host_signup_id, s.signup_id)) as shift_ids
    from event_signup s
    where s.organization_id = ${organization_id}::uuid and s.person_id = ${everOf(organization_id, person_id)}
      and s.response in ('signed_up', 'confirmed', 'canceled_by_them', 'canceled_by_us') and s.accept_by is null
      and s.mail_to = ${mail_to}::text
    order by s.event_id, s.arrival desc`.execute(db)
  const events = await feedEventsById(db, organization_id, rows.map(({ event_id }) => event_id), now) // prettier-ignore
  return rows.flatMap(({ event_id, ...row }) => {
    const event = events.get(event_id)
    return event ? [{ event, ...row }] : []
  })
}

/** Whoever somebody is and was, before people were put together: `person_id = everOf(…)`. Found first, by index. */
export const everOf = (organization_id: string, person_id: string): RawBuilder<unknown> =>
  sql`any(array(select ${person_id}::uuid union all select m.person_id from person m
    where m.organization_id = ${organization_id}::uuid and m.merged_into = ${person_id}::uuid))`

/** The same of many: rows of who somebody is and of whom they are or were. */
export const everAmong = (organization_id: string, person_ids: readonly string[]): RawBuilder<unknown> =>
  sql`(select person_id, person_id as ever_id from unnest(${[...person_ids]}::uuid[]) as w (person_id)
    union all select m.merged_into, m.person_id from person m
    where m.organization_id = ${organization_id}::uuid and m.merged_into = any(${[...person_ids]}::uuid[]))`

/** What the calendar behind a mailbox has, by event. */
export async function ownCalendars(
  db: Db,
  organization_id: string,
  event_ids: readonly string[],
  { person_id, mail_to }: Pick<SignupRow, 'person_id' | 'mail_to'>,
): Promise<Map<string, OwnCalendar>> {
  const { rows } = await sql<OwnCalendar & { event_id: string }>`
    select e.event_id,
      (select count(*)::integer from event_signup s
        join event_response r on r.organization_id = s.organization_id and r.signup_id = s.signup_id
        where s.organization_id = ${organization_id}::uuid and s.event_id = e.event_id
          and s.person_id = ${everOf(organization_id, person_id)}) as turns,
      (select coalesce(jsonb_object_agg(n.shift_id, to_jsonb(n)), '{}') from (
        select distinct on (m.shift_id) m.shift_id, m.method, m.sequence, m.event_sequence from event_entry m
        join event_signup s on s.organization_id = m.organization_id and s.signup_id = m.signup_id
        where s.organization_id = ${organization_id}::uuid and s.event_id = e.event_id and s.mail_to = ${mail_to}::text
        order by m.shift_id, m.sequence desc) n) as mailed,
      (select coalesce(array_agg(distinct x.shift_id), '{}') from event_signup s
        join event_signup_shift x on x.organization_id = s.organization_id and x.signup_id = s.signup_id
        where s.organization_id = ${organization_id}::uuid and s.event_id = e.event_id and s.mail_to = ${mail_to}::text
          and s.person_id <> all(array(select ${person_id}::uuid union all select p.person_id from person p
            where p.organization_id = ${organization_id}::uuid and p.merged_into = ${person_id}::uuid))
          and (s.response = 'invited' or s.response = any(${[...seated]}::text[]) and s.accept_by is null)) as of_others
    from unnest(${[...event_ids]}::uuid[]) as e (event_id)`.execute(db)
  return new Map(rows.map(({ event_id, ...row }) => [event_id, row]))
}

/** Entries that went out with a mail. */
export const keepEntries = (
  db: Db,
  organization_id: string,
  signup_id: string,
  entries: readonly (MailedEntry & { shift_id: string })[],
  now: Date,
) =>
  sql`insert into event_entry (organization_id, signup_id, shift_id, method, sequence, event_sequence, mailed_at)
    select ${organization_id}::uuid, ${signup_id}::uuid, n.shift_id, n.method, n.sequence, n.event_sequence, ${now}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(entries)}::jsonb) as n (shift_id uuid, method text, sequence integer, event_sequence integer)
    where exists (select from event_signup s where s.organization_id = ${organization_id}::uuid and s.signup_id = ${signup_id}::uuid for key share)
    on conflict (organization_id, signup_id, shift_id) do update set
      method = excluded.method, sequence = excluded.sequence, event_sequence = excluded.event_sequence, mailed_at = excluded.mailed_at
      where event_entry.sequence <= excluded.sequence`.execute(db)

/** The mailbox of somebody we write to first, as `mailboxesOf` has it. */
export const mailboxOf = async (
  db: Db,
  organization_id: string,
  person_id: string,
  purpose: ContactPurpose,
): Promise<string | null> => (await mailboxesOf(db, organization_id, [person_id], purpose)).get(person_id) ?? null

/** Where an invitation goes: now, or when the pause is over that they chose. */
export async function mailboxToInvite(db: Db, organization_id: string, person_id: string): Promise<string | null> {
  const { reason } = await mayContact(db, organization_id, { person_id, voter_id: null }, 'email', 'invitation')
  return reason === null || reason === 'paused' ? mailboxOf(db, organization_id, person_id, 'asked') : null
}

async function feedEventsById(
  db: Db,
  organization_id: string,
  ids: readonly string[],
  now: Date,
): Promise<Map<string, Event>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('event')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .where('event_id', 'in', ids)
    .where('starts_at', '>', new Date(now.getTime() - 366 * 86_400_000))
    .execute()
  return new Map(rows.map((row) => [row.event_id, parsedEvent(row)]))
}

export async function feedNumber(db: Db, organization_id: string, signup_id: string): Promise<number> {
  const row = await db
    .selectFrom('event_feed')
    .select('number')
    .where('organization_id', '=', organization_id)
    .where('signup_id', '=', signup_id)
    .executeTakeFirst()
  return row?.number ?? 1
}
