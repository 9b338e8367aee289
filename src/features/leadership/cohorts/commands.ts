import { sql } from 'kysely'
import type { Actor } from '../../../platform/actor.ts'
import { audit } from '../../../platform/audit.ts'
import { dateIn } from '../../../platform/clock.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { found } from '../../../platform/errors.ts'
import { formatDate } from '../../../platform/i18n/formats.ts'
import { localized } from '../../../platform/i18n/languages.ts'
import { eventById, organizationById } from '../../events/queries.ts'
import { formById } from '../../forms/queries.ts'
import { whoIs } from '../../people/queries.ts'
import { carryNames } from '../../targeting/events.ts'
import { passTraining } from '../held/commands.ts'
import { passedBy, trainingsOf } from '../held/queries.ts'
import { gainsBy } from '../rules.ts'
import { lockPerson } from '../ladder/commands.ts'
import { tell, type toldHows } from '../telling/commands.ts'
import {
  answersToTakeIn,
  applicationsOf,
  cohortById,
  isScored,
  progressOf,
  sessionById,
  type Cohort,
  type Session,
} from './queries.ts'
import { mayStillBecome, type ApplicationState, type Attendance, type Criterion, type Scores } from './schema.ts'

export interface NewCohort {
  name: Record<string, string>
  seats: number
  starts_on: string
  ends_on: string
  form_id: string | null
  criteria: Criterion[]
}

/** NotFound for a form that is not there. */
export function makeCohort(db: Db, actor: Actor, { name, criteria, ...cohort }: NewCohort, now: Date): Promise<string> {
  const { organization_id } = actor
  return inTransaction(db, async (tx) => {
    if (cohort.form_id) found(await formById(tx, organization_id, cohort.form_id))
    const { cohort_id } = await tx
      .insertInto('cohort')
      .values({
        organization_id,
        name: JSON.stringify(name),
        about: '{}',
        criteria: JSON.stringify(criteria),
        ...cohort,
        made_by: actor.name,
        made_at: now,
      })
      .returning('cohort_id')
      .executeTakeFirstOrThrow()
    await audit(tx, actor, {
      action: 'cohort.make',
      subject: 'cohort',
      subject_id: cohort_id,
      after: { name, ...cohort },
    })
    return cohort_id
  })
}

export type Changed = { ok: true } | { ok: false; problem: 'seats_below' | 'scored' }

/** Puts a cohort right. Seats that are taken stay; by what was scored already, words alone change. */
export function changeCohort(
  db: Db,
  actor: Actor,
  cohort_id: string,
  { name, criteria, ...rest }: NewCohort,
): Promise<Changed> {
  const { organization_id } = actor
  return inTransaction(db, async (tx): Promise<Changed> => {
    const before = await lockCohort(tx, organization_id, cohort_id)
    if (rest.form_id && rest.form_id !== before.form_id) found(await formById(tx, organization_id, rest.form_id))
    if ((await taken(tx, organization_id, cohort_id)) > rest.seats) return { ok: false, problem: 'seats_below' }
    const lines = (of: readonly Criterion[]): string => of.map(({ key, most }) => `${key} ${most}`).join()
    if (lines(criteria) !== lines(before.criteria) && (await isScored(tx, organization_id, cohort_id)))
      return { ok: false, problem: 'scored' }
    await tx
      .updateTable('cohort')
      .set({ ...rest, name: JSON.stringify(name), criteria: JSON.stringify(criteria) })
      .where('organization_id', '=', organization_id)
      .where('cohort_id', '=', cohort_id)
      .execute()
    await carryNames(tx, actor, 'cohort', before.name, name)
    const { seats, starts_on, ends_on, form_id } = before
    await audit(tx, actor, {
      action: 'cohort.update',
      subject: 'cohort',
      subject_id: cohort_id,
      before: { name: before.name, seats, starts_on, ends_on, form_id, criteria: before.criteria },
      after: { name, ...rest, criteria },
    })
    return { ok: true }
  })
}

/** Seats that are taken; `but`: without this application. */
async function taken(tx: Db, organization_id: string, cohort_id: string, but: string | null = null): Promise<number> {
  const { rows } = await sql<{ seats: number }>`
    select count(*)::integer as seats from cohort_application
    where organization_id = ${organization_id}::uuid and cohort_id = ${cohort_id}::uuid and state in ('accepted', 'alumni')
      and application_id is distinct from ${but}::uuid`.execute(tx)
  return rows[0]?.seats ?? 0
}

