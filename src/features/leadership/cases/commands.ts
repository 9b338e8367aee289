import type { Actor } from '../../../platform/actor.ts'
import { audit } from '../../../platform/audit.ts'
import { addDays } from '../../../platform/clock.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { Conflict, found } from '../../../platform/errors.ts'
import { localized } from '../../../platform/i18n/languages.ts'
import { lockPerson } from '../ladder/commands.ts'
import '../tables.ts'
import { addTask, assignTask, endTask } from '../tasks/commands.ts'
import { caseKinds, caseOwners } from './queries.ts'
import type { CaseEnd, Milestone } from './schema.ts'

export interface NewCase {
  who: string
  kind_id: string
  title: string
  about: string | null
  owner_id: string | null
}

/** Somebody asks for help. What a case of its kind begins with are tasks of whoever sees to it, each reader's in their language. */
export function openCase(
  db: Db,
  actor: Actor,
  { who, ...asked }: NewCase,
  { today, language, now }: { today: string; language: string; now: Date },
): Promise<string> {
  const { organization_id } = actor
  return inTransaction(db, async (tx) => {
    if (asked.owner_id) await foundOwner(tx, organization_id, asked.owner_id)
    const kinds = await caseKinds(tx, organization_id)
    const kind = found(kinds.find(({ kind_id, archived_at }) => kind_id === asked.kind_id && !archived_at))
    const person_id = await lockPerson(tx, actor, who)
    const { case_id } = await tx
      .insertInto('help_case')
      .values({ organization_id, ...asked, person_id, opened_on: today, made_by: actor.name, made_at: now })
      .returning('case_id')
      .executeTakeFirstOrThrow()
    await audit(tx, actor, { action: 'case.open', subject: 'help_case', subject_id: case_id, after: { ...logged(asked), kind_id: asked.kind_id, person_id } }) // prettier-ignore
    for (const { name, days } of kind.milestones)
      await addTask(tx, actor, { title: localized(name, language).text, titles: name, owner_id: asked.owner_id, due_on: addDays(today, days), who: person_id, case_id }, now) // prettier-ignore
    return case_id
  })
}

export interface CaseFacts {
  title: string
  about: string | null
  owner_id: string | null
}

export function saveCase(db: Db, actor: Actor, case_id: string, facts: CaseFacts, now: Date): Promise<void> {
  const { organization_id } = actor
  return inTransaction(db, async (tx) => {
    if (facts.owner_id) await foundOwner(tx, organization_id, facts.owner_id)
    const { title, about, owner_id } = await lockCase(tx, organization_id, case_id)
    const before = { title, about, owner_id }
    if (JSON.stringify(before) === JSON.stringify(facts)) return
    await tx
      .updateTable('help_case')
      .set(facts)
      .where('organization_id', '=', organization_id)
      .where('case_id', '=', case_id)
      .execute()
    await audit(tx, actor, { action: 'case.update', subject: 'help_case', subject_id: case_id, before: logged(before), after: logged(facts) }) // prettier-ignore
    if (owner_id === facts.owner_id) return
    // What was theirs to do for it goes along.
    const theirs = await tx
      .selectFrom('task')
      .select(['task_id', 'due_on'])
      .where('organization_id', '=', organization_id)
      .where('case_id', '=', case_id)
      .where('owner_id', 'is not distinct from', owner_id)
      .where('ended_at', 'is', null)
      .execute()
    for (const { task_id, due_on } of theirs)
      await assignTask(tx, actor, task_id, { owner_id: facts.owner_id, due_on }, now)
  })
}

/** One more thing that is to be done for it. */
export function addMilestone(
  db: Db,
  actor: Actor,
  case_id: string,
  milestone: { title: string; owner_id: string | null; due_on: string | null },
  now: Date,
): Promise<void> {
  return inTransaction(db, async (tx) => {
    const { person_id, closed_at } = await lockCase(tx, actor.organization_id, case_id)
    if (closed_at) throw new Conflict()
    await addTask(tx, actor, { ...milestone, who: person_id, case_id }, now)
  })
}

