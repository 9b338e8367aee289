import type { ColumnType, Generated } from 'kysely'
import type { BodyKind } from './bodies/schema.ts'
import type { CaseEnd, Milestone } from './cases/schema.ts'
import type { ruleAsks } from './schema.ts'
import type { ApplicationState, Attendance, Criterion, Scores } from './cohorts/schema.ts'

type Instant = ColumnType<Date | null, Date | null | undefined, Date | null>
/** One text per language code. */
type Texts = ColumnType<Record<string, string>, string, string>

export interface RungTable {
  organization_id: string
  rung_id: Generated<string>
  /** The lowest is 1. */
  position: number
  name: Texts
  /** What somebody on it does. */
  about: Texts
  made_at: Generated<Date>
  archived_at: Instant
}

/** The newest row of a person up to a day says where they stood that day. */
export interface PersonStageTable {
  organization_id: string
  stage_id: Generated<string>
  person_id: string
  /** null: on the ladder no more. */
  rung_id: string | null
  /** 'YYYY-MM-DD'. */
  from_on: string
  reason: string
  set_by: string
  set_at: Date
  removed_at: Instant
  removed_by: string | null
}

/** Under which account, or as which caller, a person of ours acts here: one of the two. */
export interface PersonAccountTable {
  organization_id: string
  person_account_id: Generated<string>
  person_id: string
  user_id: string | null
  caller_id: string | null
  joined_by: string
  joined_at: Generated<Date>
}

export type TaskKind = 'next_step' | 'task'
export type TaskEnd = 'done' | 'moved_on'

export interface TaskTable {
  organization_id: string
  task_id: Generated<string>
  kind: TaskKind
  person_id: string | null
  title: string
  /** By language, where it was written in several. */
  titles: ColumnType<Record<string, string> | null, string | null | undefined, never>
  /** A member's user id. */
  owner_id: string | null
  /** 'YYYY-MM-DD'. */
  due_on: string | null
  snoozed_until: string | null
  /** Where it was agreed. */
  one_on_one_id: string | null
  event_id: ColumnType<string | null, string | null | undefined, string | null>
  /** Of the help somebody asked for. */
  case_id: ColumnType<string | null, string | null | undefined, never>
  /** By which answer to a form it was set. */
  response_id: ColumnType<string | null, string | null | undefined, never>
  /** At the event, by the person it is about. */
  taken_on: Generated<boolean>
  /** Somebody else gave it to its owner, who was not told yet. */
  tell_owner_since: ColumnType<Date | null, Date | null | undefined, Date | null>
  made_by: string
  made_at: Date
  ended_at: Instant
  ended_by: string | null
  ended_as: TaskEnd | null
  outcome: string | null
}

export interface HelpCaseKindTable {
  organization_id: string
  kind_id: Generated<string>
  name: ColumnType<Record<string, string>, string, string>
  milestones: ColumnType<Milestone[], string, string>
  made_by: string
  made_at: Date
  archived_at: Instant
}

export interface HelpCaseTable {
  organization_id: string
  case_id: Generated<string>
  kind_id: string
  person_id: string
  title: string
  about: string | null
  /** A member's user id. */
  owner_id: string | null
  /** 'YYYY-MM-DD'. */
  opened_on: string
  made_by: string
  made_at: Date
  closed_at: Instant
  closed_by: ColumnType<string | null, string | null | undefined, string | null>
  closed_as: ColumnType<CaseEnd | null, CaseEnd | null | undefined, CaseEnd | null>
  outcome: ColumnType<string | null, string | null | undefined, string | null>
}

/** What whoever took a task on was last told of it by mail. */
export interface TaskToldTable {
  organization_id: string
  task_id: string
  owner_id: string | null
  /** 'YYYY-MM-DD'. */
  due_on: string | null
  /** That it is not needed any more. */
  is_off: Generated<boolean>
  told_at: Date
}

/** Which next step follows from which answer to a form. */
export interface FormNextStepTable {
  organization_id: string
  rule_id: Generated<string>
  form_id: string
  /** The order they are tried in. */
  position: Generated<string>
  question: string | null
  answer: string | null
  title: string
  owner_id: string
  due_days: number
  made_by: string
  made_at: Date
  removed_at: Instant
}

export interface OneOnOneTable {
  organization_id: string
  one_on_one_id: Generated<string>
  person_id: string
  met_on: string
  writer_id: string
  writer: string
  /** The person's own account when it was written, if any. */
  reader_id: string | null
  /** To organizers, by its writer. */
  opened_at: Instant
  written_at: Date
  removed_at: Instant
}

/** What was said: apart from the person, so that a merge copies none of it. */
export interface OneOnOneNoteTable {
  organization_id: string
  one_on_one_id: string
  body: string
}

export interface PersonRoleTable {
  organization_id: string
  role_id: Generated<string>
  person_id: string
  /** Where it is an office of a body, in English; the names are there in each language. */
  name: string
  office_id: ColumnType<string | null, string | null | undefined, never>
  from_on: string
  /** Included; null: no end yet. */
  until_on: string | null
  recorded_by: string
  recorded_at: Date
  removed_at: Instant
  removed_by: string | null
}

/** A chapter, committee or board. */
export interface BodyTable {
  organization_id: string
  body_id: Generated<string>
  kind: BodyKind
  name: Texts
  made_by: string
  made_at: Date
  archived_at: Instant
}

