import { sql, type Selectable } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import type { EventContent } from '../../events/schema.ts'
import type { LeftFor } from './schema.ts'
import './tables.ts'
import type { MailJourneyTable } from './tables.ts'

export type Journey = Selectable<MailJourneyTable>
type Which = Pick<Journey, 'organization_id' | 'journey_id'>

export const journeyById = (db: Db, organization_id: string, journey_id: string): Promise<Journey | undefined> =>
  db
    .selectFrom('mail_journey')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .where('journey_id', '=', journey_id)
    .executeTakeFirst()

export const journeysAtOnce = 50

export type ListedJourney = Pick<Journey, 'journey_id' | 'name' | 'state'> & {
  steps: number
  /** In it now. */
  people: number
}

/** The newest first. */
export async function journeysOf(db: Db, organization_id: string, from: number) {
  const { rows } = await sql<ListedJourney & { total: number }>`
    select j.journey_id, j.name, j.state, count(*) over ()::integer as total,
      (select count(*) from mail_journey_step s where s.organization_id = j.organization_id and s.journey_id = j.journey_id)::integer as steps,
      (select count(*) from mail_journey_person p where p.organization_id = j.organization_id and p.journey_id = j.journey_id and p.left_at is null)::integer as people
    from mail_journey j where j.organization_id = ${organization_id}::uuid order by j.made_at desc, j.journey_id limit ${journeysAtOnce} offset ${from}`.execute(
    db,
  )
  return { journeys: rows, total: rows[0]?.total ?? 0 }
}

export interface JourneyStep {
  n: number
  mailing_id: string
  wait_hours: number
  name: string
  content: unknown
  look_id: string | null
  /** Have it, as far as the mail server took it. */
  sent: number
  unsubscribed: number
  /** Wait for it. */
  waiting: number
}

/** In their order, with who waits for each. */
export async function stepsOf(db: Db, { organization_id, journey_id }: Which): Promise<JourneyStep[]> {
  const { rows } = await sql<JourneyStep>`
    with steps as (select s.n, s.mailing_id, s.wait_hours, lag(s.n, 1, 0) over (order by s.n) as before_n from mail_journey_step s
      where s.organization_id = ${organization_id}::uuid and s.journey_id = ${journey_id}::uuid)
    select s.n, s.mailing_id, s.wait_hours, m.name, m.content, m.look_id, sums.sent, sums.unsubscribed, (select count(*) from mail_journey_person p
        where p.organization_id = ${organization_id}::uuid and p.journey_id = ${journey_id}::uuid and p.left_at is null
          and p.last_n >= s.before_n and p.last_n < s.n)::integer as waiting
    from steps s join mailing m on m.organization_id = ${organization_id}::uuid and m.mailing_id = s.mailing_id
    cross join lateral (select count(*) filter (where d.state in ('sent', 'unknown'))::integer as sent, count(d.unsubscribed_at)::integer as unsubscribed
      from mail_delivery d where d.organization_id = ${organization_id}::uuid and d.mailing_id = s.mailing_id) sums
    order by s.n`.execute(db)
  return rows
}

/** How many left it, by why, the most first. */
export async function leftOf(db: Db, { organization_id, journey_id }: Which) {
  const { rows } = await sql<{ left_for: LeftFor; count: number }>`
    select left_for, count(*)::integer as count from mail_journey_person
    where organization_id = ${organization_id}::uuid and journey_id = ${journey_id}::uuid and left_at is not null group by 1 order by 2 desc, 1`.execute(
    db,
  )
  return rows
}

export interface Walker {
  person_id: string
  name: string
  last_n: number
  next_at: Date | null
  left_at: Date | null
  left_for: LeftFor | null
}

/** Who moved last or comes next, in it before those who left. */
export async function walkersOf(db: Db, { organization_id, journey_id }: Which): Promise<Walker[]> {
  const { rows } = await sql<Walker>`
    select w.person_id, w.last_n, w.next_at, w.left_at, w.left_for,
      coalesce(nullif(concat_ws(' ', coalesce(p.first_name, v.first_name), coalesce(p.last_name, v.last_name)), ''), p.name_hangul, '') as name
    from mail_journey_person w join person p on p.organization_id = w.organization_id and p.person_id = w.person_id
    left join voter_record v on v.voter_id = p.voter_id
    where w.organization_id = ${organization_id}::uuid and w.journey_id = ${journey_id}::uuid and w.left_for is distinct from 'before'
    order by w.left_at desc nulls first, w.next_at, w.person_id limit 50`.execute(db)
  return rows
}

export interface JourneyEvent {
  event_id: string
  code: string
  content: EventContent
  starts_at: Date
  canceled_at: Date | null
}

export const eventOf = (
  db: Db,
  { organization_id, event_id }: Pick<Journey, 'organization_id' | 'event_id'>,
): Promise<JourneyEvent | undefined> =>
  event_id === null
    ? Promise.resolve(undefined)
    : db
        .selectFrom('event')
        .select(['event_id', 'code', 'content', 'starts_at', 'canceled_at'])
        .where('organization_id', '=', organization_id)
        .where('event_id', '=', event_id)
        .executeTakeFirst()

/** Who comes in, as an expression. */
export const entersOf = ({ expression }: Journey, event: JourneyEvent | undefined): string =>
  event ? `signed-up:@${event.code}` : expression
