import { sql } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import type { Disposition } from '../../contacts/schema.ts'
import { hasRefused, isMarked } from '../../people/consent.ts'
import { everOf, listEvents, roomsIn, shiftsOf, toldTo, type Event } from '../queries.ts'
import { seatsFor, standingOf } from '../rules.ts'
import { openResponses } from '../schema.ts'
import { sellingAmong } from '../orders/queries.ts'
import { early_minutes, type Confirming, type EventToBook } from './schema.ts'
import './tables.ts'

export interface ShiftBank {
  phone_bank_id: string
  name: Record<string, string>
  join_code: string
  /** Its link lets people in. */
  is_open: boolean
}

/** The phone bank in which whoever signs up for an event calls. */
export async function shiftBankOf(db: Db, organization_id: string, event_id: string): Promise<ShiftBank | null> {
  const { rows } = await sql<ShiftBank>`
    select b.phone_bank_id, b.name, b.join_code, b.ended_at is null and b.join_closed_at is null as is_open
    from event_phone_bank l join phone_bank b on b.organization_id = l.organization_id and b.phone_bank_id = l.phone_bank_id
    where l.organization_id = ${organization_id}::uuid and l.event_id = ${event_id}::uuid and l.what = 'shift'`.execute(
    db,
  )
  return rows[0] ?? null
}

/** Where whoever has a seat starts to call; null: it is no phone bank, or its link is closed. */
export async function callLinkOf(
  db: Db,
  { organization_id, event_id }: { organization_id: string; event_id: string },
  url: string,
): Promise<string | null> {
  const bank = await shiftBankOf(db, organization_id, event_id)
  return bank?.is_open ? `${url}/call/${bank.join_code}` : null
}

export interface EventBank {
  phone_bank_id: string
  name: Record<string, string>
  ended_at: Date | null
  voters: number
}

/** Phone banks that ask who signed up whether they come, the newest first. */
export async function confirmingBanksOf(db: Db, organization_id: string, event_id: string): Promise<EventBank[]> {
  const { rows } = await sql<EventBank>`
    select b.phone_bank_id, b.name, b.ended_at, (select count(*)::integer from phone_bank_target t
      where t.organization_id = b.organization_id and t.phone_bank_id = b.phone_bank_id and t.state <> 'suppressed') as voters
    from event_phone_bank l join phone_bank b on b.organization_id = l.organization_id and b.phone_bank_id = l.phone_bank_id
    where l.organization_id = ${organization_id}::uuid and l.event_id = ${event_id}::uuid and l.what = 'confirming'
    order by l.made_at desc`.execute(db)
  return rows
}

export interface ToConfirm {
  signup_id: string
  person_id: string
  /** null: in no voter file, so no phone bank calls them. */
  voter_id: number | null
  first_name: string | null
  last_name: string | null
  name_hangul: string | null
  language: string
  shift_ids: string[]
  /** End of the last of their shifts. */
  until: Date
  /** E.164; null: none is known. */
  phone: string | null
  /** They asked not to be called, or must not be. */
  is_closed: boolean
  /** The newest answer of a call, if there is one. */
  said: Confirming | null
  said_at: Date | null
  said_by: string | null
  /** Calls to them since they signed up. */
  tries: number
  /** The newest of them, or to a voter at their number, or one there that nobody answered. */
  tried_at: Date | null
  /** What came of it. */
  tried_as: Disposition | null
  /** The newest call to another newcomer at their number, answered or not. */
  line_at: Date | null
}

