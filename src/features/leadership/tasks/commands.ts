import { sql } from 'kysely'
import type { Actor } from '../../../platform/actor.ts'
import { audit } from '../../../platform/audit.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { Conflict, found } from '../../../platform/errors.ts'
import { personOf } from '../../people/commands.ts'
import { lockPerson } from '../ladder/commands.ts'
import { presentMembers } from '../ladder/queries.ts'
import type { TaskEnd } from '../tables.ts'
import { mailOwner, tellsOwner } from './given.ts'
import { isTheirs } from './queries.ts'
import { tellWhoTookItOn } from './told.ts'

export interface NewNextStep {
  title: string
  /** A present member's user id. */
  owner_id: string
  /** 'YYYY-MM-DD'. */
  due_on: string
  one_on_one_id?: string | null
}

/*
 * What is to be done, and what came of it, may be what somebody told in confidence: it stands in the task, for who may read that. The
 * activity log has other readers; it says who did what, and when.
 */

/** The next step of somebody: one at a time, so an open one is moved on from. Sent twice it is one. */
export function setNextStep(db: Db, actor: Actor, who: string, step: NewNextStep, now: Date): Promise<string> {
  const { organization_id } = actor
  return inTransaction(db, async (tx) => {
    await foundMember(tx, organization_id, step.owner_id)
    const person_id = await lockPerson(tx, actor, who)
    const open = await openSteps(tx, organization_id, person_id)
    if (
      open.some((each) => each.title === step.title && each.owner_id === step.owner_id && each.due_on === step.due_on)
    )
      return person_id
    for (const { task_id } of open) await endTask(tx, actor, task_id, { as: 'moved_on', outcome: null }, now)
    const { task_id } = await tx
      .insertInto('task')
      .values({
        organization_id,
        kind: 'next_step',
        person_id,
        title: step.title,
        owner_id: step.owner_id,
        due_on: step.due_on,
        snoozed_until: null,
        one_on_one_id: step.one_on_one_id ?? null,
        tell_owner_since: tellsOwner(actor, step.owner_id, now),
        made_by: actor.name,
        made_at: now,
        ended_by: null,
        ended_as: null,
        outcome: null,
      })
      .returning('task_id')
      .executeTakeFirstOrThrow()
    const { owner_id, due_on } = step
    await audit(tx, actor, {
      action: 'task.next_step',
      subject: 'task',
      subject_id: task_id,
      after: { person_id, owner_id, due_on },
    })
    await mailOwner(tx, actor, owner_id)
    return person_id
  })
}

const openSteps = (tx: Db, organization_id: string, person_id: string) =>
  tx
    .selectFrom('task')
    .select(['task_id', 'title', 'owner_id', 'due_on'])
    .where('organization_id', '=', organization_id)
    .where('person_id', '=', person_id)
    .where('kind', '=', 'next_step')
    .where('ended_at', 'is', null)
    .execute()

export interface NewTask {
  title: string
  /** The same by language, where it was written in several. */
  titles?: Record<string, string>
  owner_id: string | null
  due_on: string | null
  /** 'v123' or a person's id; null: about nobody. */
  who: string | null
  /** At which event it was agreed; one of the organization's. */
  event_id?: string
  /** For which help somebody asked for; one of the organization's. */
  case_id?: string
  /** Whom it is about does it themselves: of an event, with `who`. */
  taken_on?: boolean
}

export function addTask(db: Db, actor: Actor, { who, titles, ...task }: NewTask, now: Date): Promise<string> {
  const { organization_id } = actor
  return inTransaction(db, async (tx) => {
    if (task.owner_id) await foundMember(tx, organization_id, task.owner_id)
    const person_id = who ? await personOf(tx, actor, who) : null
    const { task_id } = await tx
      .insertInto('task')
      .values({
        organization_id,
        kind: 'task',
        person_id,
        ...task,
        titles: titles ? JSON.stringify(titles) : null,
        tell_owner_since: tellsOwner(actor, task.owner_id, now),
        snoozed_until: null,
        one_on_one_id: null,
        made_by: actor.name,
        made_at: now,
        ended_by: null,
        ended_as: null,
        outcome: null,
      })
      .returning('task_id')
      .executeTakeFirstOrThrow()
    const { title: _, ...logged } = task
    await audit(tx, actor, {
      action: 'task.add',
      subject: 'task',
      subject_id: task_id,
      after: { person_id, ...logged },
    })
    await mailOwner(tx, actor, task.owner_id)
    return task_id
  })
}

