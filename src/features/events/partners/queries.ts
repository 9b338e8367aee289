import { sql, type Selectable } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import type { EventResponse } from '../schema.ts'
import type { EventPartnerTable } from './tables.ts'
import './tables.ts'
import '../tables.ts'

export type Partner = Selectable<EventPartnerTable>

/** Who promotes an event, in the order they were added; those that were removed only where asked for. */
export const partnersOf = (
  db: Db,
  organization_id: string,
  event_id: string,
  { with_removed = false } = {},
): Promise<Partner[]> =>
  db
    .selectFrom('event_partner')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .where('event_id', '=', event_id)
    .$if(!with_removed, (asked) => asked.where('removed_at', 'is', null))
    .orderBy('made_at')
    .orderBy(sql`name::text`)
    .execute()

export const partnerById = (
  db: Db,
  organization_id: string,
  event_id: string,
  partner_id: string,
): Promise<Partner | undefined> =>
  db
    .selectFrom('event_partner')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .where('event_id', '=', event_id)
    .where('partner_id', '=', partner_id)
    .executeTakeFirst()

/** What came by a partner's link; people, with whoever they bring. */
export interface PartnerCounts {
  /** null: by no partner's link. */
  partner_id: string | null
  /** Have a seat. */
  seated: number
  /** Wait for one, for approval or to answer. */
  open: number
  /** Said no, or canceled. */
  gone: number
  /** Were there. */
  came: number
  /** Sign-ups whose partner may be told who they are. */
  told: number
}

/**
 * By whose link each sign-up `s` came: its own, or that of one which was put together with it when two people turned out to be one.
 */
const came_by = sql`lateral (select p.partner_id, p.wording from event_signup_partner p
    join event_signup o on o.organization_id = p.organization_id and o.signup_id = p.signup_id
    where p.organization_id = s.organization_id and o.event_id = s.event_id and o.person_id = s.person_id
      and (o.signup_id = s.signup_id or exists (select from event_response r where r.organization_id = o.organization_id
        and r.signup_id = o.signup_id and r.why = 'merged'))
    order by o.signup_id = s.signup_id desc, p.at limit 1)`

/** By partner, and by none. Attendance is of the newest mark of each shift that was not taken back; each is counted once. */
export async function partnerCounts(db: Db, organization_id: string, event_id: string): Promise<PartnerCounts[]> {
  const { rows } = await sql<PartnerCounts>`
    with marks as (
      select distinct on (a.signup_id, a.shift_id) a.signup_id, a.attendance, a.guests from event_attendance a
      where a.organization_id = ${organization_id}::uuid and a.taken_back_at is null
        and a.signup_id in (select signup_id from event_signup where organization_id = ${organization_id}::uuid and event_id = ${event_id}::uuid)
      order by a.signup_id, a.shift_id, a.attendance_id desc),
    there as (select signup_id, max(1 + guests) as heads from marks where attendance in ('attended', 'walk_in') group by 1),
    hosts as (
      select s.signup_id, s.seats, s.response, b.partner_id, b.wording,
        coalesce((select sum(t.heads) from there t join event_signup g on g.organization_id = s.organization_id and g.signup_id = t.signup_id
          where coalesce(g.host_signup_id, g.signup_id) = s.signup_id), 0)::integer as came
      from event_signup s left join ${came_by} b on true
      where s.organization_id = ${organization_id}::uuid and s.event_id = ${event_id}::uuid and s.host_signup_id is null
        and not exists (select from event_response r where r.organization_id = s.organization_id and r.signup_id = s.signup_id and r.why = 'merged'))
    select partner_id,
      coalesce(sum(seats) filter (where response in ('signed_up', 'confirmed')), 0)::integer as seated,
      coalesce(sum(seats) filter (where response in ('wait_listed', 'awaiting_approval', 'invited')), 0)::integer as open,
      coalesce(sum(seats) filter (where response in ('declined', 'canceled_by_them', 'canceled_by_us')), 0)::integer as gone,
      coalesce(sum(came), 0)::integer as came,
      (count(*) filter (where wording is not null and response in ('signed_up', 'confirmed', 'wait_listed', 'awaiting_approval')))::integer as told
    from hosts group by 1`.execute(db)
  return rows
}

export interface ToldSignup {
  first_name: string
  last_name: string
  name_hangul: string
  email: string
  phone: string
  seats: number
  response: EventResponse
  came: boolean
  wording: string
}

/** Those whom a partner may be told of: they ticked it, and have not taken it back. As they said it themselves. */
export async function signupsToldTo(
  db: Db,
  organization_id: string,
  event_id: string,
  partner_id: string,
): Promise<ToldSignup[]> {
  const { rows } = await sql<ToldSignup>`
    select coalesce(s.said ->> 'first_name', '') as first_name, coalesce(s.said ->> 'last_name', '') as last_name,
      coalesce(s.said ->> 'name_hangul', '') as name_hangul, coalesce(s.said ->> 'email', '') as email, coalesce(s.said ->> 'phone', '') as phone,
      s.seats, s.response, b.wording,
      exists (select from event_attendance a where a.organization_id = s.organization_id and a.signup_id = s.signup_id
        and a.taken_back_at is null and a.attendance in ('attended', 'walk_in')) as came
    from event_signup s join ${came_by} b on b.partner_id = ${partner_id}::uuid and b.wording is not null
    where s.organization_id = ${organization_id}::uuid and s.event_id = ${event_id}::uuid and s.host_signup_id is null
      and s.response in ('signed_up', 'confirmed', 'wait_listed', 'awaiting_approval')
    order by s.arrival`.execute(db)
  return rows
}

/** Whom somebody has let us tell of their sign-up, also by one that was put together with it. */
export async function toldOf(db: Db, organization_id: string, signup_id: string): Promise<Pick<Partner, 'name'> | undefined> {
  const { rows } = await sql<Pick<Partner, 'name'>>`
    select p.name from event_signup s join ${came_by} b on b.wording is not null
    join event_partner p on p.organization_id = s.organization_id and p.partner_id = b.partner_id
    where s.organization_id = ${organization_id}::uuid and s.signup_id = ${signup_id}::uuid`.execute(db)
  return rows[0]
} // prettier-ignore
