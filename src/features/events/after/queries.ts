import { sql } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import { contactAnswers, newestSaid } from '../../people/consent.ts'
import type { EventText } from '../schema.ts'
import { Thanks, type NotThanked, type Thanked } from './schema.ts'
import './tables.ts'

export interface EventAfter {
  thanks: Thanks
  feedback_form_id: string | null
  notes: EventText
  notes_published_at: Date | null
}

/** What follows an event, as far as somebody wrote it. */
export async function afterOf(db: Db, organization_id: string, event_id: string): Promise<EventAfter> {
  const row = await db
    .selectFrom('event_after')
    .select(['thanks', 'feedback_form_id', 'notes', 'notes_published_at'])
    .where('organization_id', '=', organization_id)
    .where('event_id', '=', event_id)
    .executeTakeFirst()
  return row
    ? { ...row, thanks: Thanks.parse(row.thanks) }
    : { thanks: {}, feedback_form_id: null, notes: {}, notes_published_at: null }
}

/** Of an event's page for everybody: null while they are not published. */
export async function publishedNotes(db: Db, organization_id: string, event_id: string): Promise<EventText | null> {
  const { notes, notes_published_at } = await afterOf(db, organization_id, event_id)
  return notes_published_at && Object.values(notes).some(Boolean) ? notes : null
}

/*
 * Thanks.
 */

export interface ToThank {
  signup_id: string
  person_id: string
  first_name: string | null
  last_name: string | null
  name_hangul: string | null
  which: Thanked
  language: string
  /** null: there is none, or it must not be used. */
  mail_to: string | null
  /** They want no mail, or it would be no joy. */
  is_refused: boolean
  /** null: they can be thanked now. */
  why_not: NotThanked | null
}

/**
 * Everybody who came or had a seat and did not, one row a person: whoever was there once was there. Nobody is written to who
 * wants no mail or to whom it would be no joy, and nobody twice. `only`: this sign-up.
 */
export async function toThank(
  db: Db,
  organization_id: string,
  event_id: string,
  { only = null }: { only?: string | null } = {},
): Promise<ToThank[]> {
  const { rows } = await sql<ToThank & { is_done: boolean }>`
    with marked as (
      select s.signup_id, coalesce(w.merged_into, w.person_id) as person_id, s.language, s.mail_to, s.said, s.host_signup_id, m.attendance,
        -- Who signs on paper ticks a box for mail.
        exists (select from event_sheet_mark k join event_attendance b on b.organization_id = k.organization_id and b.attendance_id = k.attendance_id
          where k.organization_id = s.organization_id and b.signup_id = s.signup_id and b.taken_back_at is null) as is_on_paper
      from event_signup s join person w on w.organization_id = s.organization_id and w.person_id = s.person_id
      cross join lateral (select distinct on (a.shift_id) a.attendance from event_attendance a
        where a.organization_id = s.organization_id and a.signup_id = s.signup_id and a.taken_back_at is null
        order by a.shift_id, a.attendance_id desc) m
      where s.organization_id = ${organization_id}::uuid and s.event_id = ${event_id}::uuid and m.attendance <> 'excused'),
    one as (
      select distinct on (person_id) *, case when attendance in ('attended', 'walk_in') then 'attended' else 'missed' end as which
      from marked order by person_id, attendance in ('attended', 'walk_in') desc, mail_to is null, host_signup_id is not null, signup_id),
    answered as (select a.person_id, a.reason from ${contactAnswers(organization_id, 'email', 'invitation', sql`array(select person_id from one)`, sql`array[]`)} a)
    select o.signup_id, o.person_id, o.which, o.language,
      coalesce(p.first_name, v.first_name, o.said ->> 'first_name') as first_name,
      coalesce(p.last_name, v.last_name, o.said ->> 'last_name') as last_name, coalesce(p.name_hangul, o.said ->> 'name_hangul') as name_hangul,
      coalesce(case when mailbox_stopped(p.organization_id, p.person_id, o.mail_to) is null and suppressed_by(p.organization_id, 'email', o.mail_to) is null then o.mail_to end, case when not o.is_on_paper or coalesce((select c.is_given from consent c where c.organization_id = p.organization_id
        and c.person_id = p.person_id and c.channel = 'email' order by ${newestSaid} limit 1), false) then (select m.email from person_email m where m.organization_id = p.organization_id and m.person_id = p.person_id
        and m.quality in ('good', 'unknown') and m.claimed_at is null and mailbox_stopped(m.organization_id, m.person_id, m.email) is null
        order by m.is_preferred desc, m.quality, m.email limit 1) end) as mail_to,
      -- Where they have no mailbox with us, the one they signed up with is taken.
      coalesce(a.reason not in ('no_address', 'bouncing'), false) as is_refused,
      exists (select from event_thanks t join event_signup y on y.organization_id = t.organization_id and y.signup_id = t.signup_id
        join person z on z.organization_id = y.organization_id and z.person_id = y.person_id
        where y.organization_id = p.organization_id and y.event_id = ${event_id}::uuid and coalesce(z.merged_into, z.person_id) = p.person_id) as is_done
    from one o join person p on p.organization_id = ${organization_id}::uuid and p.person_id = o.person_id
    left join answered a on a.person_id = p.person_id
    left join voter_record v on v.voter_id = p.voter_id
    where ${only}::uuid is null or o.signup_id = ${only}::uuid
    order by o.which, last_name, first_name, o.signup_id`.execute(db)
  return rows.map(({ is_done, ...row }) => ({
    ...row,
    why_not: is_done ? 'done' : row.is_refused ? 'refused' : row.mail_to === null ? 'no_mail' : null,
  }))
}