/** The same task about each of these people of the organization, who came together at an event. One entry tells of all. */
export function addTasksAbout(
  db: Db,
  actor: Actor,
  people: readonly string[],
  task: { title: string; owner_id: string; due_on: string; event_id: string },
  now: Date,
): Promise<void> {
  const { organization_id } = actor
  return inTransaction(db, async (tx) => {
    await foundMember(tx, organization_id, task.owner_id)
    if (people.length === 0) return
    await sql`insert into task (organization_id, kind, person_id, title, owner_id, due_on, event_id, tell_owner_since, made_by, made_at)
      select ${organization_id}::uuid, 'task', person_id, ${task.title}::text, ${task.owner_id}::uuid, ${task.due_on}::date, ${task.event_id}::uuid,
        ${tellsOwner(actor, task.owner_id, now)}::timestamptz, ${actor.name}::text, ${now}::timestamptz from unnest(${[...people]}::uuid[]) as p (person_id)`.execute(
      tx,
    )
    const { event_id, owner_id, due_on } = task
    await audit(tx, actor, {
      action: 'task.add',
      subject: 'event',
      subject_id: event_id,
      after: { people: people.length, owner_id, due_on },
    })
    await mailOwner(tx, actor, owner_id)
  })
}

const foundMember = async (tx: Db, organization_id: string, user_id: string): Promise<void> =>
  void found((await presentMembers(tx, organization_id)).find((each) => each.user_id === user_id))

/** Whose it must be: `mine` binds to the actor's own and what they took on, what others have is not found. */
interface Which {
  mine?: boolean
}

/** Done, or left for something else. What is over already stays as it is. */
export function endTask(
  db: Db,
  actor: Actor,
  task_id: string,
  { as, outcome, mine = false }: { as: TaskEnd; outcome: string | null } & Which,
  now: Date,
): Promise<void> {
  return inTransaction(db, async (tx) => {
    const task = await lockTask(tx, actor, task_id, mine)
    if (task.ended_at) return
    await tx
      .updateTable('task')
      .set({
        ...{ ended_at: now, ended_by: actor.name, ended_as: as, outcome },
        // Who ends their own knows of it.
        ...(actor.id === task.owner_id && { tell_owner_since: null }),
      })
      .where('organization_id', '=', actor.organization_id)
      .where('task_id', '=', task_id)
      .execute()
    await audit(tx, actor, {
      action: as === 'done' ? 'task.done' : 'task.moved_on',
      subject: 'task',
      subject_id: task_id,
      after: { person_id: task.person_id, has_text: outcome !== null },
    })
    if (as === 'moved_on')
      await tellWhoTookItOn(tx, actor, { ...task, task_id }, { before: { ...task, is_off: false }, after: { ...task, is_off: true } }) // prettier-ignore
  })
}

