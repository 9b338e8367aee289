import { isDeepStrictEqual } from 'node:util'
import type { Actor } from '../../../platform/actor.ts'
import { audit } from '../../../platform/audit.ts'
import { dateIn } from '../../../platform/clock.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { found } from '../../../platform/errors.ts'
import { delegate, type NewDelegation } from '../../access/delegations/commands.ts'
import type { Delegated } from '../../access/permissions.ts'
import { formatDate } from '../../../platform/i18n/formats.ts'
import { localized } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { eventById, kindsOf, organizationById, type Event } from '../../events/queries.ts'
import { whoIs } from '../../people/queries.ts'
import { holdsUntil, isTrained, type TrainingRule } from '../rules.ts'
import { lockPerson } from '../ladder/commands.ts'
import { tell, type ToldHow } from '../telling/commands.ts'
import { delegationRules, kindTrainings, passedBy, trainingsOf, type Passed } from './queries.ts'

type Texts = Record<string, string>

export interface NewRole {
  name: string
  /** Of a body; the room `bodies` looks whether there is a seat. */
  office_id?: string
  from_on: string
  /** Included; null: no end yet. */
  until_on: string | null
}

/** A role with its term. Sent twice it is one. */
export function giveRole(db: Db, actor: Actor, who: string, role: NewRole, now: Date): Promise<string> {
  const { organization_id } = actor
  return inTransaction(db, async (tx) => {
    const person_id = await lockPerson(tx, actor, who)
    const there = await tx
      .selectFrom('person_role')
      .select('role_id')
      .where('organization_id', '=', organization_id)
      .where('person_id', '=', person_id)
      .where('name', '=', role.name)
      .where('office_id', 'is not distinct from', role.office_id ?? null)
      .where('from_on', '=', role.from_on)
      .where('until_on', 'is not distinct from', role.until_on)
      .where('removed_at', 'is', null)
      .executeTakeFirst()
    if (there) return person_id
    const { role_id } = await tx
      .insertInto('person_role')
      .values({ organization_id, person_id, ...role, recorded_by: actor.name, recorded_at: now, removed_by: null })
      .returning('role_id')
      .executeTakeFirstOrThrow()
    await audit(tx, actor, {
      action: 'person_role.give',
      subject: 'person_role',
      subject_id: role_id,
      after: { person_id, ...role },
    })
    return person_id
  })
}

/** The last day of its term is today, or the day it begins where that comes later; one that is over stays as it is. */
export function endRole(db: Db, actor: Actor, role_id: string, today: string): Promise<string> {
  return inTransaction(db, async (tx) => {
    const { person_id, name, from_on, until_on } = await lockRole(tx, actor, role_id)
    const ended_on = from_on > today ? from_on : today
    if (until_on !== null && until_on <= ended_on) return person_id
    await tx
      .updateTable('person_role')
      .set({ until_on: ended_on })
      .where('organization_id', '=', actor.organization_id)
      .where('role_id', '=', role_id)
      .execute()
    await audit(tx, actor, {
      action: 'person_role.end',
      subject: 'person_role',
      subject_id: role_id,
      before: { person_id, name, until_on },
      after: { until_on: ended_on },
    })
    return person_id
  })
}

/** Takes out what was recorded by mistake; it stays in the database. */
export function removeRole(db: Db, actor: Actor, role_id: string, now: Date): Promise<string> {
  return inTransaction(db, async (tx) => {
    const { person_id, name, from_on, until_on } = await lockRole(tx, actor, role_id)
    await tx
      .updateTable('person_role')
      .set({ removed_at: now, removed_by: actor.name })
      .where('organization_id', '=', actor.organization_id)
      .where('role_id', '=', role_id)
      .execute()
    await audit(tx, actor, {
      action: 'person_role.remove',
      subject: 'person_role',
      subject_id: role_id,
      before: { person_id, name, from_on, until_on },
    })
    return person_id
  })
}