/** Whoever decides about one cohort waits for whoever else does: seats are given once. */
const lockCohort = async (tx: Db, organization_id: string, cohort_id: string): Promise<Cohort> => {
  await sql`select from cohort where organization_id = ${organization_id}::uuid and cohort_id = ${cohort_id}::uuid for update`.execute(
    tx,
  )
  return found(await cohortById(tx, organization_id, cohort_id))
}

export type Applied = { ok: true } | { ok: false; problem: 'who_not_found' | 'already_applied' | 'over' }

/** An application on paper, or by word of mouth. */
export function enterApplication(
  db: Db,
  actor: Actor,
  cohort_id: string,
  { who, said }: { who: string; said: string | null },
  today: string,
  now: Date,
): Promise<Applied> {
  const { organization_id } = actor
  return inTransaction(db, async (tx): Promise<Applied> => {
    const { closed_at } = await lockCohort(tx, organization_id, cohort_id)
    if (closed_at) return { ok: false, problem: 'over' }
    if (!(await whoIs(tx, organization_id, who))) return { ok: false, problem: 'who_not_found' }
    const person_id = await lockPerson(tx, actor, who)
    const before = await tx
      .selectFrom('cohort_application')
      .select('state')
      .where('organization_id', '=', organization_id)
      .where('cohort_id', '=', cohort_id)
      .where('person_id', '=', person_id)
      .executeTakeFirst()
    if (before && before.state !== 'removed') return { ok: false, problem: 'already_applied' }
    await apply(tx, actor, { cohort_id, person_id, response_id: null, said, applied_on: today }, now)
    return { ok: true }
  })
}

interface NewApplication {
  cohort_id: string
  person_id: string
  response_id: string | null
  said: string | null
  applied_on: string
}

/** A new application, or that of somebody who was taken out: what they say now takes the place of what they said then. */
async function apply(tx: Db, actor: Actor, application: NewApplication, now: Date): Promise<void> {
  const { organization_id } = actor
  const { cohort_id, person_id, ...said_now } = application
  const before = await tx
    .selectFrom('cohort_application')
    .select(['application_id', 'said', 'applied_on', 'response_id'])
    .where('organization_id', '=', organization_id)
    .where('cohort_id', '=', cohort_id)
    .where('person_id', '=', person_id)
    .where('state', '=', 'removed')
    .executeTakeFirst()
  if (!before) return insertApplication(tx, actor, application)
  const { application_id, ...was } = before
  // Said by neither form nor hand: what stood there is all there is.
  const is = { applied_on: said_now.applied_on, said: said_now.said ?? was.said, response_id: said_now.response_id ?? was.response_id } // prettier-ignore
  await tx
    .updateTable('cohort_application')
    .set(is)
    .where('organization_id', '=', organization_id)
    .where('application_id', '=', application_id)
    .execute()
  await setState(tx, actor, application_id, { state: 'applied', why: null }, now)
  await audit(tx, actor, {
    action: 'cohort.decide',
    subject: 'cohort_application',
    subject_id: application_id,
    before: { decision: 'removed' },
    after: { person_id, decision: 'applied', applied_on: is.applied_on },
  })
}

async function insertApplication(tx: Db, actor: Actor, application: NewApplication): Promise<void> {
  const { application_id } = await tx
    .insertInto('cohort_application')
    .values({
      organization_id: actor.organization_id,
      ...application,
      decided_by: null,
      decided_why: null,
      made_by: actor.name,
    })
    .returning('application_id')
    .executeTakeFirstOrThrow()
  const { cohort_id, person_id, response_id } = application
  await audit(tx, actor, {
    action: 'cohort.apply',
    subject: 'cohort_application',
    subject_id: application_id,
    after: { cohort_id, person_id, response_id },
  })
}

/**
 * Whoever answered the cohort's form and is not among the applications yet, or was taken out before they answered again. How
 * many came; none once it is over.
 */