/*
 * Hours.
 */

/**
 * Rows `(event_id, kind, signup_id, shift_id, person_id, starts_at, minutes, shift_minutes, reason, corrected_by)`: each shift
 * somebody was there in, once. Whoever has two sign-ups there, after a merge, has the larger one: as the view event_presence.
 */
const hoursIn = (organization_id: string, person_id: string | null = null) => sql`(
  select distinct on (coalesce(w.merged_into, w.person_id), h.shift_id)
    e.event_id, e.kind, s.signup_id, h.shift_id, coalesce(w.merged_into, w.person_id) as person_id, h.starts_at,
    coalesce(c.minutes, round(extract(epoch from h.ends_at - h.starts_at) / 60)::integer) as minutes,
    round(extract(epoch from h.ends_at - h.starts_at) / 60)::integer as shift_minutes,
    case when c.minutes is null then null else c.reason end as reason, case when c.minutes is null then null else c.made_by end as corrected_by
  from event_signup s
  join event e on e.organization_id = s.organization_id and e.event_id = s.event_id
  join person w on w.organization_id = s.organization_id and w.person_id = s.person_id
  cross join lateral (select distinct on (a.shift_id) a.shift_id, a.attendance from event_attendance a
    where a.organization_id = s.organization_id and a.signup_id = s.signup_id and a.taken_back_at is null
    order by a.shift_id, a.attendance_id desc) m
  join event_shift h on h.organization_id = s.organization_id and h.shift_id = m.shift_id
  left join lateral (select k.minutes, k.reason, k.made_by from event_hours k where k.organization_id = s.organization_id
    and k.signup_id = s.signup_id and k.shift_id = h.shift_id order by k.hours_id desc limit 1) c on true
  where s.organization_id = ${organization_id}::uuid ${person_id ? sql`and s.person_id = ${person_id}::uuid` : sql``}
    and m.attendance in ('attended', 'walk_in')
  order by coalesce(w.merged_into, w.person_id), h.shift_id, minutes desc, c.minutes is null, s.signup_id)`

export interface ShiftHours {
  signup_id: string
  shift_id: string
  person_id: string
  first_name: string | null
  last_name: string | null
  name_hangul: string | null
  starts_at: Date
  minutes: number
  shift_minutes: number
  /** Of a correction. */
  reason: string | null
  corrected_by: string | null
}

/** Hours of an event by person and shift. */
export async function hoursOfEvent(db: Db, organization_id: string, event_id: string): Promise<ShiftHours[]> {
  const { rows } = await sql<ShiftHours>`
    select h.signup_id, h.shift_id, h.person_id, p.name_hangul, coalesce(p.first_name, v.first_name) as first_name,
      coalesce(p.last_name, v.last_name) as last_name, h.starts_at, h.minutes, h.shift_minutes, h.reason, h.corrected_by
    from ${hoursIn(organization_id)} h join person p on p.organization_id = ${organization_id}::uuid and p.person_id = h.person_id
    left join voter_record v on v.voter_id = p.voter_id
    where h.event_id = ${event_id}::uuid order by h.starts_at, last_name, first_name, h.signup_id`.execute(db)
  return rows
}

export interface KindHours {
  kind: string
  minutes: number
  events: number
  people: number
}

/** Hours by kind of event, in shifts that began between two days of the organization (both included); `person_id`: of one person alone. */
export async function hoursByKind(
  db: Db,
  organization_id: string,
  { from, until, time_zone, person_id = null }: { from: string | null; until: string; time_zone: string; person_id?: string | null }, // prettier-ignore
): Promise<KindHours[]> {
  const { rows } = await sql<KindHours>`
    select kind, sum(minutes)::integer as minutes, count(distinct event_id)::integer as events, count(distinct person_id)::integer as people
    from ${hoursIn(organization_id, person_id)} h
    where (h.starts_at at time zone ${time_zone}::text)::date <= ${until}::date
      and (${from}::date is null or (h.starts_at at time zone ${time_zone}::text)::date >= ${from}::date)
    group by kind order by minutes desc, kind`.execute(db)
  return rows
}