/** A role an import gave is gone as if it had never been; what was taken out meanwhile goes too. */
export async function forgetRole(tx: Db, actor: Actor, role_id: string): Promise<void> {
  const gone = await tx
    .deleteFrom('person_role')
    .where('organization_id', '=', actor.organization_id)
    .where('role_id', '=', role_id)
    .returning(['person_id', 'name', 'from_on', 'until_on'])
    .executeTakeFirst()
  if (gone)
    await audit(tx, actor, {
      action: 'person_role.remove',
      subject: 'person_role',
      subject_id: role_id,
      before: { ...gone },
    })
}

const lockRole = async (tx: Db, actor: Actor, role_id: string) =>
  found(
    await tx
      .selectFrom('person_role')
      .select(['person_id', 'name', 'from_on', 'until_on'])
      .where('organization_id', '=', actor.organization_id)
      .where('role_id', '=', role_id)
      .where('removed_at', 'is', null)
      .forUpdate()
      .executeTakeFirst(),
  )

/*
 * Trainings.
 */

export function addTraining(
  db: Db,
  actor: Actor,
  training: { name: Texts; lasts_months: number | null },
): Promise<string> {
  return inTransaction(db, async (tx) => {
    const { training_id } = await tx
      .insertInto('training')
      .values({
        organization_id: actor.organization_id,
        name: JSON.stringify(training.name),
        lasts_months: training.lasts_months,
      })
      .returning('training_id')
      .executeTakeFirstOrThrow()
    await audit(tx, actor, {
      action: 'training.add',
      subject: 'training',
      subject_id: training_id,
      after: { ...training },
    })
    return training_id
  })
}

/** Put away it is offered no more, or offered again. */
export function archiveTraining(db: Db, actor: Actor, training_id: string, archived_at: Date | null): Promise<void> {
  return inTransaction(db, async (tx) => {
    found(
      await tx
        .updateTable('training')
        .set({ archived_at })
        .where('organization_id', '=', actor.organization_id)
        .where('training_id', '=', training_id)
        .returning('training_id')
        .executeTakeFirst(),
    )
    await audit(tx, actor, {
      action: archived_at ? 'training.archive' : 'training.restore',
      subject: 'training',
      subject_id: training_id,
    })
  })
}

/** Which trainings a delegation of this kind asks for. */
export function setDelegationRule(db: Db, actor: Actor, what: Delegated, rule: TrainingRule): Promise<void> {
  const { organization_id } = actor
  return inTransaction(db, async (tx) => {
    const before = (await delegationRules(tx, organization_id))[what] ?? { training_ids: [], asks: 'all' }
    const training_ids = [...new Set(rule.training_ids)].toSorted()
    // Of one training all and any are the same.
    const after: TrainingRule = { training_ids, asks: training_ids.length > 1 ? rule.asks : 'all' }
    if (isDeepStrictEqual(before, after)) return
    await tx
      .deleteFrom('delegation_rule')
      .where('organization_id', '=', organization_id)
      .where('what', '=', what)
      .execute()
    const trainings = await trainingsOf(tx, organization_id, { with_archived: true })
    for (const training_id of training_ids) found(trainings.find((each) => each.training_id === training_id))
    if (training_ids.length > 0)
      await tx
        .insertInto('delegation_rule')
        .values(training_ids.map((training_id) => ({ organization_id, what, training_id, asks: after.asks })))
        .execute()
    await audit(tx, actor, {
      action: 'delegation_rule.set',
      subject: 'delegation_rule',
      subject_id: what,
      before: { ...before },
      after: { ...after },
    })
  })
}