export interface BodyOfficeTable {
  organization_id: string
  office_id: Generated<string>
  body_id: string
  name: Texts
  /** Held at once; null: any number. */
  seats: number | null
  /** As usual; null: no end is foreseen. */
  term_months: number | null
  position: number
  archived_at: Instant
}

export interface TrainingTable {
  organization_id: string
  training_id: Generated<string>
  name: Texts
  /** null: for good. */
  lasts_months: number | null
  made_at: Generated<Date>
  archived_at: Instant
}

export interface TrainingPassedTable {
  organization_id: string
  passed_id: Generated<string>
  person_id: string
  training_id: string
  passed_on: string
  /** Included; null: for good. */
  until_on: string | null
  /** By coming there. */
  event_id: ColumnType<string | null, string | null | undefined, never>
  /** Recorded by itself, and by nobody's hand since: it comes and goes with the attendance. */
  follows_attendance: Generated<boolean>
  recorded_by: string
  recorded_at: Date
  removed_at: Instant
  removed_by: string | null
}

export interface MentoringTable {
  organization_id: string
  mentoring_id: Generated<string>
  from_on: string
  /** Included; null: goes on. */
  until_on: string | null
  goal: string | null
  recorded_by: string
  recorded_at: Date
}

export interface MentoringPersonTable {
  organization_id: string
  mentoring_person_id: Generated<string>
  mentoring_id: string
  side: 'mentor' | 'mentee'
  person_id: string
}

/** Which training an event teaches. */
export interface EventTrainingTable {
  organization_id: string
  event_id: string
  training_id: string
  is_automatic: boolean
  set_by: string
  set_at: Date
}

/** A training whoever signs up for an event of a kind should have passed. */
export interface EventKindTrainingTable {
  organization_id: string
  kind: string
  training_id: string
}

/** A training that is asked for before a delegation of a kind is given. */
export interface DelegationRuleTable {
  organization_id: string
  what: string
  training_id: string
  /** Of all of the kind; the same in each. */
  asks: (typeof ruleAsks)[number]
}

export interface CohortTable {
  organization_id: string
  cohort_id: Generated<string>
  name: Texts
  about: Texts
  /** By which people apply; null: entered by hand. */
  form_id: string | null
  seats: number
  starts_on: string
  ends_on: string
  criteria: ColumnType<Criterion[], string, string>
  made_by: string
  made_at: Date
  closed_at: Instant
}

export interface CohortApplicationTable {
  organization_id: string
  application_id: Generated<string>
  cohort_id: string
  person_id: string
  response_id: string | null
  said: string | null
  applied_on: string
  state: Generated<ApplicationState>
  decided_by: string | null
  decided_at: Instant
  decided_why: string | null
  made_by: string
}

export interface CohortDecisionTable {
  organization_id: string
  decision_id: Generated<string>
  application_id: string
  state: ApplicationState
  why: string | null
  decided_by: string
  decided_at: Date
}

export interface CohortScoreTable {
  organization_id: string
  application_id: string
  /** A member's user id. */
  reader_id: string
  reader: string
  scores: ColumnType<Scores, string, string>
  note: string | null
  scored_at: Date
}

export interface CohortSessionTable {
  organization_id: string
  session_id: Generated<string>
  cohort_id: string
  held_on: string
  title: string
  /** Held as this event: whoever was there was at the session. */
  event_id: ColumnType<string | null, string | null | undefined, string | null>
  /** Taught in it. */
  training_id: ColumnType<string | null, string | null | undefined, string | null>
  about: ColumnType<string | null, string | null | undefined, string | null>
}

export interface CohortMaterialTable {
  organization_id: string
  material_id: Generated<string>
  session_id: string
  title: string
  /** null: on paper. */
  link: string | null
  added_by: string
  added_at: Date
  removed_at: Instant
}

export interface CohortAttendanceTable {
  organization_id: string
  session_id: string
  application_id: string
  state: Attendance
  recorded_by: string
  recorded_at: Date
}

export interface CohortMilestoneTable {
  organization_id: string
  milestone_id: Generated<string>
  cohort_id: string
  name: string
  position: number
  /** 'YYYY-MM-DD': until when it should be reached. */
  due_on: ColumnType<string | null, string | null | undefined, string | null>
}

export interface CohortMilestoneReachedTable {
  organization_id: string
  milestone_id: string
  application_id: string
  reached_on: string
  recorded_by: string
}

declare module '../../platform/db/tables.ts' {
  interface Tables {
    rung: RungTable
    person_stage: PersonStageTable
    person_account: PersonAccountTable
    task: TaskTable
    task_told: TaskToldTable
    help_case_kind: HelpCaseKindTable
    help_case: HelpCaseTable
    form_next_step: FormNextStepTable
    one_on_one: OneOnOneTable
    one_on_one_note: OneOnOneNoteTable
    person_role: PersonRoleTable
    body: BodyTable
    body_office: BodyOfficeTable
    training: TrainingTable
    training_passed: TrainingPassedTable
    mentoring: MentoringTable
    mentoring_person: MentoringPersonTable
    delegation_rule: DelegationRuleTable
    event_kind_training: EventKindTrainingTable
    event_training: EventTrainingTable
    cohort: CohortTable
    cohort_application: CohortApplicationTable
    cohort_decision: CohortDecisionTable
    cohort_score: CohortScoreTable
    cohort_session: CohortSessionTable
    cohort_material: CohortMaterialTable
    cohort_attendance: CohortAttendanceTable
    cohort_milestone: CohortMilestoneTable
    cohort_milestone_reached: CohortMilestoneReachedTable
  }
}
