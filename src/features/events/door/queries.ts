import { sql, type RawBuilder } from 'kysely'
import type { Actor } from '../../../platform/actor.ts'
import type { Db } from '../../../platform/db/db.ts'
import { delegatedAt } from '../../access/delegations/queries.ts'
import { mayDo } from '../../access/permissions.ts'
import { minorState } from '../guardians/queries.ts'
import { cameCents } from '../orders/owing.ts'
import { everOf, isOfHere, listEvents, type Event } from '../queries.ts'
import { openResponses, type EventResponse } from '../schema.ts'
import type { DoorPerson } from './schema.ts'
import '../orders/tables.ts'
import '../tables.ts'

/** Whether somebody checks in at this event: by a role, or because its door is delegated to them today. */
export async function mayCheckIn(db: Db, actor: Actor, event_id: string, now: Date): Promise<boolean> {
  if (mayDo({ ...actor, delegated: [] }, 'events.check_in')) return true
  const at = await delegatedAt(db, actor.organization_id, { user_id: actor.id, what: 'door' }, now)
  return at === 'all' || at.includes(event_id)
}

/** Events to come whose door is delegated to somebody today. */
export async function doorsOf(db: Db, actor: Actor, now: Date): Promise<Event[]> {
  const at = await delegatedAt(db, actor.organization_id, { user_id: actor.id, what: 'door' }, now)
  const events = await listEvents(db, actor.organization_id, { which: 'upcoming', now, limit: doors_looked_at })
  return events.filter(({ event_id }) => at === 'all' || at.includes(event_id)).slice(0, doors_shown)
}
const doors_looked_at = 200
const doors_shown = 6

/** What a device at the door keeps of those who said something to an event; with `after`, of those who changed since. */
export async function doorList(
  db: Db,
  organization_id: string,
  event_id: string,
  after: string | null,
  /** Of the event: its year where it asks who answers for minors; null: it does not. */
  minors_in: number | null = null,
): Promise<{ after: string; is_whole: boolean; people: DoorPerson[] }> {
  const [, database = '', transaction = '0'] = /^([\d.]+):(\d{1,19})$/.exec(after ?? '') ?? []
  // Asked first: what is written meanwhile is told once more the next time, and nothing is passed over. A transaction has its
  // number in one database alone: what a device heard of another (of a backup, say, brought back since) says nothing in this.
  const { rows: now } = await sql<{ after: string; is_known: boolean }>`
    select database || ':' || pg_snapshot_xmin(snapshot) as after,
      database = ${database}::text and ${transaction}::text::xid8 <= pg_snapshot_xmax(snapshot) as is_known
    from (select concat_ws('.', (select system_identifier from pg_control_system()), (select timeline_id from pg_control_checkpoint()),
      (select oid from pg_database where datname = current_database())) as database, pg_current_snapshot() as snapshot) here`.execute(
    db,
  )
  const is_whole = !now[0]?.is_known
  const { rows: people } = await sql<DoorPerson>`
    select s.signup_id, s.ticket, p.person_id, s.host_signup_id,
      coalesce(p.first_name, v.first_name, s.said ->> 'first_name', '') as first_name,
      coalesce(p.last_name, v.last_name, s.said ->> 'last_name', '') as last_name,
      coalesce(p.name_hangul, s.said ->> 'name_hangul') as name_hangul,
      s.guests, s.response, s.source = 'door' as is_walk_in,
      coalesce((select greatest(0, o.full_cents - o.discount_cents - ${cameCents})
        from event_order o where o.organization_id = s.organization_id and o.signup_id = s.signup_id
          and s.response in ('signed_up', 'confirmed')), 0)::integer as owes_cents,
      ${minorState(minors_in)} as minor,
      (select coalesce(array_agg(x.shift_id order by x.shift_id), '{}') from event_signup_shift x
        where x.organization_id = s.organization_id and x.signup_id = coalesce(s.host_signup_id, s.signup_id)) as shift_ids,
      (select coalesce(jsonb_object_agg(a.shift_id, jsonb_build_object('attendance', a.attendance, 'guests', a.guests,
          'at', to_char(a.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), 'made_by', a.made_by)), '{}')
        from (select distinct on (shift_id) shift_id, attendance, guests, at, made_by from event_attendance
          where organization_id = s.organization_id and signup_id = s.signup_id and taken_back_at is null
          order by shift_id, attendance_id desc) a) as marks
    from event_signup s
    join person w on w.organization_id = s.organization_id and w.person_id = s.person_id
    join person p on p.organization_id = s.organization_id and p.person_id = coalesce(w.merged_into, w.person_id)
    left join voter_record v on v.voter_id = p.voter_id
    where s.organization_id = ${organization_id}::uuid and s.event_id = ${event_id}::uuid
      and (${is_whole}::boolean or s.changed_in >= ${transaction}::text::xid8 and ${isOfHere})
    order by s.arrival`.execute(db)
  return { after: now[0]?.after ?? '', is_whole, people }
}

export interface OfTicket {
  signup_id: string
  event_id: string
}