/** Which trainings whoever signs up for an event of a kind should have passed; who lacks one is shown, nobody is kept out. */
export function setKindTrainings(db: Db, actor: Actor, kind: string, wished: readonly string[]): Promise<void> {
  const { organization_id } = actor
  return inTransaction(db, async (tx) => {
    found((await kindsOf(tx, organization_id)).find((each) => each.kind === kind))
    const before = (await kindTrainings(tx, organization_id))[kind] ?? []
    const training_ids = [...new Set(wished)].toSorted()
    if (isDeepStrictEqual(before, training_ids)) return
    await tx
      .deleteFrom('event_kind_training')
      .where('organization_id', '=', organization_id)
      .where('kind', '=', kind)
      .execute()
    // One put away since is kept, and taken in no more.
    const trainings = await trainingsOf(tx, organization_id, { with_archived: true })
    for (const id of training_ids)
      found(
        trainings.find(({ training_id, archived_at }) => training_id === id && (!archived_at || before.includes(id))),
      )
    if (training_ids.length > 0)
      await tx
        .insertInto('event_kind_training')
        .values(training_ids.map((training_id) => ({ organization_id, kind, training_id })))
        .execute()
    await audit(tx, actor, {
      action: 'event_kind.training',
      subject: 'event_kind',
      subject_id: kind,
      before: { training_ids: before },
      after: { training_ids },
    })
  })
}

interface NewPassed {
  training_id: string
  passed_on: string
  /** By coming there. */
  event_id?: string
}

/**
 * Somebody passed a training; how long it holds is the training's. Sent twice it is one; what was recorded by itself is theirs who
 * records the same by hand. `by_coming`: where one put away since is still taught.
 */
export function passTraining(
  db: Db,
  actor: Actor,
  who: string,
  passed: NewPassed,
  now: Date,
  { by_coming = false, follows_attendance = false } = {},
): Promise<string> {
  const { organization_id } = actor
  return inTransaction(db, async (tx) => {
    const { lasts_months } = found(
      (await trainingsOf(tx, organization_id, { with_archived: by_coming })).find(
        ({ training_id }) => training_id === passed.training_id,
      ),
    )
    const person_id = await lockPerson(tx, actor, who)
    const there = (await passedBy(tx, organization_id, person_id)).find(
      ({ training_id, passed_on }) => training_id === passed.training_id && passed_on === passed.passed_on,
    )
    if (there) {
      if (there.follows_attendance && !follows_attendance)
        await takeOver(tx, actor, there, { person_id, ...passed }, now)
      return person_id
    }
    const until_on = holdsUntil(lasts_months, passed.passed_on)
    const { passed_id } = await tx
      .insertInto('training_passed')
      .values({
        organization_id,
        person_id,
        ...passed,
        until_on,
        follows_attendance,
        recorded_by: actor.name,
        recorded_at: now,
        removed_by: null,
      })
      .returning('passed_id')
      .executeTakeFirstOrThrow()
    await audit(tx, actor, {
      action: 'training.pass',
      subject: 'training_passed',
      subject_id: passed_id,
      after: { person_id, ...passed, until_on },
    })
    return person_id
  })
}

/** What had been recorded by itself is recorded by whoever acts, and stays where the attendance is taken back. */
async function takeOver(
  tx: Db,
  actor: Actor,
  { passed_id, until_on }: Passed,
  passed: NewPassed & { person_id: string },
  now: Date,
): Promise<void> {
  await tx
    .updateTable('training_passed')
    .set({ follows_attendance: false, recorded_by: actor.name, recorded_at: now })
    .where('organization_id', '=', actor.organization_id)
    .where('passed_id', '=', passed_id)
    .execute()
  await audit(tx, actor, {
    action: 'training.pass',
    subject: 'training_passed',
    subject_id: passed_id,
    before: { is_automatic: true },
    after: { ...passed, until_on, is_automatic: false },
  })
}

