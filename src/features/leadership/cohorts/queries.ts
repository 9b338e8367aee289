import { sql, type Selectable } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import type { PersonRole } from '../held/queries.ts'
import { nameColumns, type Named } from '../names.ts'
import { scoreOf } from '../rules.ts'
import type { CohortMilestoneTable, CohortSessionTable, CohortTable } from '../tables.ts'
import type { ApplicationState, Attendance, Scores } from './schema.ts'
import '../../events/tables.ts'
import '../../forms/tables.ts'

export type Cohort = Selectable<CohortTable>
export type Session = Selectable<CohortSessionTable>
export type Milestone = Selectable<CohortMilestoneTable>

export interface ListedCohort extends Cohort {
  accepted: number
  applied: number
}

/** The newest first. */
export async function cohortsOf(db: Db, organization_id: string): Promise<ListedCohort[]> {
  const { rows } = await sql<ListedCohort>`
    select c.*, count(a.application_id) filter (where a.state in ('accepted', 'alumni'))::integer as accepted,
      count(a.application_id) filter (where a.state = 'applied')::integer as applied
    from cohort c left join cohort_application a on a.organization_id = c.organization_id and a.cohort_id = c.cohort_id
    where c.organization_id = ${organization_id}::uuid
    group by c.organization_id, c.cohort_id order by c.starts_on desc, c.cohort_id`.execute(db)
  return rows
}

export const cohortById = (db: Db, organization_id: string, cohort_id: string): Promise<Cohort | undefined> =>
  db
    .selectFrom('cohort')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .where('cohort_id', '=', cohort_id)
    .executeTakeFirst()

export interface Application extends Named {
  application_id: string
  cohort_id: string
  response_id: string | null
  said: string | null
  applied_on: string
  state: ApplicationState
  decided_by: string | null
  decided_why: string | null
  readers: number
  /** Mean share of the points, 0-1; null: nobody has read it. */
  score: number | null
}

/** The best scored first, those nobody has read before them: they wait to be read. */
export async function applicationsOf(
  db: Db,
  cohort: Cohort,
  application_id: string | null = null,
): Promise<Application[]> {
  const { rows } = await sql<Application & { scores: Scores[] }>`
    select ${nameColumns}, a.application_id, a.cohort_id, a.response_id, a.said, a.applied_on, a.state, a.decided_by, a.decided_why,
      coalesce((select jsonb_agg(s.scores) from cohort_score s where s.organization_id = a.organization_id and s.application_id = a.application_id), '[]') as scores
    from cohort_application a join person p on p.organization_id = a.organization_id and p.person_id = a.person_id
    left join voter_record r on r.voter_id = p.voter_id
    where a.organization_id = ${cohort.organization_id}::uuid and a.cohort_id = ${cohort.cohort_id}::uuid
      and (${application_id}::uuid is null or a.application_id = ${application_id}::uuid)
    order by a.applied_on, a.application_id`.execute(db)
  return rows
    .map(({ scores, ...row }) => ({ ...row, readers: scores.length, score: scoreOf(scores, cohort.criteria) }))
    .sort((a, b) => (b.score ?? 2) - (a.score ?? 2))
}

/** Has anybody scored by the rubric of this cohort? */
export async function isScored(db: Db, organization_id: string, cohort_id: string): Promise<boolean> {
  const row = await db
    .selectFrom('cohort_score as s')
    .innerJoin('cohort_application as a', (join) =>
      join.onRef('a.organization_id', '=', 's.organization_id').onRef('a.application_id', '=', 's.application_id'),
    )
    .select('s.application_id')
    .where('s.organization_id', '=', organization_id)
    .where('a.cohort_id', '=', cohort_id)
    .executeTakeFirst()
  return row !== undefined
}

export interface GivenScore {
  reader_id: string
  reader: string
  scores: Scores
  note: string | null
}

export const scoresOf = (db: Db, organization_id: string, application_id: string): Promise<GivenScore[]> =>
  db
    .selectFrom('cohort_score')
    .select(['reader_id', 'reader', 'scores', 'note'])
    .where('organization_id', '=', organization_id)
    .where('application_id', '=', application_id)
    .orderBy('scored_at')
    .execute()

