import { sql, type Selectable } from 'kysely'
import { dateIn } from '../../../platform/clock.ts'
import type { Db } from '../../../platform/db/db.ts'
import { inGoodStanding } from '../../people/membership/queries.ts'
import type { Event } from '../queries.ts'
import { outcomeOf, quorumOf, type Outcome } from './rules.ts'
import { AsApproved } from './schema.ts'
import type { EventMotionCountTable, EventMotionTable } from './tables.ts'
import '../tables.ts'

export type Count = Selectable<EventMotionCountTable>

export interface Motion extends Selectable<EventMotionTable> {
  /** The newest first; those after it were corrected. */
  counts: Count[]
  /** null: no hands were counted yet. */
  outcome: Outcome | null
}

/** Motions of a meeting in their order, with every count of hands. */
export async function motionsOf(db: Db, organization_id: string, event_id: string): Promise<Motion[]> {
  const motions = await db
    .selectFrom('event_motion')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .where('event_id', '=', event_id)
    .orderBy('nth')
    .execute()
  if (motions.length === 0) return []
  const counts = await db
    .selectFrom('event_motion_count')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .where(
      'motion_id',
      'in',
      motions.map(({ motion_id }) => motion_id),
    )
    .orderBy('count_id', 'desc')
    .execute()
  return motions.map((motion) => {
    const own = counts.filter(({ motion_id }) => motion_id === motion.motion_id)
    return { ...motion, counts: own, outcome: own[0] ? outcomeOf(motion.majority, own[0]) : null }
  })
}

/** How many may vote here, and how many it takes. */
export interface Assembly {
  /** Members in good standing on the day of the meeting who are marked as there. */
  present: number
  /** All members in good standing that day. */
  members: number
  /** null: the meeting has none. */
  quorum: number | null
}

/** Members at a meeting. Somebody in the room who is no member may speak, not vote. */
export async function assemblyOf(db: Db, event: Event): Promise<Assembly> {
  const { organization_id, event_id, time_zone, starts_at, content } = event
  const day = dateIn(time_zone, starts_at)
  const { rows } = await sql<{ present: number; members: number }>`
    with member as materialized (
      select p.person_id from person p where p.organization_id = ${organization_id}::uuid and p.merged_into is null
        and ${inGoodStanding(sql.ref('p.organization_id'), sql.ref('p.person_id'), day)})
    select (select count(*)::integer from member) as members,
      (select count(distinct m.person_id)::integer from event_presence x
        join person w on w.organization_id = x.organization_id and w.person_id = x.person_id
        join member m on m.person_id = coalesce(w.merged_into, w.person_id)
        where x.organization_id = ${organization_id}::uuid and x.event_id = ${event_id}::uuid and x.was_there) as present`.execute(
    db,
  )
  const { present = 0, members = 0 } = rows[0] ?? {}
  const { quorum } = content.details
  return { present, members, quorum: typeof quorum === 'string' ? quorumOf(quorum, members) : null }
}

export interface Minutes {
  presided_by: string
  approved_on: string | null
  approved_how: string
  /** null: not approved, or before this was kept. */
  as_approved: AsApproved | null
}

/** What was noted of the minutes themselves. */
export async function minutesOf(db: Db, organization_id: string, event_id: string): Promise<Minutes> {
  const row = await db
    .selectFrom('event_minutes')
    .select(['presided_by', 'approved_on', 'approved_how', 'as_approved'])
    .where('organization_id', '=', organization_id)
    .where('event_id', '=', event_id)
    .executeTakeFirst()
  if (!row) return { presided_by: '', approved_on: null, approved_how: '', as_approved: null }
  return { ...row, as_approved: row.as_approved && AsApproved.parse(row.as_approved) }
}

/** What the minutes of a meeting say of its agenda and who was there: what was approved stays as it was then. */
export async function attendanceOf(db: Db, event: Event, { as_approved }: Minutes): Promise<AsApproved> {
  if (as_approved) return as_approved
  const { organization_id, event_id, content } = event
  const people = await peopleAt(db, organization_id, event_id)
  return { people, ...(await assemblyOf(db, event)), agenda: content.details.agenda ?? '' }
}

/** How many people were there, guests among them, each once however many shifts they came to. */
export async function peopleAt(db: Db, organization_id: string, event_id: string): Promise<number> {
  const { rows } = await sql<{ people: number }>`
    with marked as (
      select distinct on (a.signup_id, a.shift_id) s.signup_id, s.person_id, a.attendance, a.guests
      from event_signup s join event_attendance a on a.organization_id = s.organization_id and a.signup_id = s.signup_id
      where s.organization_id = ${organization_id}::uuid and s.event_id = ${event_id}::uuid and a.taken_back_at is null
      order by a.signup_id, a.shift_id, a.attendance_id desc)
    select coalesce(sum(1 + guests), 0)::integer as people from (
      select person_id, max(guests) as guests from marked where attendance in ('attended', 'walk_in') group by person_id) there`.execute(
    db,
  )
  return rows[0]?.people ?? 0
}