/** `is_new`: in no voter file. Who has a seat of their own that lasts beyond `since` and has not said once more that they come, in order of arrival. */
export async function unconfirmedOf(
  db: Db,
  organization_id: string,
  event_id: string,
  { since, is_new = false }: { since: Date; is_new?: boolean },
): Promise<ToConfirm[]> {
  const { rows } = await sql<ToConfirm>`
    select s.signup_id, p.person_id, p.voter_id, coalesce(p.first_name, v.first_name, s.said ->> 'first_name') as first_name,
      coalesce(p.last_name, v.last_name, s.said ->> 'last_name') as last_name, coalesce(p.name_hangul, s.said ->> 'name_hangul') as name_hangul,
      s.language, x.shift_ids, x.until, n.phone,
      ${isMarked(organization_id, 'phone', sql`p.voter_id`)} or ${hasRefused(organization_id, 'phone')} as is_closed,
      a.said, a.at as said_at, a.made_by as said_by, own.tries,
      tried.tried_at, tried.tried_as, line.line_at
    from event_signup s
    join person w on w.organization_id = s.organization_id and w.person_id = s.person_id
    join person p on p.organization_id = s.organization_id and p.person_id = coalesce(w.merged_into, w.person_id)
    left join voter_record v on v.voter_id = p.voter_id
    cross join lateral (select array_agg(h.shift_id order by h.starts_at, h.shift_id) as shift_ids, max(h.ends_at) as until
      from event_signup_shift x join event_shift h on h.organization_id = x.organization_id and h.shift_id = x.shift_id
      where x.organization_id = s.organization_id and x.signup_id = s.signup_id) x
    left join lateral (select k.phone from (
        select s.said ->> 'phone' as phone, 0 as place
        union all select f.phone, case when f.is_preferred then 1 else 2 end from person_phone f
          where f.organization_id = p.organization_id and f.person_id = p.person_id and f.quality in ('good', 'unknown')
        union all (select f.phone, 3 from voter_phone f where f.voter_id = p.voter_id and is_offered_to_callers(f.phone)
          order by f.quality desc limit 1)) k
      where is_offered_to_callers(k.phone) and not exists (select from person_phone f where f.organization_id = p.organization_id
          and f.person_id = p.person_id and f.phone = k.phone and f.quality not in ('good', 'unknown'))
        and not exists (select from suppression f where f.organization_id = p.organization_id and f.phone = k.phone and f.taken_back_at is null
          and closes_number(f, p.voter_id, p.person_id))
      order by k.place, k.phone limit 1) n on true
    left join lateral (select c.said, c.at, c.made_by from event_confirming c
      where c.organization_id = s.organization_id and c.signup_id = s.signup_id and c.taken_back_at is null order by c.at desc limit 1) a on true
    cross join lateral (select count(*)::integer as tries
      from contact_attempt c where c.organization_id = p.organization_id and c.person_id = p.person_id and c.channel = 'phone' and c.undone_at is null
        and c.attempted_at >= s.received_at) own
    left join lateral (select t.attempted_at as tried_at, t.disposition as tried_as from (
        (select c.attempted_at, c.disposition from contact_attempt c where c.organization_id = p.organization_id and c.person_id = p.person_id
          and c.channel = 'phone' and c.undone_at is null order by c.attempted_at desc limit 1)
        union all (select c.attempted_at, c.disposition from contact_attempt c where c.organization_id = p.organization_id
          and c.voter_id = any(voters_at_number(p.organization_id, n.phone)) and coalesce(c.phone, n.phone) = n.phone
          and c.channel = 'phone' and c.undone_at is null order by c.attempted_at desc limit 1)
        union all (select c.attempted_at, c.disposition from contact_attempt c where c.phone = n.phone and c.organization_id = p.organization_id
          and c.voter_id is null and c.person_id <> p.person_id and not c.is_reached
          and c.channel = 'phone' and c.undone_at is null order by c.attempted_at desc limit 1)) t
      order by t.attempted_at desc limit 1) tried on true
    cross join lateral (select max(c.attempted_at) as line_at
      from contact_attempt c where c.phone = n.phone and c.organization_id = p.organization_id and c.voter_id is null
        and c.person_id <> p.person_id and c.channel = 'phone' and c.undone_at is null) line
    where s.organization_id = ${organization_id}::uuid and s.event_id = ${event_id}::uuid and s.response = 'signed_up'
      and s.accept_by is null and s.host_signup_id is null and s.source <> 'door' and x.until > ${since}::timestamptz
      and (not ${is_new}::boolean or p.voter_id is null)
    order by s.arrival`.execute(db)
  return rows
}

