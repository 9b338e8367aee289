import { sql } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import { dateIn } from '../../../platform/clock.ts'
import { knownAs, type Arrival } from '../../people/arrivals/commands.ts'
import { inGoodStanding } from '../../people/membership/queries.ts'
import { parsedEvent, type Event } from '../queries.ts'
import type { EventResponse, EventText, Said } from '../schema.ts'
import type { ResponseReason } from '../tables.ts'
import { owing } from './owing.ts'
import type { Discount, Owing, Priced, Selling, TicketKind } from './rules.ts'
import './tables.ts'
import '../../ledger/tables.ts'

/** What an event sells, in the order it was added, and its discounts with how often they are used. */
export async function sellingOf(db: Db, organization_id: string, event_id: string): Promise<Selling> {
  const [kinds, { rows: discounts }] = await Promise.all([
    db
      .selectFrom('event_ticket_kind')
      .select(['ticket_kind_id', 'name', 'price_cents', 'most', 'from_on', 'until_on', 'buyers', 'code'])
      .where('organization_id', '=', organization_id)
      .where('event_id', '=', event_id)
      .where('archived_at', 'is', null)
      .orderBy('added')
      .execute(),
    sql<Discount>`
      select d.discount_id, d.code, d.percent, d.amount_cents, d.uses_most, d.until_on, d.ticket_kind_ids,
        (select count(*)::integer from event_order o join event_signup s on s.organization_id = o.organization_id and s.signup_id = o.signup_id
          where o.organization_id = d.organization_id and o.discount_id = d.discount_id
            and s.response in ('signed_up', 'confirmed', 'wait_listed', 'awaiting_approval')) as uses
      from event_discount d where d.organization_id = ${organization_id}::uuid and d.event_id = ${event_id}::uuid and d.ended_at is null
      order by d.made_at, d.discount_id`.execute(db),
  ])
  return { kinds: kinds satisfies TicketKind[], discounts }
}

/** Whether an event asks for tickets: also once none of them is sold any more. */
export const sells = async (db: Db, organization_id: string, event_id: string): Promise<boolean> =>
  (await sellingAmong(db, organization_id, [event_id])).has(event_id)

/** Those of these events that do. */
export async function sellingAmong(
  db: Db,
  organization_id: string,
  event_ids: readonly string[],
): Promise<Set<string>> {
  if (event_ids.length === 0) return new Set()
  const rows = await db
    .selectFrom('event_ticket_kind')
    .select('event_id')
    .distinct()
    .where('organization_id', '=', organization_id)
    .where('event_id', 'in', event_ids)
    .execute()
  return new Set(rows.map(({ event_id }) => event_id))
}

/** Whether somebody who says this of themselves is a member in good standing; null: they have not said enough. */
export async function isMember(db: Db, event: Event, said: Said | null, now: Date): Promise<boolean | null> {
  if (!said || (!said.email && !said.phone) || !said.last_name) return null
  const { organization_id, time_zone } = event
  const arrival: Arrival = { ...said, address: null, city: null, zip5: null, language: null }
  const person_id = await knownAs(db, organization_id, arrival)
  if (person_id === null) return false
  const { rows } = await sql<{ is_member: boolean }>`
    select ${inGoodStanding(sql`${organization_id}::uuid`, sql`${person_id}::uuid`, dateIn(time_zone, now))} as is_member`.execute(
    db,
  )
  return rows[0]?.is_member ?? false
}

/** What was bought with a sign-up; undefined: nothing is owed. */
export async function orderOf(db: Db, organization_id: string, signup_id: string): Promise<Priced | undefined> {
  const [order, lines] = await Promise.all([
    db
      .selectFrom('event_order')
      .select(['full_cents', 'discount_id', 'discount_cents'])
      .where('organization_id', '=', organization_id)
      .where('signup_id', '=', signup_id)
      .executeTakeFirst(),
    db
      .selectFrom('event_order_line as l')
      .innerJoin('event_ticket_kind as k', (join) =>
        join.onRef('k.organization_id', '=', 'l.organization_id').onRef('k.ticket_kind_id', '=', 'l.ticket_kind_id'),
      )
      .select(['l.ticket_kind_id', 'k.name', 'l.count', 'l.price_cents'])
      .where('l.organization_id', '=', organization_id)
      .where('l.signup_id', '=', signup_id)
      .orderBy('k.added')
      .execute(),
  ])
  if (!order) return undefined
  const tickets = lines.reduce((sum, { count }) => sum + count, 0)
  return { ...order, lines, tickets, due_cents: order.full_cents - order.discount_cents }
}

/*
 * For organizers and treasurers.
 */

/** How a kind sold, also one that is sold no longer. */
export interface KindSales {
  ticket_kind_id: string
  name: EventText
  is_archived: boolean
  most: number | null
  /** With a seat. */
  sold: number
  waiting: number
  /** Before discounts. */
  cents: number
}