export function takeInAnswers(db: Db, actor: Actor, cohort_id: string, time_zone: string, now: Date): Promise<number> {
  return inTransaction(db, async (tx) => {
    const cohort = await lockCohort(tx, actor.organization_id, cohort_id)
    if (cohort.closed_at) return 0
    const answers = await answersToTakeIn(tx, cohort)
    for (const { response_id, person_id, received_at } of answers) {
      const applied_on = dateIn(time_zone, received_at)
      await apply(tx, actor, { cohort_id, person_id, response_id, said: null, applied_on }, now)
    }
    return answers.length
  })
}

const lockApplication = async (tx: Db, organization_id: string, application_id: string) => {
  const { cohort_id } = found(
    await tx
      .selectFrom('cohort_application')
      .select('cohort_id')
      .where('organization_id', '=', organization_id)
      .where('application_id', '=', application_id)
      .executeTakeFirst(),
  )
  const cohort = await lockCohort(tx, organization_id, cohort_id)
  const { state, person_id } = await tx
    .selectFrom('cohort_application')
    .select(['state', 'person_id'])
    .where('organization_id', '=', organization_id)
    .where('application_id', '=', application_id)
    .executeTakeFirstOrThrow()
  return { cohort, state, person_id }
}

export type Scored = { ok: true } | { ok: false; problem: 'points_missing' }

/**
 * What one reader gives, on every line of the rubric; given again it takes the place of their own before. Points beyond the
 * rubric are not kept.
 */
export function scoreApplication(
  db: Db,
  actor: Actor,
  application_id: string,
  { scores, note }: { scores: Scores; note: string | null },
  now: Date,
): Promise<Scored> {
  const { organization_id } = actor
  return inTransaction(db, async (tx): Promise<Scored> => {
    const { cohort } = await lockApplication(tx, organization_id, application_id)
    if (cohort.criteria.some(({ key }) => scores[key] === undefined)) return { ok: false, problem: 'points_missing' }
    const kept = Object.fromEntries(
      cohort.criteria.map(({ key, most }) => [key, Math.min(most, Math.max(0, Math.trunc(scores[key] ?? 0)))]),
    )
    const given = { scores: JSON.stringify(kept), note, reader: actor.name, scored_at: now }
    await tx
      .insertInto('cohort_score')
      .values({ organization_id, application_id, reader_id: actor.id, ...given })
      .onConflict((conflict) => conflict.columns(['organization_id', 'application_id', 'reader_id']).doUpdateSet(given))
      .execute()
    // That they did: who else may read it sees it with the application.
    await audit(tx, actor, { action: 'cohort.score', subject: 'cohort_application', subject_id: application_id })
    return { ok: true }
  })
}

/** `told`: whether the applicant hears of it from us; null: there is nothing to tell. */
export type Decided =
  | { ok: true; cohort_id: string; told: (typeof toldHows)[number] | null }
  | { ok: false; problem: 'full' | 'not_possible' | 'why_needed' }

/**
 * Accepted, declined, wait-listed …, with who and why. Never more accepted than seats. Whoever is accepted into a cohort that is not
 * over hears of it by mail (`tells`), where they may be written to; everything else is told by people.
 */
export function decideApplication(
  db: Db,
  actor: Actor,
  application_id: string,
  { state, why, tells = false }: { state: ApplicationState; why: string; tells?: boolean },
  now: Date,
): Promise<Decided> {
  const { organization_id } = actor
  return inTransaction(db, async (tx): Promise<Decided> => {
    const { cohort, state: before, person_id } = await lockApplication(tx, organization_id, application_id)
    if (before === state) return { ok: true, cohort_id: cohort.cohort_id, told: null }
    if (!mayStillBecome(before, cohort.closed_at !== null).includes(state))
      return { ok: false, problem: 'not_possible' }
    if (state === 'removed' && !why) return { ok: false, problem: 'why_needed' }
    if (state === 'accepted' || state === 'alumni') {
      const seats = await taken(tx, organization_id, cohort.cohort_id, application_id)
      if (seats >= cohort.seats) return { ok: false, problem: 'full' }
    }
    await setState(tx, actor, application_id, { state, why: why || null }, now)
    await audit(tx, actor, {
      action: 'cohort.decide',
      subject: 'cohort_application',
      subject_id: application_id,
      before: { decision: before },
      after: { person_id, decision: state },
    })
    const { time_zone } = await organizationById(tx, organization_id)
    const today = dateIn(time_zone, now)
    const isNews = tells && state === 'accepted' && before !== 'left' && cohort.ends_on >= today
    const told = isNews
      ? await tell(tx, organization_id, person_id, 'asked', (t) => {
          const title = localized(cohort.name, t.language).text
          const [from, until] = [formatDate(t.language, cohort.starts_on), formatDate(t.language, cohort.ends_on)]
          return {
            subject: t('telling.accepted_subject', { cohort: title }),
            text: t(cohort.starts_on > today ? 'telling.accepted' : 'telling.accepted_running', {
              cohort: title,
              from,
              until,
            }),
          }
        })
      : state === 'declined' || state === 'wait_listed'
        ? 'not_by_us'
        : null
    return { ok: true, cohort_id: cohort.cohort_id, told }
  })
}