export interface ConfirmedEvent {
  event_id: string
  title: Record<string, string>
}

/** The event whose people a phone bank asks whether they come; null: it is another phone bank. */
export async function confirmedEventOf(
  db: Db,
  organization_id: string,
  phone_bank_id: string,
): Promise<ConfirmedEvent | null> {
  const { rows } = await sql<ConfirmedEvent>`
    select e.event_id, e.content -> 'title' as title
    from event_phone_bank l join event e on e.organization_id = l.organization_id and e.event_id = l.event_id
    where l.organization_id = ${organization_id}::uuid and l.phone_bank_id = ${phone_bank_id}::uuid and l.what = 'confirming'`.execute(
    db,
  )
  return rows[0] ?? null
}

/** Voters whom a phone bank that confirms an event is to call from now on; null: it is another phone bank. */
export async function votersToConfirm(
  db: Db,
  organization_id: string,
  phone_bank_id: string,
  now: Date,
): Promise<number[] | null> {
  const confirmed = await confirmedEventOf(db, organization_id, phone_bank_id)
  if (!confirmed) return null
  const rows = await unconfirmedOf(db, organization_id, confirmed.event_id, { since: now })
  return rows.flatMap(({ voter_id, is_closed }) => (voter_id === null || is_closed ? [] : voter_id))
}

export interface LostSeat {
  person_id: string
  first_name: string | null
  last_name: string | null
  name_hangul: string | null
}

/** Whose no on the telephone was a mistake and taken back, when their seat was somebody else's: for the host to see to. */
export async function lostSeatsOf(db: Db, organization_id: string, event_id: string): Promise<LostSeat[]> {
  const { rows } = await sql<LostSeat>`
    select distinct on (p.person_id) p.person_id, coalesce(p.first_name, v.first_name, s.said ->> 'first_name') as first_name,
      coalesce(p.last_name, v.last_name, s.said ->> 'last_name') as last_name, coalesce(p.name_hangul, s.said ->> 'name_hangul') as name_hangul
    from event_confirming c
    join event_signup s on s.organization_id = c.organization_id and s.signup_id = c.signup_id
    join person w on w.organization_id = s.organization_id and w.person_id = s.person_id
    join person p on p.organization_id = s.organization_id and p.person_id = coalesce(w.merged_into, w.person_id)
    left join voter_record v on v.voter_id = p.voter_id
    where c.organization_id = ${organization_id}::uuid and s.event_id = ${event_id}::uuid and c.said = 'no' and c.taken_back_at is not null
      and (select r.response = 'canceled_by_them' and r.at = c.at from event_response r
        where r.organization_id = s.organization_id and r.signup_id = s.signup_id order by r.response_id desc limit 1)
      and not exists (select from event_signup o join person t on t.organization_id = o.organization_id and t.person_id = o.person_id
        where o.organization_id = s.organization_id and o.event_id = s.event_id and coalesce(t.merged_into, t.person_id) = p.person_id
          and o.response = any(${[...openResponses]}::text[]))
    order by p.person_id`.execute(db)
  return rows
}

/**
 * Did somebody say anything about an event after a call that comes in only now: by their page or to us, or in a later call?
 * What a call changed counts by when it was made, not by when it came in.
 */