export async function salesOf(db: Db, organization_id: string, event_id: string): Promise<KindSales[]> {
  const { rows } = await sql<KindSales>`
    select k.ticket_kind_id, k.name, k.archived_at is not null as is_archived, k.most,
      coalesce(sum(l.count) filter (where s.response in ('signed_up', 'confirmed')), 0)::integer as sold,
      coalesce(sum(l.count) filter (where s.response in ('wait_listed', 'awaiting_approval')), 0)::integer as waiting,
      coalesce(sum(l.count * l.price_cents) filter (where s.response in ('signed_up', 'confirmed')), 0)::integer as cents
    from event_ticket_kind k
    left join event_order_line l on l.organization_id = k.organization_id and l.ticket_kind_id = k.ticket_kind_id
    left join event_signup s on s.organization_id = l.organization_id and s.signup_id = l.signup_id
    where k.organization_id = ${organization_id}::uuid and k.event_id = ${event_id}::uuid
    group by k.organization_id, k.ticket_kind_id order by k.added`.execute(db)
  return rows
}

/** A sign-up with what was bought and paid. */
export interface OrderRow {
  event_id: string
  signup_id: string
  first_name: string | null
  last_name: string | null
  name_hangul: string | null
  response: EventResponse
  why: ResponseReason | null
  accept_by: Date | null
  said_at: Date
  seats: number
  order: Owing
  /** Receipts of money that came in, the newest first. */
  entries: { entry_id: string; way: string; left_cents: number }[]
}

const said = sql`coalesce((select jsonb_build_object('why', r.why, 'at', r.at) from event_response r
  where r.organization_id = s.organization_id and r.signup_id = s.signup_id order by r.response_id desc limit 1), '{}')`

/** In order of arrival, all of these events: fine for some thousand. */
export async function ordersOf(db: Db, organization_id: string, events: readonly string[]): Promise<OrderRow[]> {
  const { rows } = await sql<Omit<OrderRow, 'said_at' | 'why'> & { said: { why: ResponseReason | null; at?: string } }>`
    select s.event_id, s.signup_id, s.response, s.accept_by, s.seats, ${said} as said,
      coalesce(p.first_name, v.first_name, s.said ->> 'first_name') as first_name,
      coalesce(p.last_name, v.last_name, s.said ->> 'last_name') as last_name,
      coalesce(p.name_hangul, s.said ->> 'name_hangul') as name_hangul,
      ${owing} as "order",
      coalesce((select jsonb_agg(jsonb_build_object('entry_id', l.entry_id, 'way', l.way, 'left_cents', l.amount_cents + coalesce((select sum(b.amount_cents)
          from ledger_entry b where b.organization_id = l.organization_id and b.of_entry = l.entry_id), 0)) order by l.year desc, l.number desc)
        from ledger_entry l where l.organization_id = o.organization_id and l.for_id = o.signup_id and l.kind = 'payment'), '[]') as entries
    from event_order o
    join event_signup s on s.organization_id = o.organization_id and s.signup_id = o.signup_id
    join person w on w.organization_id = s.organization_id and w.person_id = s.person_id
    join person p on p.organization_id = s.organization_id and p.person_id = coalesce(w.merged_into, w.person_id)
    left join voter_record v on v.voter_id = p.voter_id
    where o.organization_id = ${organization_id}::uuid and s.event_id = any(${[...events]}::uuid[])
    order by s.arrival`.execute(db)
  return rows.map(({ said: last, ...row }) => ({
    ...row,
    why: last.why,
    said_at: new Date(last.at ?? 0),
  }))
}

/** Events that sell tickets, the newest first; and older ones where there may be money to give back. */
export async function eventsSelling(db: Db, organization_id: string, limit: number): Promise<Event[]> {
  const { rows } = await sql<Event>`
    with selling as (
      select e.event_id, row_number() over (order by e.starts_at desc, e.event_id) as nth from event e
      where e.organization_id = ${organization_id}::uuid
        and exists (select from event_ticket_kind k where k.organization_id = e.organization_id and k.event_id = e.event_id)),
    kept as (
      select s.event_id from event_order o
      join event_signup s on s.organization_id = o.organization_id and s.signup_id = o.signup_id
      join ledger_entry l on l.organization_id = o.organization_id and l.for_id = o.signup_id
      where o.organization_id = ${organization_id}::uuid
      group by s.event_id, s.signup_id, s.response, o.full_cents, o.discount_cents
      having sum(l.amount_cents) > case when s.response in ('canceled_by_them', 'canceled_by_us', 'declined') then 0
        else o.full_cents - o.discount_cents end)
    select e.* from event e join selling on selling.event_id = e.event_id
    where e.organization_id = ${organization_id}::uuid
      and (selling.nth <= ${limit} or e.event_id in (select event_id from kept))
    order by selling.nth`.execute(db)
  return rows.map(parsedEvent)
}
