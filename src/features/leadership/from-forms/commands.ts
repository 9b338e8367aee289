import type { Actor } from '../../../platform/actor.ts'
import { audit, systemActor } from '../../../platform/audit.ts'
import { addDays, dateIn } from '../../../platform/clock.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { found } from '../../../platform/errors.ts'
import { lockPerson } from '../ladder/commands.ts'
import { presentMembers } from '../ladder/queries.ts'
import { mailOwner, tellsOwner } from '../tasks/given.ts'
import '../tables.ts'
import { answerOf, rulesOf } from './queries.ts'
import { firstFitting } from './rules.ts'

export interface NewFormRule {
  question: string | null
  answer: string | null
  title: string
  owner_id: string
  due_days: number
}

/** Who answers the form so from now on gets this next step, after the rules that are there. */
export function addFormRule(db: Db, actor: Actor, form_id: string, rule: NewFormRule, now: Date): Promise<void> {
  const { organization_id } = actor
  return inTransaction(db, async (tx) => {
    found((await presentMembers(tx, organization_id)).find(({ user_id }) => user_id === rule.owner_id))
    const { rule_id } = await tx
      .insertInto('form_next_step')
      .values({ organization_id, form_id, ...rule, made_by: actor.name, made_at: now })
      .returning('rule_id')
      .executeTakeFirstOrThrow()
    await audit(tx, actor, {
      action: 'form.next_step_add',
      subject: 'form',
      subject_id: form_id,
      after: { rule_id, ...rule },
    })
  })
}

/** Next steps that were set by it stay. */
export function removeFormRule(db: Db, actor: Actor, form_id: string, rule_id: string, now: Date): Promise<void> {
  const { organization_id } = actor
  return inTransaction(db, async (tx) => {
    const removed = found(
      await tx
        .updateTable('form_next_step')
        .set({ removed_at: now })
        .where('organization_id', '=', organization_id)
        .where('form_id', '=', form_id)
        .where('rule_id', '=', rule_id)
        .where('removed_at', 'is', null)
        .returning(['rule_id', 'title'])
        .executeTakeFirst(),
    )
    await audit(tx, actor, { action: 'form.next_step_remove', subject: 'form', subject_id: form_id, before: removed })
  })
}

/**
 * Sets what an answer asks for next, once. Where somebody agreed on a next step with the person already, that one stays and this
 * is a task about them; where its owner has left, it is nobody's task, for whoever takes it.
 */
export function askNext(db: Db, organization_id: string, response_id: string, now: Date): Promise<void> {
  return inTransaction(db, async (tx) => {
    const answer = await answerOf(tx, organization_id, response_id)
    const rule = answer && firstFitting(await rulesOf(tx, organization_id, answer.form_id), answer.answers)
    if (!rule) return
    const actor = systemActor(organization_id, answer.form)
    const person_id = await lockPerson(tx, actor, answer.person_id)
    const steps = await tx
      .selectFrom('task')
      .select('task_id')
      .where('organization_id', '=', organization_id)
      .where('person_id', '=', person_id)
      .where('kind', '=', 'next_step')
      .where('ended_at', 'is', null)
      .execute()
    const { time_zone } = await tx
      .selectFrom('organization')
      .select('time_zone')
      .where('organization_id', '=', organization_id)
      .executeTakeFirstOrThrow()
    const asked = {
      kind: steps.length === 0 && rule.owner !== null ? ('next_step' as const) : ('task' as const),
      person_id,
      title: rule.title,
      owner_id: rule.owner === null ? null : rule.owner_id,
      due_on: addDays(dateIn(time_zone, answer.received_at), rule.due_days),
    }
    const added = await tx
      .insertInto('task')
      .values({
        organization_id,
        ...asked,
        response_id,
        tell_owner_since: tellsOwner(actor, asked.owner_id, now),
        snoozed_until: null,
        one_on_one_id: null,
        made_by: actor.name,
        made_at: now,
        ended_by: null,
        ended_as: null,
        outcome: null,
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning('task_id')
      .executeTakeFirst()
    if (!added) return
    const { kind, title: _, ...after } = asked
    await audit(tx, actor, {
      action: kind === 'next_step' ? 'task.next_step' : 'task.add',
      subject: 'task',
      subject_id: added.task_id,
      after: { ...after, form_id: answer.form_id },
    })
    await mailOwner(tx, actor, asked.owner_id)
  })
}