export async function saidSince(
  db: Db,
  organization_id: string,
  { event_id, person_id, attempt_id, at }: { event_id: string; person_id: string; attempt_id: string; at: Date },
): Promise<boolean> {
  const { rows } = await sql<{ is_so: boolean }>`
    with own as (select s.signup_id from event_signup s where s.organization_id = ${organization_id}::uuid and s.event_id = ${event_id}::uuid
      and s.person_id = ${everOf(organization_id, person_id)})
    select exists (select from own join event_response r on r.organization_id = ${organization_id}::uuid and r.signup_id = own.signup_id
        where r.why is null and r.at > ${at}::timestamptz and not exists (select from event_confirming c
          where c.organization_id = r.organization_id and c.signup_id = r.signup_id and r.at in (c.at, c.taken_back_at)))
      or exists (select from own join event_confirming c on c.organization_id = ${organization_id}::uuid and c.signup_id = own.signup_id
        join contact_attempt a on a.organization_id = c.organization_id and a.attempt_id = c.attempt_id
        where c.attempt_id <> ${attempt_id}::uuid and c.taken_back_at is null and c.said <> 'message' and a.undone_at is null
          and a.attempted_at > ${at}::timestamptz) as is_so`.execute(db)
  return rows[0]?.is_so ?? false
}

/*
 * Who came to call.
 */

/** Callers of a shift: `event_phone_bank l join event_shift h join phone_bank_caller k`, who joined or called while it was. */
const callersIn = sql`event_phone_bank l
  join event_shift h on h.organization_id = l.organization_id and h.event_id = l.event_id and h.removed_at is null
  join phone_bank_caller k on k.organization_id = l.organization_id and k.phone_bank_id = l.phone_bank_id and not k.is_on_paper
    and (k.joined_at between h.starts_at - make_interval(mins => ${early_minutes}) and h.ends_at
      or k.last_seen_at between h.starts_at - make_interval(mins => ${early_minutes}) and h.ends_at
      or exists (select from contact_attempt c where c.organization_id = k.organization_id and c.caller_id = k.caller_id
        and c.undone_at is null and c.attempted_at between h.starts_at and h.ends_at))`

/** One of them and a sign-up of the shift by the same person: by their account, or by the number or mailbox they joined with. */
const pairs = sql`
  select l.organization_id, l.event_id, h.shift_id, k.caller_id, s.signup_id, p.person_id,
    exists (select from person_account x where x.organization_id = p.organization_id and x.person_id = p.person_id
      and (x.caller_id = k.caller_id or x.user_id = k.user_id)) as is_sure
  from ${callersIn}
  join event_signup s on s.organization_id = l.organization_id and s.event_id = l.event_id and s.response in ('signed_up', 'confirmed')
    and s.accept_by is null
  join event_signup_shift y on y.organization_id = s.organization_id and y.signup_id = coalesce(s.host_signup_id, s.signup_id)
    and y.shift_id = h.shift_id
  join person w on w.organization_id = s.organization_id and w.person_id = s.person_id
  join person p on p.organization_id = s.organization_id and p.person_id = coalesce(w.merged_into, w.person_id)
  where l.what = 'shift' and (
    exists (select from person_account x where x.organization_id = p.organization_id and x.person_id = p.person_id
      and (x.caller_id = k.caller_id or x.user_id = k.user_id))
    or k.phone = s.said ->> 'phone' or lower(k.email) = lower(s.said ->> 'email') or lower(k.email) = lower(s.mail_to)
    or exists (select from person_phone f where f.organization_id = p.organization_id and f.person_id = p.person_id and f.phone = k.phone)
    or exists (select from person_email f where f.organization_id = p.organization_id and f.person_id = p.person_id and lower(f.email) = lower(k.email)))`

export interface Called {
  organization_id: string
  event_id: string
  shift_id: string
  signup_id: string
  person_id: string
}

/**
 * Who called in their shift and has no mark there yet, not even one taken back. Whoever shares a number with somebody else
 * of the shift is left to the host.
 */
export async function calledUnmarked(
  db: Db,
  now: Date,
  { organization_id = null, phone_bank_id = null }: { organization_id?: string | null; phone_bank_id?: string | null },
): Promise<Called[]> {
  const { rows } = await sql<Called>`
    with pair as (${pairs} and h.starts_at - make_interval(mins => ${early_minutes}) <= ${now}::timestamptz
        and h.ends_at > ${now}::timestamptz - interval '1 day'
        and (${organization_id}::uuid is null or l.organization_id = ${organization_id}::uuid)
        and (${phone_bank_id}::uuid is null or l.phone_bank_id = ${phone_bank_id}::uuid)),
      counted as (select *, count(*) over (partition by organization_id, caller_id, shift_id) as people from pair)
    select distinct c.organization_id, c.event_id, c.shift_id, c.signup_id, c.person_id from counted c
    join event e on e.organization_id = c.organization_id and e.event_id = c.event_id and e.canceled_at is null
    where (c.is_sure or c.people = 1) and not exists (select from event_attendance a where a.organization_id = c.organization_id
      and a.signup_id = c.signup_id and a.shift_id = c.shift_id)`.execute(db)
  return rows
}