/** Whose ticket it is, also of another event of the organization. */
export const signupOfTicket = (db: Db, organization_id: string, ticket: string): Promise<OfTicket | undefined> =>
  db
    .selectFrom('event_signup')
    .select(['signup_id', 'event_id'])
    .where('organization_id', '=', organization_id)
    .where('ticket', '=', ticket)
    .executeTakeFirst()

/** What somebody said last to an event, whom a member's card names. */
export async function signupOfPerson(
  db: Db,
  organization_id: string,
  event_id: string,
  person_id: string,
): Promise<string | null> {
  // A card may be older than the day its owner was put together with another record.
  const meant = await db
    .selectFrom('person')
    .select((eb) => eb.fn.coalesce('merged_into', 'person_id').as('person_id'))
    .where('organization_id', '=', organization_id)
    .where('person_id', '=', person_id)
    .executeTakeFirst()
  const { rows } = await sql<{ signup_id: string }>`
    select s.signup_id from event_signup s
    where s.organization_id = ${organization_id}::uuid and s.event_id = ${event_id}::uuid
      and s.person_id = ${everOf(organization_id, meant?.person_id ?? person_id)}
    order by s.response in ('signed_up', 'confirmed') desc,
      s.response in ('invited', 'wait_listed', 'awaiting_approval') desc, s.arrival desc limit 1`.execute(db)
  return rows[0]?.signup_id ?? null
}

/** A page of a list: ids in its order, and how many there are in all. */
export interface PageOf {
  signup_ids: string[]
  total: number
}

interface Paging {
  from: number
  size: number
}

async function pageOf(db: Db, ids: RawBuilder<{ signup_id: string }>, { from, size }: Paging): Promise<PageOf> {
  const { rows } = await sql<{ signup_ids: string[]; total: number }>`
    with asked as materialized (${ids})
    select (select count(*) from asked)::integer as total,
      array(select signup_id from asked order by place limit ${size} offset ${from}) as signup_ids`.execute(db)
  return rows[0] ?? { signup_ids: [], total: 0 }
}

/** Who said something to an event, in order of arrival, guests with a name behind their host; `response`: those alone. */
export const signupsPage = (
  db: Db,
  organization_id: string,
  event_id: string,
  { response = null, ...paging }: Paging & { response?: EventResponse | null },
): Promise<PageOf> =>
  pageOf(
    db,
    sql`select s.signup_id, row_number() over (order by coalesce(h.arrival, s.arrival), s.host_signup_id is not null, s.arrival) as place
      from event_signup s left join event_signup h on h.organization_id = s.organization_id and h.signup_id = s.host_signup_id
      where s.organization_id = ${organization_id}::uuid and s.event_id = ${event_id}::uuid
        and (${response}::text is null or s.response = ${response}::text)`,
    paging,
  )

/**
 * Who is at the door of a shift, by name: whoever is expected or marked there. With `asked`, those among them who are these
 * people or have what was typed in their name, at the end of their number or as their ticket.
 */
export function doorPageOf(
  db: Db,
  organization_id: string,
  event_id: string,
  shift_id: string,
  { asked = null, ...paging }: Paging & { asked?: { text: string; person_ids: readonly string[] } | null },
): Promise<PageOf> {
  const plain = (asked?.text ?? '').toLowerCase().replaceAll(/[\s.·-]/g, '')
  const like = `%${plain.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`
  return pageOf(
    db,
    sql`select s.signup_id, row_number() over (order by lower(coalesce(p.name_hangul, s.said ->> 'name_hangul', n.last || n.first)) collate "C", s.arrival) as place
      from event_signup s
      join person w on w.organization_id = s.organization_id and w.person_id = s.person_id
      join person p on p.organization_id = s.organization_id and p.person_id = coalesce(w.merged_into, w.person_id)
      left join voter_record v on v.voter_id = p.voter_id
      cross join lateral (select coalesce(p.first_name, v.first_name, s.said ->> 'first_name', '') as first,
        coalesce(p.last_name, v.last_name, s.said ->> 'last_name', '') as last) n
      where s.organization_id = ${organization_id}::uuid and s.event_id = ${event_id}::uuid
        and (exists (select from event_attendance a where a.organization_id = s.organization_id and a.signup_id = s.signup_id
            and a.shift_id = ${shift_id}::uuid and a.taken_back_at is null)
          or s.response = any(${[...openResponses]}::text[]) and exists (select from event_signup_shift x where x.organization_id = s.organization_id
            and x.signup_id = coalesce(s.host_signup_id, s.signup_id) and x.shift_id = ${shift_id}::uuid))
        and (${asked === null}::boolean or p.person_id = any(${[...(asked?.person_ids ?? [])]}::uuid[]) or s.ticket = ${plain}::text
          or lower(regexp_replace(concat_ws(' ', n.first || n.last, n.last || n.first, coalesce(p.name_hangul, s.said ->> 'name_hangul')), '[-[:space:]]', '', 'g')) like ${like}::text
          or (${/^\d{4,}$/.test(plain)}::boolean and (right(s.said ->> 'phone', ${plain.length}::integer) = ${plain}::text
            or exists (select from person_phone f where f.organization_id = p.organization_id and f.person_id = p.person_id
              and right(f.phone, ${plain.length}::integer) = ${plain}::text))))`,
    paging,
  )
}