/** Takes out what was recorded by mistake. What was delegated because of it ends only by hand: it may rest on another. */
export function removePassed(
  db: Db,
  actor: Actor,
  passed_id: string,
  now: Date,
  { by_itself = false } = {},
): Promise<string> {
  return inTransaction(db, async (tx) => {
    const { person_id, training_id, passed_on } = found(
      await tx
        .updateTable('training_passed')
        // What somebody took out, no check-in brings back.
        .set({ removed_at: now, removed_by: actor.name, ...(!by_itself && { follows_attendance: false }) })
        .where('organization_id', '=', actor.organization_id)
        .where('passed_id', '=', passed_id)
        .where('removed_at', 'is', null)
        .returning(['person_id', 'training_id', 'passed_on'])
        .executeTakeFirst(),
    )
    await audit(tx, actor, {
      action: 'training.unpass',
      subject: 'training_passed',
      subject_id: passed_id,
      before: { person_id, training_id, passed_on },
    })
    return person_id
  })
}

/*
 * Mentors.
 */

export interface NewMentoring {
  /** 'v123' or a person's id. */
  mentor: string
  from_on: string
  until_on: string | null
  goal: string | null
}

export type Paired = { ok: true; person_id: string } | { ok: false; problem: 'mentor_not_found' | 'same_person' }

/** Sent twice it is one. */
export function pairWithMentor(
  db: Db,
  actor: Actor,
  who: string,
  { mentor, ...pair }: NewMentoring,
  now: Date,
): Promise<Paired> {
  const { organization_id } = actor
  return inTransaction(db, async (tx): Promise<Paired> => {
    if (!(await whoIs(tx, organization_id, mentor))) return { ok: false, problem: 'mentor_not_found' }
    // In one order, so that two pairs made the other way round do not wait for each other for good.
    const locked = new Map<string, string>()
    for (const each of [who, mentor].sort()) locked.set(each, await lockPerson(tx, actor, each))
    const [person_id, mentor_id] = [found(locked.get(who)), found(locked.get(mentor))]
    if (mentor_id === person_id) return { ok: false, problem: 'same_person' }
    const twice = await tx
      .selectFrom('mentoring as m')
      .innerJoin('mentoring_person as a', (join) =>
        join.onRef('a.organization_id', '=', 'm.organization_id').onRef('a.mentoring_id', '=', 'm.mentoring_id'),
      )
      .innerJoin('mentoring_person as b', (join) =>
        join.onRef('b.organization_id', '=', 'm.organization_id').onRef('b.mentoring_id', '=', 'm.mentoring_id'),
      )
      .select('m.mentoring_id')
      .where('m.organization_id', '=', organization_id)
      .where('m.from_on', '=', pair.from_on)
      .where('m.until_on', 'is not distinct from', pair.until_on)
      .where('a.side', '=', 'mentee')
      .where('a.person_id', '=', person_id)
      .where('b.side', '=', 'mentor')
      .where('b.person_id', '=', mentor_id)
      .executeTakeFirst()
    if (twice) return { ok: true, person_id }
    const { mentoring_id } = await tx
      .insertInto('mentoring')
      .values({ organization_id, ...pair, recorded_by: actor.name, recorded_at: now })
      .returning('mentoring_id')
      .executeTakeFirstOrThrow()
    await tx
      .insertInto('mentoring_person')
      .values([
        { organization_id, mentoring_id, side: 'mentee', person_id },
        { organization_id, mentoring_id, side: 'mentor', person_id: mentor_id },
      ])
      .execute()
    await audit(tx, actor, {
      action: 'mentoring.begin',
      subject: 'mentoring',
      subject_id: mentoring_id,
      after: { person_id, other_person_id: mentor_id, ...pair },
    })
    return { ok: true, person_id }
  })
}

