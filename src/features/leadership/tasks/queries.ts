import { sql } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import { localized } from '../../../platform/i18n/languages.ts'
import { nameColumns, type Named } from '../names.ts'
import type { TaskEnd, TaskKind } from '../tables.ts'

export interface Task {
  task_id: string
  kind: TaskKind
  title: string
  /** By language, where it was written in several. */
  titles: Record<string, string> | null
  owner_id: string | null
  /** Null also where they have left the organization. */
  owner: string | null
  due_on: string | null
  snoozed_until: string | null
  from_one_on_one: boolean
  /** By whom it is about. */
  taken_on: boolean
  /** The form by whose answer it was set. */
  form: string | null
  made_by: string
  made_at: Date
  ended_at: Date | null
  ended_by: string | null
  ended_as: TaskEnd | null
  outcome: string | null
  /** Whom it is about. */
  person: Named | null
  /** Where it was agreed. */
  event: { event_id: string; title: Record<string, string> } | null
  /** For which help somebody asked for. */
  case: { case_id: string; title: string } | null
}

interface TaskFilter {
  /** A member's user id: given to them, or taken on by the person they are. */
  owner?: string
  /** Nobody's, also of members who have left; and what this member gave others to do. */
  loose_for?: { id: string; name: string }
  person_id?: string
  event_id?: string
  case_id?: string
  /** What was agreed on at some event alone. */
  of_events?: boolean
  state: 'open' | 'ended'
  limit?: number
}

/** Is task `t` given to this member, or did they take it on before or after they had their account? */
export const isTheirs = (user_id: string) =>
  sql<boolean>`(t.owner_id = ${user_id}::uuid or (t.taken_on and t.person_id in (select a.person_id from person_account a
    where a.organization_id = t.organization_id and a.user_id = ${user_id}::uuid)))`

/** Tasks of a member, of a person, or nobody's: the open ones by their day, those that are over by when. */
export async function tasksOf(
  db: Db,
  organization_id: string,
  { owner, loose_for, person_id, event_id, case_id, of_events = false, state, limit = 200 }: TaskFilter,
): Promise<Task[]> {
  const whose = loose_for
    ? sql`(m.user_id is null or (t.kind = 'task' and t.made_by = ${loose_for.name} and t.owner_id <> ${loose_for.id}::uuid))`
    : owner === undefined
      ? sql`true`
      : isTheirs(owner)
  const { rows } = await sql<
    Omit<Task, 'person' | 'event' | 'case'> &
      Omit<Named, 'person_id'> & {
        person_id: string | null
        event_id: string | null
        event_title: Record<string, string> | null
        case_id: string | null
        case_title: string | null
      }
  >`
    select t.task_id, t.kind, t.title, t.titles, t.owner_id, m.display_name as owner, t.due_on, t.snoozed_until,
      t.one_on_one_id is not null as from_one_on_one, t.taken_on, case when t.response_id is not null then t.made_by end as form, t.made_by, t.made_at, t.ended_at, t.ended_by, t.ended_as, t.outcome,
      e.event_id, e.content -> 'title' as event_title, c.case_id, c.title as case_title, ${nameColumns}
    from task t left join person p on p.organization_id = t.organization_id and p.person_id = t.person_id
    left join voter_record r on r.voter_id = p.voter_id
    left join member m on m.organization_id = t.organization_id and m.user_id = t.owner_id and m.ended_at is null
    left join event e on e.organization_id = t.organization_id and e.event_id = t.event_id
    left join help_case c on c.organization_id = t.organization_id and c.case_id = t.case_id
    where t.organization_id = ${organization_id}::uuid and (t.ended_at is null) = ${state === 'open'} and ${whose}
      and (${person_id ?? null}::uuid is null or t.person_id = ${person_id ?? null}::uuid)
      and (not ${of_events} or t.event_id is not null)
      and (${case_id ?? null}::uuid is null or t.case_id = ${case_id ?? null}::uuid)
      and (${event_id ?? null}::uuid is null or t.event_id = ${event_id ?? null}::uuid)
    order by ${state === 'open' ? sql`t.due_on nulls last, t.made_at` : sql`t.ended_at desc`}, t.task_id limit ${limit}`.execute(
    db,
  )
  return rows.map(({ event_title, case_title, ...row }) => ({
    ...row,
    person: row.person_id === null ? null : { ...row, person_id: row.person_id },
    event: row.event_id === null ? null : { event_id: row.event_id, title: event_title ?? {} },
    case: row.case_id === null ? null : { case_id: row.case_id, title: case_title ?? '' },
  }))
}

/** As the reader reads it. */
export const titleIn = ({ title, titles }: Pick<Task, 'title' | 'titles'>, language: string): string =>
  (titles && localized(titles, language).text) || title

/** Put off tasks are out of sight until their day. */
export const isAsleep = ({ snoozed_until }: Pick<Task, 'snoozed_until'>, today: string): boolean =>
  snoozed_until !== null && snoozed_until > today

/** Nobody has done it, nor said that it is not to be done. */
export async function isOpenTask(db: Db, organization_id: string, task_id: string): Promise<boolean> {
  const task = await db
    .selectFrom('task')
    .select('ended_at')
    .where('organization_id', '=', organization_id)
    .where('task_id', '=', task_id)
    .executeTakeFirst()
  return task?.ended_at === null
}

/** What is left to a member to do today. */
export async function tasksLeft(
  db: Db,
  organization_id: string,
  user_id: string,
  today: string,
): Promise<{ open: number; late: number }> {
  const { rows } = await sql<{ open: number; late: number }>`
    select count(*)::integer as open, count(*) filter (where due_on < ${today}::date)::integer as late from task t
    where organization_id = ${organization_id}::uuid and ${isTheirs(user_id)} and ended_at is null
      and (snoozed_until is null or snoozed_until <= ${today}::date)`.execute(db)
  return rows[0] ?? { open: 0, late: 0 }
}