/** The newest decision stands with the application too. */
async function setState(
  tx: Db,
  actor: Actor,
  application_id: string,
  { state, why }: { state: ApplicationState; why: string | null },
  now: Date,
): Promise<void> {
  const { organization_id } = actor
  await tx
    .updateTable('cohort_application')
    .set({ state, decided_by: actor.name, decided_at: now, decided_why: why })
    .where('organization_id', '=', organization_id)
    .where('application_id', '=', application_id)
    .execute()
  await tx
    .insertInto('cohort_decision')
    .values({ organization_id, application_id, state, why, decided_by: actor.name, decided_at: now })
    .execute()
}

/** It is over: whoever stayed is alumni, what was not decided is declined. Twice does no harm. */
export function closeCohort(db: Db, actor: Actor, cohort_id: string, now: Date): Promise<void> {
  const { organization_id } = actor
  return inTransaction(db, async (tx) => {
    const cohort = await lockCohort(tx, organization_id, cohort_id)
    if (cohort.closed_at) return
    const left = await tx
      .selectFrom('cohort_application')
      .select(['application_id', 'state'])
      .where('organization_id', '=', organization_id)
      .where('cohort_id', '=', cohort_id)
      .where('state', 'in', ['accepted', 'applied', 'wait_listed'])
      .execute()
    for (const { application_id, state } of left)
      await setState(tx, actor, application_id, { state: state === 'accepted' ? 'alumni' : 'declined', why: null }, now)
    await tx
      .updateTable('cohort')
      .set({ closed_at: now })
      .where('organization_id', '=', organization_id)
      .where('cohort_id', '=', cohort_id)
      .execute()
    const alumni = left.filter(({ state }) => state === 'accepted').length
    await audit(tx, actor, { action: 'cohort.close', subject: 'cohort', subject_id: cohort_id, after: { alumni } })
  })
}

/*
 * Curriculum and milestones.
 */

export function addSession(
  db: Db,
  actor: Actor,
  cohort_id: string,
  session: { held_on: string; title: string },
): Promise<void> {
  const { organization_id } = actor
  return inTransaction(db, async (tx) => {
    await lockCohort(tx, organization_id, cohort_id)
    const { session_id } = await tx
      .insertInto('cohort_session')
      .values({ organization_id, cohort_id, ...session })
      .returning('session_id')
      .executeTakeFirstOrThrow()
    const { held_on, title } = session
    await audit(tx, actor, {
      action: 'cohort.add_session',
      subject: 'cohort',
      subject_id: cohort_id,
      after: { session_id, held_on, title },
    })
  })
}

export interface SessionPlan {
  held_on: string
  title: string
  /** As which event it is held. */
  event_id: string | null
  /** Taught in it. */
  training_id: string | null
  about: string | null
}

/** When and what it is; who came stays. */
export function planSession(db: Db, actor: Actor, session_id: string, plan: SessionPlan): Promise<void> {
  const { organization_id } = actor
  return inTransaction(db, async (tx) => {
    const before = await lockSession(tx, organization_id, session_id)
    if (plan.event_id !== null) found(await eventById(tx, organization_id, plan.event_id))
    if (plan.training_id !== null && plan.training_id !== before.training_id)
      found((await trainingsOf(tx, organization_id)).find(({ training_id }) => training_id === plan.training_id))
    await tx
      .updateTable('cohort_session')
      .set({ ...plan })
      .where('organization_id', '=', organization_id)
      .where('session_id', '=', session_id)
      .execute()
    const { held_on, title, event_id, training_id, about, cohort_id } = before
    await audit(tx, actor, {
      action: 'cohort.plan_session',
      subject: 'cohort',
      subject_id: cohort_id,
      before: { held_on, title, event_id, training_id, about },
      after: { session_id, ...plan },
    })
  })
}