export const sessionsOf = (db: Db, organization_id: string, cohort_id: string): Promise<Session[]> =>
  db
    .selectFrom('cohort_session')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .where('cohort_id', '=', cohort_id)
    .orderBy('held_on')
    .orderBy('session_id')
    .execute()

export const milestonesOf = (db: Db, organization_id: string, cohort_id: string): Promise<Milestone[]> =>
  db
    .selectFrom('cohort_milestone')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .where('cohort_id', '=', cohort_id)
    .orderBy('position')
    .execute()

export const sessionById = (db: Db, organization_id: string, session_id: string): Promise<Session | undefined> =>
  db
    .selectFrom('cohort_session')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .where('session_id', '=', session_id)
    .executeTakeFirst()

export const milestoneById = (db: Db, organization_id: string, milestone_id: string): Promise<Milestone | undefined> =>
  db
    .selectFrom('cohort_milestone')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .where('milestone_id', '=', milestone_id)
    .executeTakeFirst()

/** Whether somebody came to a session; `is_of_event`: as they were marked at the event it was held as. */
export interface Came {
  session_id: string
  application_id: string
  state: Attendance
  is_of_event: boolean
}

export interface Material {
  material_id: string
  title: string
  link: string | null
}

/** By session, in the order they were added. */
export async function materialsOf(
  db: Db,
  organization_id: string,
  session_ids: readonly string[],
): Promise<Map<string, Material[]>> {
  if (session_ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('cohort_material')
    .select(['material_id', 'session_id', 'title', 'link'])
    .where('organization_id', '=', organization_id)
    .where('session_id', 'in', session_ids)
    .where('removed_at', 'is', null)
    .orderBy('added_at')
    .orderBy('material_id')
    .execute()
  return Map.groupBy(rows, ({ session_id }) => session_id)
}

export interface PossibleEvent {
  event_id: string
  title: Record<string, string>
  starts_at: Date
  time_zone: string
}

/** Events a session may be held as: those within two weeks of its day, and the one that is chosen. */
export async function eventsAround(
  db: Db,
  organization_id: string,
  { held_on, event_id }: Pick<Session, 'held_on' | 'event_id'>,
): Promise<PossibleEvent[]> {
  const { rows } = await sql<PossibleEvent>`
    select event_id, content -> 'title' as title, starts_at, time_zone from event
    where organization_id = ${organization_id}::uuid and (event_id = ${event_id}::uuid or canceled_at is null
      and starts_at between ${held_on}::date - interval '14 days' and ${held_on}::date + interval '15 days')
    order by starts_at, event_id limit 100`.execute(db)
  return rows
}

export interface Alumnus extends Named {
  /** The newest cohort first. */
  cohorts: { cohort_id: string; name: Record<string, string>; ended: string }[]
  /** Where they stand now; null: on no rung. */
  rung: Record<string, string> | null
  /** What they hold now. */
  roles: Pick<PersonRole, 'name' | 'office'>[]
}

/** Whoever finished a cohort, those of the newest first, so many at once. */
export async function alumniOf(
  db: Db,
  organization_id: string,
  { today, from, limit }: { today: string; from: number; limit: number },
): Promise<{ alumni: Alumnus[]; total: number }> {
  const { rows } = await sql<Alumnus & { total: number }>`
    with finished as (
      select coalesce(w.merged_into, w.person_id) as person_id, max(c.ends_on) as last_on,
        jsonb_agg(jsonb_build_object('cohort_id', c.cohort_id, 'name', c.name, 'ended', c.ends_on) order by c.ends_on desc, c.cohort_id) as cohorts
      from cohort_application a join cohort c on c.organization_id = a.organization_id and c.cohort_id = a.cohort_id
      join person w on w.organization_id = a.organization_id and w.person_id = a.person_id
      where a.organization_id = ${organization_id}::uuid and a.state = 'alumni' group by 1)
    select ${nameColumns}, f.cohorts, g.name as rung, count(*) over ()::integer as total,
      (select coalesce(jsonb_agg(jsonb_build_object('name', o.name, 'office', case when h.office_id is not null
          then jsonb_build_object('body_id', b.body_id, 'body_name', b.name, 'office_name', h.name) end) order by o.from_on, o.role_id), '[]')
        from person_role o
        left join body_office h on h.organization_id = o.organization_id and h.office_id = o.office_id
        left join body b on b.organization_id = h.organization_id and b.body_id = h.body_id
        where o.organization_id = p.organization_id
        and o.person_id = p.person_id and o.removed_at is null and o.from_on <= ${today}::date and (o.until_on is null or o.until_on >= ${today}::date)) as roles
    from finished f
    join person p on p.organization_id = ${organization_id}::uuid and p.person_id = f.person_id
    left join voter_record r on r.voter_id = p.voter_id
    left join lateral (select s.rung_id from person_stage s where s.organization_id = p.organization_id and s.person_id = p.person_id
      and s.removed_at is null and s.from_on <= ${today}::date order by s.from_on desc, s.set_at desc limit 1) s on true
    left join rung g on g.organization_id = p.organization_id and g.rung_id = s.rung_id
    order by f.last_on desc, coalesce(p.last_name, r.last_name), coalesce(p.first_name, r.first_name), p.person_id
    limit ${limit} offset ${from}`.execute(db)
  return { alumni: rows, total: rows[0]?.total ?? 0 }
}

/** Who came to what, and who reached what, by the other one's id. */
export async function progressOf(db: Db, organization_id: string, cohort_id: string) {
  const [attendance, reached] = await Promise.all([
    sql<Came>`
      select w.session_id, w.application_id, w.state, false as is_of_event from cohort_attendance w
      join cohort_session s on s.organization_id = w.organization_id and s.session_id = w.session_id
      where w.organization_id = ${organization_id}::uuid and s.cohort_id = ${cohort_id}::uuid
      union all
      -- Held as an event: as they were marked there, once for all its shifts, where nobody noted otherwise here.
      select s.session_id, y.application_id, case
          when bool_or(m.attendance in ('attended', 'walk_in')) then 'attended' when bool_or(m.attendance = 'excused') then 'excused' else 'missed' end, true
      from cohort_session s
      join cohort_application y on y.organization_id = s.organization_id and y.cohort_id = s.cohort_id and y.state in ('accepted', 'alumni', 'left')
      join person w on w.organization_id = y.organization_id and w.person_id = y.person_id
      join event_signup g on g.organization_id = s.organization_id and g.event_id = s.event_id
      join person p on p.organization_id = g.organization_id and p.person_id = g.person_id
        and coalesce(p.merged_into, p.person_id) = coalesce(w.merged_into, w.person_id)
      cross join lateral (select distinct on (a.shift_id) a.attendance from event_attendance a
        where a.organization_id = g.organization_id and a.signup_id = g.signup_id and a.taken_back_at is null
        order by a.shift_id, a.attendance_id desc) m
      where s.organization_id = ${organization_id}::uuid and s.cohort_id = ${cohort_id}::uuid and s.event_id is not null
        and not exists (select from cohort_attendance n where n.organization_id = s.organization_id and n.session_id = s.session_id
          and n.application_id = y.application_id)
      group by 1, 2`.execute(db),
    sql<{ milestone_id: string; application_id: string; reached_on: string }>`
      select w.milestone_id, w.application_id, w.reached_on from cohort_milestone_reached w
      join cohort_milestone m on m.organization_id = w.organization_id and m.milestone_id = w.milestone_id
      where w.organization_id = ${organization_id}::uuid and m.cohort_id = ${cohort_id}::uuid`.execute(db),
  ])
  return { attendance: attendance.rows, reached: reached.rows }
}

/**
 * Answers of the cohort's form by people who have not applied here yet, or were taken out before; of one person the latest. What
 * was an application to another cohort is none to this one: a form may serve every year.
 */
export async function answersToTakeIn(
  db: Db,
  { organization_id, cohort_id, form_id }: Cohort,
): Promise<{ response_id: string; person_id: string; received_at: Date }[]> {
  if (!form_id) return []
  const { rows } = await sql<{ response_id: string; person_id: string; received_at: Date }>`
    select distinct on (a.person_id) f.response_id, a.person_id, f.received_at
    from form_response f join contact_attempt a on a.organization_id = f.organization_id and a.attempt_id = f.response_id and a.undone_at is null
    where f.organization_id = ${organization_id}::uuid and f.form_id = ${form_id}::uuid and a.person_id is not null
      and not exists (select from cohort_application y where y.organization_id = f.organization_id and y.cohort_id = ${cohort_id}::uuid
        and (y.response_id = f.response_id
          or y.person_id = a.person_id and (y.state <> 'removed' or y.decided_at is null or f.received_at <= y.decided_at)))
      and not exists (select from cohort_application z where z.organization_id = f.organization_id and z.cohort_id <> ${cohort_id}::uuid
        and z.response_id = f.response_id and z.state <> 'removed')
    order by a.person_id, f.received_at desc`.execute(db)
  return rows
}

/** Decisions that count: what was decided before somebody was taken out was a mistake, and applying again is told as that. */
export function sinceTakenOut<T extends { state: ApplicationState }>(decisions: readonly T[]): T[] {
  const out = decisions.findLastIndex(({ state }) => state === 'removed')
  const [first, ...others] = decisions.slice(out + 1)
  if (!first) return []
  return out >= 0 && first.state === 'applied' ? others : [first, ...others]
}

export interface CohortOfPerson {
  cohort_id: string
  application_id: string
  name: Record<string, string>
  state: ApplicationState
  applied_on: string
  /** In the order they were made; none from before they were taken out by mistake. */
  decisions: { state: ApplicationState; by: string; at: Date }[]
  reached: { name: string; reached_on: string; recorded_by: string }[]
  /** At its sessions, where it was noted. */
  came: { title: string; held_on: string; state: Attendance; recorded_by: string }[]
}

/** To which cohorts somebody applied, the newest first. */
export async function cohortsOfPerson(db: Db, organization_id: string, person_id: string): Promise<CohortOfPerson[]> {
  type Row = Omit<CohortOfPerson, 'decisions'> & {
    decisions: (Omit<CohortOfPerson['decisions'][number], 'at'> & { at: string })[]
  }
  const { rows } = await sql<Row>`
    select c.cohort_id, a.application_id, c.name, a.state, a.applied_on,
      coalesce((select jsonb_agg(jsonb_build_object('state', d.state, 'by', d.decided_by, 'at', d.decided_at) order by d.decision_id)
        from cohort_decision d where d.organization_id = a.organization_id and d.application_id = a.application_id), '[]') as decisions,
      coalesce((select jsonb_agg(jsonb_build_object('name', m.name, 'reached_on', w.reached_on, 'recorded_by', w.recorded_by) order by w.reached_on, m.position)
        from cohort_milestone_reached w join cohort_milestone m on m.organization_id = w.organization_id and m.milestone_id = w.milestone_id
        where w.organization_id = a.organization_id and w.application_id = a.application_id), '[]') as reached,
      coalesce((select jsonb_agg(jsonb_build_object('title', s.title, 'held_on', s.held_on, 'state', p.state, 'recorded_by', p.recorded_by) order by s.held_on)
        from cohort_attendance p join cohort_session s on s.organization_id = p.organization_id and s.session_id = p.session_id
        where p.organization_id = a.organization_id and p.application_id = a.application_id), '[]') as came
    from cohort_application a join cohort c on c.organization_id = a.organization_id and c.cohort_id = a.cohort_id
    where a.organization_id = ${organization_id}::uuid and a.person_id = ${person_id}::uuid and a.state <> 'removed'
    order by c.starts_on desc, a.application_id`.execute(db)
  return rows.map(({ decisions, ...row }) => ({
    ...row,
    decisions: sinceTakenOut(decisions).map((each) => ({ ...each, at: new Date(each.at) })),
  }))
}
