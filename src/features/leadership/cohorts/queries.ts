import { sql, type Selectable } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import { nameColumns, type Named } from '../names.ts'
import { scoreOf } from '../rules.ts'
import type { CohortMilestoneTable, CohortSessionTable, CohortTable } from '../tables.ts'
import type { ApplicationState, Attendance, Scores } from './schema.ts'
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

/** Who came to what, and who reached what, by the other one's id. */
export async function progressOf(db: Db, organization_id: string, cohort_id: string) {
  const [attendance, reached] = await Promise.all([
    sql<{ session_id: string; application_id: string; state: Attendance }>`
      select w.session_id, w.application_id, w.state from cohort_attendance w
      join cohort_session s on s.organization_id = w.organization_id and s.session_id = w.session_id
      where w.organization_id = ${organization_id}::uuid and s.cohort_id = ${cohort_id}::uuid`.execute(db),
    sql<{ milestone_id: string; application_id: string; reached_on: string }>`
      select w.milestone_id, w.application_id, w.reached_on from cohort_milestone_reached w
      join cohort_milestone m on m.organization_id = w.organization_id and m.milestone_id = w.milestone_id
      where w.organization_id = ${organization_id}::uuid and m.cohort_id = ${cohort_id}::uuid`.execute(db),
  ])
  return { attendance: attendance.rows, reached: reached.rows }
}

/** Answers of the cohort's form by people who have not applied here yet, or were taken out before; of one person the latest. */
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
        where w.organization_id = a.organization_id and w.application_id = a.application_id), '[]') as reached
    from cohort_application a join cohort c on c.organization_id = a.organization_id and c.cohort_id = a.cohort_id
    where a.organization_id = ${organization_id}::uuid and a.person_id = ${person_id}::uuid and a.state <> 'removed'
    order by c.starts_on desc, a.application_id`.execute(db)
  return rows.map(({ decisions, ...row }) => ({
    ...row,
    decisions: sinceTakenOut(decisions).map((each) => ({ ...each, at: new Date(each.at) })),
  }))
}