/** What was still to be done for it is left. */
export function closeCase(
  db: Db,
  actor: Actor,
  case_id: string,
  { closed_as, outcome }: { closed_as: CaseEnd; outcome: string | null },
  now: Date,
): Promise<void> {
  const { organization_id } = actor
  return inTransaction(db, async (tx) => {
    const { closed_at } = await lockCase(tx, organization_id, case_id)
    if (closed_at) return
    const open = await tx
      .selectFrom('task')
      .select('task_id')
      .where('organization_id', '=', organization_id)
      .where('case_id', '=', case_id)
      .where('ended_at', 'is', null)
      .execute()
    for (const { task_id } of open) await endTask(tx, actor, task_id, { as: 'moved_on', outcome: null }, now)
    await tx
      .updateTable('help_case')
      .set({ closed_at: now, closed_by: actor.name, closed_as, outcome })
      .where('organization_id', '=', organization_id)
      .where('case_id', '=', case_id)
      .execute()
    await audit(tx, actor, { action: 'case.close', subject: 'help_case', subject_id: case_id, after: { closed_as } }) // prettier-ignore
  })
}

/** They came back with it: what was left then stays left. */
export function reopenCase(db: Db, actor: Actor, case_id: string): Promise<void> {
  const { organization_id } = actor
  return inTransaction(db, async (tx) => {
    const { closed_as } = await lockCase(tx, organization_id, case_id)
    if (!closed_as) return
    await tx
      .updateTable('help_case')
      .set({ closed_at: null, closed_by: null, closed_as: null, outcome: null })
      .where('organization_id', '=', organization_id)
      .where('case_id', '=', case_id)
      .execute()
    await audit(tx, actor, { action: 'case.reopen', subject: 'help_case', subject_id: case_id, before: { closed_as } }) // prettier-ignore
  })
}

/** A kind of help, and what a case of it begins with; cases that are open stay as they are. */
export function saveCaseKind(
  db: Db,
  actor: Actor,
  kind_id: string | null,
  kind: { name: Record<string, string>; milestones: readonly Milestone[] },
  now: Date,
): Promise<void> {
  const { organization_id } = actor
  return inTransaction(db, async (tx) => {
    const values = { name: JSON.stringify(kind.name), milestones: JSON.stringify(kind.milestones) }
    const before = kind_id === null ? null : found((await caseKinds(tx, organization_id)).find((each) => each.kind_id === kind_id)) // prettier-ignore
    const saved = before
      ? await tx
          .updateTable('help_case_kind')
          .set(values)
          .where('organization_id', '=', organization_id)
          .where('kind_id', '=', before.kind_id)
          .returning('kind_id')
          .executeTakeFirstOrThrow()
      : await tx
          .insertInto('help_case_kind')
          .values({ organization_id, ...values, made_by: actor.name, made_at: now })
          .returning('kind_id')
          .executeTakeFirstOrThrow()
    await audit(tx, actor, {
      action: before ? 'case.kind_update' : 'case.kind_add',
      subject: 'help_case_kind',
      subject_id: saved.kind_id,
      before: before && { name: before.name, milestones: before.milestones },
      after: { ...kind },
    })
  })
}

/** Offered for no new case any more, or again. */
export function archiveCaseKind(db: Db, actor: Actor, kind_id: string, archived_at: Date | null): Promise<void> {
  const { organization_id } = actor
  return inTransaction(db, async (tx) => {
    found(
      await tx
        .updateTable('help_case_kind')
        .set({ archived_at })
        .where('organization_id', '=', organization_id)
        .where('kind_id', '=', kind_id)
        .returning('kind_id')
        .executeTakeFirst(),
    )
    await audit(tx, actor, {
      action: archived_at ? 'case.kind_archive' : 'case.kind_restore',
      subject: 'help_case_kind',
      subject_id: kind_id,
    })
  })
}

/** Whose turn it is, and whether something was written. What people told of themselves is for those who may open the case, not for every reader of the log. */
const logged = ({ about, owner_id }: Pick<CaseFacts, 'about' | 'owner_id'>): Record<string, unknown> => ({
  owner_id,
  has_text: about !== null,
})

const lockCase = async (tx: Db, organization_id: string, case_id: string) =>
  found(
    await tx
      .selectFrom('help_case')
      .select(['title', 'about', 'owner_id', 'person_id', 'closed_at', 'closed_as', 'outcome'])
      .where('organization_id', '=', organization_id)
      .where('case_id', '=', case_id)
      .forUpdate()
      .executeTakeFirst(),
  )

const foundOwner = async (tx: Db, organization_id: string, user_id: string): Promise<void> =>
  void found((await caseOwners(tx, organization_id)).find((each) => each.user_id === user_id))