const lockSession = async (tx: Db, organization_id: string, session_id: string): Promise<Session> => {
  const { cohort_id } = found(await sessionById(tx, organization_id, session_id))
  await lockCohort(tx, organization_id, cohort_id)
  return found(await sessionById(tx, organization_id, session_id))
}

/** Something to read or to bring along. */
export function addMaterial(
  db: Db,
  actor: Actor,
  session_id: string,
  material: { title: string; link: string | null },
  now: Date,
): Promise<void> {
  const { organization_id } = actor
  return inTransaction(db, async (tx) => {
    const { cohort_id } = await lockSession(tx, organization_id, session_id)
    await tx
      .insertInto('cohort_material')
      .values({ organization_id, session_id, ...material, added_by: actor.name, added_at: now })
      .execute()
    await audit(tx, actor, {
      action: 'cohort.add_material',
      subject: 'cohort',
      subject_id: cohort_id,
      after: { session_id, ...material },
    })
  })
}

/** Returns the session it was of. */
export function removeMaterial(db: Db, actor: Actor, material_id: string, now: Date): Promise<string> {
  const { organization_id } = actor
  return inTransaction(db, async (tx) => {
    const { session_id, title } = found(
      await tx
        .updateTable('cohort_material')
        .set({ removed_at: now })
        .where('organization_id', '=', organization_id)
        .where('material_id', '=', material_id)
        .where('removed_at', 'is', null)
        .returning(['session_id', 'title'])
        .executeTakeFirst(),
    )
    const { cohort_id } = found(await sessionById(tx, organization_id, session_id))
    await audit(tx, actor, {
      action: 'cohort.remove_material',
      subject: 'cohort',
      subject_id: cohort_id,
      before: { session_id, title },
    })
    return session_id
  })
}

/** Whoever came to a session has passed the training it teaches, on its day. Returns how many; who holds it as long already keeps theirs. */
export function passWhoCame(db: Db, actor: Actor, session_id: string, now: Date): Promise<number> {
  const { organization_id } = actor
  return inTransaction(db, async (tx) => {
    const { cohort_id, training_id, held_on } = await lockSession(tx, organization_id, session_id)
    if (training_id === null) return 0
    const cohort = found(await cohortById(tx, organization_id, cohort_id))
    const training = found(
      (await trainingsOf(tx, organization_id, { with_archived: true })).find(
        (each) => each.training_id === training_id,
      ),
    )
    const { attendance } = await progressOf(tx, organization_id, cohort_id)
    const came = (await applicationsOf(tx, cohort)).filter(({ application_id }) =>
      attendance.some(
        (row) => row.session_id === session_id && row.application_id === application_id && row.state === 'attended',
      ),
    )
    let passed = 0
    // In one order, so that two at once do not wait for each other.
    for (const { person_id } of came.toSorted((a, b) => a.person_id.localeCompare(b.person_id))) {
      const before = (await passedBy(tx, organization_id, person_id)).filter((each) => each.training_id === training_id)
      if (!gainsBy(training, before, held_on)) continue
      await passTraining(tx, actor, person_id, { training_id, passed_on: held_on }, now, { by_coming: true })
      passed++
    }
    return passed
  })
}

/** What the form showed of somebody, and what it says now; null: not noted. */
export interface Noted {
  was: Attendance | null
  is: Attendance | null
}

/**
 * Who of the cohort came. Only those accepted, or alumni, count; only what was changed in the form is written, so that two
 * who take it at once do not undo each other.
 */
