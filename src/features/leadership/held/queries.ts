import { sql, type Selectable } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import { localized, type LocalizedText } from '../../../platform/i18n/languages.ts'
import { delegationsTo, type Delegation } from '../../access/delegations/queries.ts'
import type { Delegated } from '../../access/permissions.ts'
import { nameColumns, type Named } from '../names.ts'
import type { TrainingRule } from '../rules.ts'
import type { PersonRoleTable, TrainingTable } from '../tables.ts'

export type Training = Selectable<TrainingTable>

export interface PersonRole extends Selectable<PersonRoleTable> {
  /** Of an office of a body: what both are called. */
  office: { body_id: string; body_name: LocalizedText; office_name: LocalizedText } | null
}

/** What a role is called: 'Housing Committee: Chair'. */
export const roleText = ({ name, office }: Pick<PersonRole, 'name' | 'office'>, language: string): string =>
  office ? `${localized(office.body_name, language).text}: ${localized(office.office_name, language).text}` : name

export interface Passed {
  passed_id: string
  training_id: string
  name: Record<string, string>
  passed_on: string
  /** Included; null: for good. */
  until_on: string | null
  /** By itself, and nobody's hand was on it since. */
  follows_attendance: boolean
  recorded_by: string
  recorded_at: Date
}

export interface Mentoring extends Named {
  mentoring_id: string
  /** What the person asked about is in it; the other one's name is in the row. */
  side: 'mentor' | 'mentee'
  from_on: string
  until_on: string | null
  goal: string | null
  recorded_by: string
  recorded_at: Date
}

export interface Held {
  roles: PersonRole[]
  passed: Passed[]
  mentorings: Mentoring[]
  /** Given to any account of the person. */
  delegations: Delegation[]
}

/** Trainings there are; with those put away, they stand last. */
export const trainingsOf = (db: Db, organization_id: string, { with_archived = false } = {}): Promise<Training[]> =>
  db
    .selectFrom('training')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .$if(!with_archived, (asked) => asked.where('archived_at', 'is', null))
    .orderBy((eb) => eb('archived_at', 'is not', null))
    .orderBy('made_at')
    .orderBy('training_id')
    .execute()

/** Which trainings each kind of delegation asks for. */
export async function delegationRules(
  db: Db,
  organization_id: string,
): Promise<Partial<Record<Delegated, TrainingRule>>> {
  const rows = await db
    .selectFrom('delegation_rule')
    .select(['what', 'training_id', 'asks'])
    .where('organization_id', '=', organization_id)
    .orderBy('training_id')
    .execute()
  const rules: Partial<Record<string, TrainingRule>> = {}
  for (const { what, training_id, asks } of rows)
    rules[what] = { asks, training_ids: [...(rules[what]?.training_ids ?? []), training_id] }
  return rules
}

/** Which trainings each kind of event asks of whoever signs up. */
export async function kindTrainings(db: Db, organization_id: string): Promise<Record<string, string[]>> {
  const rows = await db
    .selectFrom('event_kind_training')
    .select(['kind', 'training_id'])
    .where('organization_id', '=', organization_id)
    .orderBy('training_id')
    .execute()
  const kinds: Record<string, string[]> = {}
  for (const { kind, training_id } of rows) (kinds[kind] ??= []).push(training_id)
  return kinds
}

/** Roles, trainings, mentors and delegations of somebody, the newest first. */
export async function heldBy(db: Db, organization_id: string, person_id: string): Promise<Held> {
  const [roles, passed, mentorings, accounts] = await Promise.all([
    rolesOf(db, organization_id, person_id),
    passedBy(db, organization_id, person_id),
    mentoringsOf(db, organization_id, person_id),
    db
      .selectFrom('person_account')
      .select('user_id')
      .where('organization_id', '=', organization_id)
      .where('person_id', '=', person_id)
      .where('user_id', 'is not', null)
      .execute(),
  ])
  const delegations = await delegationsTo(
    db,
    organization_id,
    accounts.flatMap(({ user_id }) => user_id ?? []),
  )
  return { roles, passed, mentorings, delegations }
}

async function rolesOf(db: Db, organization_id: string, person_id: string): Promise<PersonRole[]> {
  const { rows } = await sql<PersonRole>`
    select h.*, case when o.office_id is not null then jsonb_build_object('body_id', b.body_id, 'body_name', b.name, 'office_name', o.name) end as office
    from person_role h
    left join body_office o on o.organization_id = h.organization_id and o.office_id = h.office_id
    left join body b on b.organization_id = o.organization_id and b.body_id = o.body_id
    where h.organization_id = ${organization_id}::uuid and h.person_id = ${person_id}::uuid and h.removed_at is null
    order by h.from_on desc, h.role_id`.execute(db)
  return rows
}

export const passedBy = (db: Db, organization_id: string, person_id: string): Promise<Passed[]> =>
  db
    .selectFrom('training_passed as d')
    .innerJoin('training as t', (join) =>
      join.onRef('t.organization_id', '=', 'd.organization_id').onRef('t.training_id', '=', 'd.training_id'),
    )
    .select(['d.passed_id', 'd.training_id', 't.name', 'd.passed_on', 'd.until_on', 'd.follows_attendance'])
    .select(['d.recorded_by', 'd.recorded_at'])
    .where('d.organization_id', '=', organization_id)
    .where('d.person_id', '=', person_id)
    .where('d.removed_at', 'is', null)
    .orderBy('d.passed_on', 'desc')
    .orderBy('d.passed_id')
    .execute()

async function mentoringsOf(db: Db, organization_id: string, person_id: string): Promise<Mentoring[]> {
  const { rows } = await sql<Mentoring>`
    select ${nameColumns}, m.mentoring_id, mine.side, m.from_on, m.until_on, m.goal, m.recorded_by, m.recorded_at
    from mentoring_person mine join mentoring m on m.organization_id = mine.organization_id and m.mentoring_id = mine.mentoring_id
    join mentoring_person other on other.organization_id = mine.organization_id and other.mentoring_id = mine.mentoring_id and other.side <> mine.side
    join person p on p.organization_id = other.organization_id and p.person_id = other.person_id
    left join voter_record r on r.voter_id = p.voter_id
    where mine.organization_id = ${organization_id}::uuid and mine.person_id = ${person_id}::uuid
    order by m.until_on desc nulls first, m.from_on desc, m.mentoring_id`.execute(db)
  return rows
}

/** Names of roles there were, to choose from. */
export async function roleNames(db: Db, organization_id: string): Promise<string[]> {
  const rows = await db
    .selectFrom('person_role')
    .select('name')
    .distinct()
    .where('organization_id', '=', organization_id)
    .where('removed_at', 'is', null)
    .where('office_id', 'is', null)
    .orderBy('name')
    .limit(100)
    .execute()
  return rows.map(({ name }) => name)
}