/** Callers of an event's shifts who are none of those who signed up, as far as one can tell: for the host to look at. */
export async function strangersIn(
  db: Db,
  organization_id: string,
  event_id: string,
): Promise<{ shift_id: string; name: string }[]> {
  const { rows } = await sql<{ shift_id: string; name: string }>`
    with pair as (${pairs} and l.organization_id = ${organization_id}::uuid and l.event_id = ${event_id}::uuid),
      counted as (select *, count(*) over (partition by caller_id, shift_id) as people from pair)
    select distinct h.shift_id, k.name from ${callersIn}
    where l.organization_id = ${organization_id}::uuid and l.event_id = ${event_id}::uuid and l.what = 'shift'
      and not exists (select from counted c where c.caller_id = k.caller_id and c.shift_id = h.shift_id and (c.is_sure or c.people = 1))
    order by 2`.execute(db)
  return rows
}

/** May a caller say yes for somebody? Not where an organizer decides who comes, nor where a seat is paid for. */
export const isToBook = async (db: Db, event: Event, now: Date): Promise<boolean> =>
  (await toBookAmong(db, event.organization_id, [event], now)).length > 0

async function toBookAmong(db: Db, organization_id: string, events: readonly Event[], now: Date): Promise<Event[]> {
  const open = events.filter(
    (event) => standingOf(event, now) === 'open' && !event.is_by_invitation && !event.needs_approval,
  )
  const selling = await sellingAmong(db, organization_id, open.map(({ event_id }) => event_id)) // prettier-ignore
  return open.filter(({ event_id }) => !selling.has(event_id))
}

/** A caller says a handful of events, the soonest first; looked for among so many. */
const [most_to_book, most_looked_at] = [6, 24]

/** The next events a caller may book a voter into, where there is a seat or a wait list: a few statements, however many they are. */
export async function eventsToBook(db: Db, organization_id: string, now: Date): Promise<EventToBook[]> {
  const next = await listEvents(db, organization_id, { which: 'upcoming', is_public: true, now, limit: most_looked_at })
  const events = await toBookAmong(db, organization_id, next, now)
  if (events.length === 0) return []
  const shifts = await shiftsOf(db, organization_id, events.map(({ event_id }) => event_id)) // prettier-ignore
  const rooms = await roomsIn(db, organization_id, events, shifts)
  const found: EventToBook[] = []
  for (const event of events) {
    if (found.length === most_to_book) break
    const room = rooms.get(event.event_id)
    // Whoever calls has no seat, nor has whoever is called.
    const own = toldTo(event, shifts, { has_seat: false }).filter(({ event_id, ends_at }) => event_id === event.event_id && ends_at > now) // prettier-ignore
    const offered = own.flatMap(({ shift_id, starts_at, ends_at, name, place }) => {
      const is_wait_list = !room || seatsFor(room, [shift_id]) < 1
      // Nobody moves up into a shift that has begun.
      if (is_wait_list && (!event.has_wait_list || starts_at <= now)) return []
      const address = [place.address, place.city].filter(Boolean).join(', ')
      return {
        ...{ shift_id, name, place: place.name, address, is_wait_list },
        starts_at: starts_at.toISOString(),
        ends_at: ends_at.toISOString(),
      }
    })
    const { event_id, content, time_zone } = event
    if (offered.length > 0) found.push({ event_id, title: content.title, time_zone, shifts: offered })
  }
  return found
}