/** Today is its last day, or the day it begins where that comes later. Answers whose mentor it was. */
export function endMentoring(db: Db, actor: Actor, mentoring_id: string, today: string): Promise<string> {
  return inTransaction(db, async (tx) => {
    const { from_on, until_on } = found(
      await tx
        .selectFrom('mentoring')
        .select(['from_on', 'until_on'])
        .where('organization_id', '=', actor.organization_id)
        .where('mentoring_id', '=', mentoring_id)
        .forUpdate()
        .executeTakeFirst(),
    )
    const { person_id } = await tx
      .selectFrom('mentoring_person')
      .select('person_id')
      .where('organization_id', '=', actor.organization_id)
      .where('mentoring_id', '=', mentoring_id)
      .where('side', '=', 'mentee')
      .executeTakeFirstOrThrow()
    if (until_on !== null && until_on <= today) return person_id
    const ended_on = from_on > today ? from_on : today
    await tx
      .updateTable('mentoring')
      .set({ until_on: ended_on })
      .where('organization_id', '=', actor.organization_id)
      .where('mentoring_id', '=', mentoring_id)
      .execute()
    await audit(tx, actor, {
      action: 'mentoring.end',
      subject: 'mentoring',
      subject_id: mentoring_id,
      before: { until_on },
      after: { until_on: ended_on },
    })
    return person_id
  })
}

/*
 * Delegations.
 */

export type Delegating =
  /** null: nobody is told, by wish or because it is over. */
  | { ok: true; person_id: string; told: ToldHow | null }
  /** What the rule asks for was not passed, or does not hold to the end. */
  | { ok: false; problem: 'training_needed' | 'account_needed' }

/**
 * Gives something beyond the roles to an account of the person, for a time; after the trainings where a rule asks for some. They
 * hear of it by mail (`tells`), where they may be written to.
 */
export function delegateTo(
  db: Db,
  actor: Actor,
  who: string,
  given: NewDelegation,
  now: Date,
  { tells } = { tells: false },
): Promise<Delegating> {
  const { organization_id } = actor
  return inTransaction(db, async (tx): Promise<Delegating> => {
    const person_id = await lockPerson(tx, actor, who)
    const account = await tx
      .selectFrom('person_account as x')
      .innerJoin('member as m', (join) =>
        join.onRef('m.organization_id', '=', 'x.organization_id').onRef('m.user_id', '=', 'x.user_id'),
      )
      .select('m.user_id')
      .where('x.organization_id', '=', organization_id)
      .where('x.person_id', '=', person_id)
      .where('x.user_id', '=', given.user_id)
      .where('m.ended_at', 'is', null)
      .executeTakeFirst()
    if (!account) return { ok: false, problem: 'account_needed' }
    const rule = (await delegationRules(tx, organization_id))[given.what]
    if (rule && !isTrained(rule, await passedBy(tx, organization_id, person_id), given))
      return { ok: false, problem: 'training_needed' }
    const events: Event[] = []
    for (const event_id of given.event_ids ?? []) events.push(found(await eventById(tx, organization_id, event_id)))
    await delegate(tx, actor, given, now)
    const { time_zone } = await organizationById(tx, organization_id)
    const told =
      tells && given.until_on >= dateIn(time_zone, now)
        ? await tell(tx, organization_id, person_id, 'membership', (t) => delegatedWords(t, given, events))
        : null
    return { ok: true, person_id, told }
  })
}

function delegatedWords(t: Translate, { what: kind, from_on, until_on }: NewDelegation, events: readonly Event[]) {
  const what = t(`delegation.${kind}`)
  const span = { what, from: formatDate(t.language, from_on), until: formatDate(t.language, until_on) }
  const lines = events.map(({ content, starts_at, time_zone }) =>
    [localized(content.title, t.language).text, formatDate(t.language, dateIn(time_zone, starts_at))].join(' · '),
  )
  return {
    subject: t('telling.delegated_subject', { what }),
    text: [
      t(kind === 'door' ? 'telling.delegated_door' : 'telling.delegated', span),
      ...(lines.length > 0 ? [[t('telling.delegated_events'), ...lines].join('\n')] : []),
    ].join('\n\n'),
  }
}