/** Takes back that it is over. A next step is the one open again: another set meanwhile is moved on from. */
export function reopenTask(
  db: Db,
  actor: Actor,
  task_id: string,
  now: Date,
  { mine = false }: Which = {},
): Promise<void> {
  return inTransaction(db, async (tx) => {
    const task = await lockTask(tx, actor, task_id, mine)
    const { ended_as, kind, person_id, case_id, owner_id, tell_owner_since } = task
    if (!ended_as) return
    if (case_id && (await isClosed(tx, actor.organization_id, case_id))) throw new Conflict()
    if (kind === 'next_step' && person_id)
      for (const each of await openSteps(tx, actor.organization_id, person_id))
        await endTask(tx, actor, each.task_id, { as: 'moved_on', outcome: null }, now)
    await tx
      .updateTable('task')
      .set({
        ended_at: null,
        ended_by: null,
        ended_as: null,
        outcome: null,
        ...(actor.id === owner_id && { tell_owner_since: null }),
      })
      .where('organization_id', '=', actor.organization_id)
      .where('task_id', '=', task_id)
      .execute()
    await audit(tx, actor, { action: 'task.reopen', subject: 'task', subject_id: task_id })
    // While it was over the mail of it may have gone to nobody.
    if (tell_owner_since) await mailOwner(tx, actor, owner_id)
    if (ended_as === 'moved_on')
      await tellWhoTookItOn(tx, actor, { ...task, task_id }, { before: { ...task, is_off: true }, after: { ...task, is_off: false } }) // prettier-ignore
  })
}

/** Out of sight until a day; it is due when it is due. */
export function snoozeTask(
  db: Db,
  actor: Actor,
  task_id: string,
  until: string,
  { mine = false }: Which = {},
): Promise<void> {
  return inTransaction(db, async (tx) => {
    const { snoozed_until } = await lockTask(tx, actor, task_id, mine)
    await tx
      .updateTable('task')
      .set({ snoozed_until: until })
      .where('organization_id', '=', actor.organization_id)
      .where('task_id', '=', task_id)
      .execute()
    await audit(tx, actor, {
      action: 'task.snooze',
      subject: 'task',
      subject_id: task_id,
      before: { snoozed_until },
      after: { snoozed_until: until },
    })
  })
}

/** Gives it to somebody, with a day. */
export function assignTask(
  db: Db,
  actor: Actor,
  task_id: string,
  given: { owner_id: string | null; due_on: string | null },
  now: Date,
): Promise<void> {
  const { organization_id } = actor
  return inTransaction(db, async (tx) => {
    if (given.owner_id) await foundMember(tx, organization_id, given.owner_id)
    const task = await lockTask(tx, actor, task_id, false)
    const { kind, owner_id, due_on } = task
    // A next step is never without a day.
    const after = { owner_id: given.owner_id, due_on: given.due_on ?? (kind === 'next_step' ? due_on : null) }
    if (after.owner_id === owner_id && after.due_on === due_on) return
    await tx
      .updateTable('task')
      .set({
        ...after,
        snoozed_until: null,
        ...(after.owner_id !== owner_id && { tell_owner_since: tellsOwner(actor, after.owner_id, now) }),
      })
      .where('organization_id', '=', organization_id)
      .where('task_id', '=', task_id)
      .execute()
    await audit(tx, actor, {
      action: 'task.assign',
      subject: 'task',
      subject_id: task_id,
      before: { owner_id, due_on },
      after,
    })
    if (!task.ended_as && after.owner_id !== owner_id) await mailOwner(tx, actor, after.owner_id)
    if (!task.ended_as)
      await tellWhoTookItOn(tx, actor, { ...task, task_id }, { before: { ...task, is_off: false }, after: { ...after, is_off: false } }) // prettier-ignore
  })
}

/** Help that is closed has nothing open: it is opened again first. */
const isClosed = async (tx: Db, organization_id: string, case_id: string): Promise<boolean> => {
  const help = await tx
    .selectFrom('help_case')
    .select('closed_at')
    .where('organization_id', '=', organization_id)
    .where('case_id', '=', case_id)
    .executeTakeFirst()
  return help?.closed_at !== null
}

const lockTask = async (tx: Db, actor: Actor, task_id: string, mine: boolean) =>
  found(
    await tx
      .selectFrom('task as t')
      .select([
        'kind',
        'person_id',
        'case_id',
        'title',
        'owner_id',
        'due_on',
        'taken_on',
        'snoozed_until',
        'ended_at',
        'ended_as',
        'tell_owner_since',
      ])
      .where('organization_id', '=', actor.organization_id)
      .where('task_id', '=', task_id)
      .$if(mine, (asked) => asked.where(isTheirs(actor.id)))
      .forUpdate()
      .executeTakeFirst(),
  )
