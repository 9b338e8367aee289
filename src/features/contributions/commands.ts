import { sql, type Updateable } from 'kysely'
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import { addDays } from '../../platform/clock.ts'
import { inTransaction, type Db } from '../../platform/db/db.ts'
import { Conflict, found } from '../../platform/errors.ts'
import { presentMembers } from '../leadership/ladder/queries.ts'
import { addTask, endTask } from '../leadership/tasks/commands.ts'
import { contributionById, verdictFor, type Contribution } from './queries.ts'
import { stepsFrom } from './rules.ts'
import type { ApproveForm, ContributionForm, ContributionState, GiveForm, RefundForm } from './schema.ts'
import './tables.ts'
import type { ContributionTable } from './tables.ts'

export interface At {
  now: Date
  today: string
}

export function proposeContribution(
  db: Db,
  actor: Actor,
  { amount, ...form }: ContributionForm,
  now: Date,
): Promise<string> {
  return inTransaction(db, async (tx) => {
    const { contribution_id } = await tx
      .insertInto('contribution')
      .values({
        organization_id: actor.organization_id,
        ...form,
        amount_cents: amount,
        proposed_by: actor.name,
        proposed_by_id: actor.id,
        proposed_at: now,
      })
      .returning('contribution_id')
      .executeTakeFirstOrThrow()
    await audit(tx, actor, {
      action: 'contribution.propose',
      subject: 'contribution',
      subject_id: contribution_id,
      after: { ...form, amount_cents: amount },
    })
    return contribution_id
  })
}

export type Decided = { ok: true } | { ok: false; problem: 'prohibited' | 'over_limit' | 'limit_unknown' }

/** The decision. What the law forbids or what is over a known limit is not approved; where none is known somebody says what they found. */
export function approve(db: Db, actor: Actor, contribution_id: string, form: ApproveForm, words: TaskWords, at: At): Promise<Decided> {
  return step(db, actor, contribution_id, 'approved', async (tx, before) => {
    const { decided_in, decided_on, checked_limit } = form
    const verdict = await verdictFor(tx, actor.organization_id, { ...before, decided_on }, at.today)
    if (verdict.kind === 'prohibited') return { ok: false, problem: 'prohibited' }
    if (verdict.kind === 'limited' && verdict.is_over) return { ok: false, problem: 'over_limit' }
    if (verdict.kind === 'unknown' && !checked_limit) return { ok: false, problem: 'limit_unknown' }
    const task_id = await tellTreasurer(tx, actor, before, words, at)
    const known = { decided_in, decided_on, checked_limit: checked_limit || null }
    await set(tx, before, { state: 'approved', ...known, approved_by: actor.name, approved_at: at.now, task_id })
    await audit(tx, actor, { action: 'contribution.approve', subject: 'contribution', subject_id: contribution_id, after: known })
    return { ok: true }
  })
} // prettier-ignore

/** What the treasurer reads in their tasks, by language. */
export type TaskWords = (contribution: Contribution) => Record<string, string>

async function tellTreasurer(tx: Db, actor: Actor, of: Contribution, words: TaskWords, { now, today }: At) {
  const team = await presentMembers(tx, actor.organization_id)
  const treasurer = team.find(({ roles }) => roles.includes('treasurer'))
  const titles = words(of)
  const title = titles.en ?? Object.values(titles)[0] ?? ''
  const due_on = of.held_on > addDays(today, 7) ? addDays(today, 7) : today
  return addTask(tx, actor, { title, titles, owner_id: treasurer?.user_id ?? null, due_on, who: null }, now)
}

/** It left the account: by which way, and under which number. */
export function give(db: Db, actor: Actor, contribution_id: string, form: GiveForm, at: At): Promise<Decided> {
  return step(db, actor, contribution_id, 'given', async (tx, before) => {
    const verdict = await verdictFor(tx, actor.organization_id, { ...before, given_on: form.given_on }, at.today)
    if (verdict.kind === 'prohibited') return { ok: false, problem: 'prohibited' }
    if (verdict.kind === 'limited' && verdict.is_over) return { ok: false, problem: 'over_limit' }
    if (verdict.kind === 'unknown' && !before.checked_limit) return { ok: false, problem: 'limit_unknown' }
    await set(tx, before, { state: 'given', ...form, given_by: actor.name, given_at: at.now })
    if (before.task_id) await endTask(tx, actor, before.task_id, { as: 'done', outcome: null }, at.now)
    await audit(tx, actor, { action: 'contribution.give', subject: 'contribution', subject_id: contribution_id, after: { ...form } })
    return { ok: true }
  })
} // prettier-ignore

/** It came back, all of it or a part. */
export function refund(
  db: Db,
  actor: Actor,
  contribution_id: string,
  { refunded, ...form }: RefundForm,
): Promise<{ ok: true } | { ok: false; problem: 'refund_too_much' }> {
  return step(db, actor, contribution_id, 'refunded', async (tx, before) => {
    if (refunded > before.amount_cents) return { ok: false as const, problem: 'refund_too_much' as const }
    await set(tx, before, { state: 'refunded', ...form, refunded_cents: refunded, refunded_by: actor.name })
    await audit(tx, actor, {
      action: 'contribution.refund',
      subject: 'contribution',
      subject_id: contribution_id,
      after: { ...form, refunded_cents: refunded },
    })
    return { ok: true as const }
  })
}

/** Nothing is given after all. */
export function drop(db: Db, actor: Actor, contribution_id: string, at: At): Promise<{ ok: true }> {
  return step(db, actor, contribution_id, 'dropped', async (tx, before) => {
    await set(tx, before, { state: 'dropped', dropped_by: actor.name, dropped_at: at.now })
    if (before.task_id) await endTask(tx, actor, before.task_id, { as: 'moved_on', outcome: null }, at.now)
    await audit(tx, actor, { action: 'contribution.drop', subject: 'contribution', subject_id: contribution_id })
    return { ok: true }
  })
}

/** One step after the other over all gifts of an organization: two at once do not both pass one limit. */
function step<Done>(
  db: Db,
  actor: Actor,
  contribution_id: string,
  to: ContributionState,
  work: (tx: Db, before: Contribution) => Promise<Done>,
): Promise<Done> {
  return inTransaction(db, async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended('contributions ' || ${actor.organization_id}, 0))`.execute(
      tx,
    )
    const before = found(await contributionById(tx, actor.organization_id, contribution_id))
    if (!stepsFrom[before.state].includes(to)) throw new Conflict()
    return work(tx, before)
  })
}

const set = (
  tx: Db,
  { organization_id, contribution_id }: Contribution,
  values: Updateable<ContributionTable>,
): Promise<unknown> =>
  tx
    .updateTable('contribution')
    .set(values)
    .where('organization_id', '=', organization_id)
    .where('contribution_id', '=', contribution_id)
    .execute()