export function takeAttendance(
  db: Db,
  actor: Actor,
  session_id: string,
  noted: Readonly<Record<string, Noted>>,
  now: Date,
): Promise<string> {
  const { organization_id } = actor
  return inTransaction(db, async (tx) => {
    const { cohort_id } = found(
      await tx
        .selectFrom('cohort_session')
        .select('cohort_id')
        .where('organization_id', '=', organization_id)
        .where('session_id', '=', session_id)
        .executeTakeFirst(),
    )
    await lockCohort(tx, organization_id, cohort_id)
    const changed = (await insideOf(tx, organization_id, cohort_id)).flatMap((application_id) => {
      const each = noted[application_id]
      return each && each.was !== each.is ? [{ application_id, state: each.is }] : []
    })
    if (changed.length === 0) return cohort_id
    const cleared = changed.flatMap(({ application_id, state }) => (state ? [] : application_id))
    if (cleared.length > 0)
      await tx
        .deleteFrom('cohort_attendance')
        .where('organization_id', '=', organization_id)
        .where('session_id', '=', session_id)
        .where('application_id', 'in', cleared)
        .execute()
    const recorded = { recorded_by: actor.name, recorded_at: now }
    const rows = changed.flatMap(({ application_id, state }) =>
      state ? [{ organization_id, session_id, application_id, state, ...recorded }] : [],
    )
    if (rows.length > 0)
      await tx
        .insertInto('cohort_attendance')
        .values(rows)
        .onConflict((conflict) =>
          conflict
            .columns(['organization_id', 'session_id', 'application_id'])
            .doUpdateSet((eb) => ({ state: eb.ref('excluded.state'), ...recorded })),
        )
        .execute()
    await audit(tx, actor, {
      action: 'cohort.attendance',
      subject: 'cohort',
      subject_id: cohort_id,
      after: { session_id, attended: rows.filter(({ state }) => state === 'attended').length },
    })
    return cohort_id
  })
}

/** Applications of whoever is, or was, in the cohort. */
async function insideOf(tx: Db, organization_id: string, cohort_id: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('cohort_application')
    .select('application_id')
    .where('organization_id', '=', organization_id)
    .where('cohort_id', '=', cohort_id)
    .where('state', 'in', ['accepted', 'alumni', 'left'])
    .execute()
  return rows.map(({ application_id }) => application_id)
}

export function addMilestone(
  db: Db,
  actor: Actor,
  cohort_id: string,
  { name, due_on = null }: { name: string; due_on?: string | null },
): Promise<void> {
  const { organization_id } = actor
  return inTransaction(db, async (tx) => {
    await lockCohort(tx, organization_id, cohort_id)
    const { last } = await tx
      .selectFrom('cohort_milestone')
      .select((eb) => eb.fn.coalesce(eb.fn.max('position'), eb.lit(0)).as('last'))
      .where('organization_id', '=', organization_id)
      .where('cohort_id', '=', cohort_id)
      .executeTakeFirstOrThrow()
    await tx
      .insertInto('cohort_milestone')
      .values({ organization_id, cohort_id, name, due_on, position: last + 1 })
      .execute()
    await audit(tx, actor, {
      action: 'cohort.add_milestone',
      subject: 'cohort',
      subject_id: cohort_id,
      after: { name, due_on },
    })
  })
}

/**
 * Who reached a milestone. `shown` had, as far as the form knew: only those ticked or unticked in it change, and the day of
 * those who had stays.
 */
export function reachMilestone(
  db: Db,
  actor: Actor,
  milestone_id: string,
  { application_ids, shown }: { application_ids: readonly string[]; shown: readonly string[] },
  today: string,
): Promise<string> {
  const { organization_id } = actor
  return inTransaction(db, async (tx) => {
    const { cohort_id } = found(
      await tx
        .selectFrom('cohort_milestone')
        .select('cohort_id')
        .where('organization_id', '=', organization_id)
        .where('milestone_id', '=', milestone_id)
        .executeTakeFirst(),
    )
    await lockCohort(tx, organization_id, cohort_id)
    const inside = await insideOf(tx, organization_id, cohort_id)
    const ticked = inside.filter((each) => application_ids.includes(each) && !shown.includes(each))
    const unticked = shown.filter((each) => !application_ids.includes(each))
    if (ticked.length + unticked.length === 0) return cohort_id
    if (unticked.length > 0)
      await tx
        .deleteFrom('cohort_milestone_reached')
        .where('organization_id', '=', organization_id)
        .where('milestone_id', '=', milestone_id)
        .where('application_id', 'in', unticked)
        .execute()
    if (ticked.length > 0)
      await tx
        .insertInto('cohort_milestone_reached')
        .values(
          ticked.map((application_id) => ({
            organization_id,
            milestone_id,
            application_id,
            reached_on: today,
            recorded_by: actor.name,
          })),
        )
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    await audit(tx, actor, {
      action: 'cohort.milestone',
      subject: 'cohort',
      subject_id: cohort_id,
      after: { milestone_id, reached: ticked.length, taken_back: unticked.length },
    })
    return cohort_id
  })
}
