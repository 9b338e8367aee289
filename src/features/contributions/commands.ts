import { sql, type Updateable } from 'kysely'
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import { addDays } from '../../platform/clock.ts'
import { inTransaction, type Db } from '../../platform/db/db.ts'
import { Conflict, found } from '../../platform/errors.ts'
import { presentMembers } from '../leadership/ladder/queries.ts'
import { addTask, endTask } from '../leadership/tasks/commands.ts'
import { isOpenTask } from '../leadership/tasks/queries.ts'
import { contributionById, knownPayers, refundsOf, verdictFor, type Contribution, type Standing } from './queries.ts'
import { givenThough, payerKey, stepsFrom } from './rules.ts'
import type {
  ApproveForm,
  ContributionForm,
  ContributionState,
  FindingForm,
  GivenThough,
  GiveForm,
  RefundForm,
} from './schema.ts'
import './tables.ts'
import type { ContributionTable } from './tables.ts'

export interface At {
  now: Date
  today: string
}

export type Proposed = { ok: true; contribution_id: string } | { ok: false; problem: 'payer_kind_differs' }

/** A payer that is known is what it was before, unless somebody says that this changed. */
export function proposeContribution(
  db: Db,
  actor: Actor,
  { amount, kind_changed, ...form }: ContributionForm,
  now: Date,
): Promise<Proposed> {
  return inTransaction(db, async (tx) => {
    const known = (await knownPayers(tx, actor.organization_id)).find(
      ({ payer }) => payerKey(payer) === payerKey(form.payer),
    )
    if (known && known.payer_kind !== form.payer_kind && !kind_changed)
      return { ok: false, problem: 'payer_kind_differs' }
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
    return { ok: true, contribution_id }
  })
}

export type Decided = { ok: true } | { ok: false; problem: GivenThough }

/** What somebody found where no limit is known; nothing where they wrote down none. */
function foundIn({ checked_limit_cents, checked_basis, checked_limit, checked_on }: FindingForm) {
  return checked_limit_cents === null ? {} : { checked_limit_cents, checked_basis, checked_limit, checked_on }
}

/** The decision. What the law forbids, or what is over a known limit or over the one that was found, is not approved. */
export function approve(db: Db, actor: Actor, contribution_id: string, form: ApproveForm, words: TaskWords, at: At): Promise<Decided> {
  return step(db, actor, contribution_id, 'approved', async (tx, before) => {
    const { decided_in, decided_on, ...finding } = form
    const known = { decided_in, decided_on, ...foundIn(finding) }
    const problem = givenThough(await verdictFor(tx, { ...before, ...known, state: 'proposed' }, at.today))
    if (problem) return { ok: false, problem }
    const task_id = await tellTreasurer(tx, actor, before, words, at)
    await set(tx, before, { state: 'approved', ...known, approved_by: actor.name, approved_at: at.now, task_id })
    await audit(tx, actor, { action: 'contribution.approve', subject: 'contribution', subject_id: contribution_id, after: known })
    return { ok: true }
  })
} // prettier-ignore

const notDropped = { dropped_by: null, dropped_at: null, drop_reason: null }

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

/**
 * It left the account: by which way, and under which number. What happened is recorded whatever the limit says; what spoke against it
 * stands with it, and the treasurer is asked to get back what is too much.
 */
export function give(db: Db, actor: Actor, contribution_id: string, form: GiveForm, words: TaskWords, at: At): Promise<{ ok: true }> {
  return step(db, actor, contribution_id, 'given', async (tx, before) => {
    if (before.state === 'dropped' && !before.decided_on) throw new Conflict()
    const { given_on, method, reference, ...finding } = form
    const known = { given_on, method, reference, ...foundIn(finding) }
    const verdict = await verdictFor(tx, { ...before, ...known, state: 'given', given_at: at.now }, at.today)
    const given_though = givenThough(verdict)
    if (before.task_id) await endTask(tx, actor, before.task_id, { as: 'done', outcome: null }, at.now)
    const task_id = isTooMuch(verdict) ? await tellTreasurer(tx, actor, { ...before, state: 'given' }, words, at) : before.task_id
    await set(tx, before, { state: 'given', ...known, given_by: actor.name, given_at: at.now, given_though, task_id, ...notDropped })
    await audit(tx, actor, { action: 'contribution.give', subject: 'contribution', subject_id: contribution_id, after: { ...known, given_though } })
    return { ok: true }
  })
} // prettier-ignore

const isTooMuch = ({ kind }: Standing): boolean => kind === 'prohibited' || kind === 'over'

/**
 * What limit was found for one that is paid already, or another than was found before: read anew, or typed rightly. Whoever is to
 * ask for money back is told once, and no more where nothing is too much.
 */
export function findLimit(db: Db, actor: Actor, contribution_id: string, form: FindingForm, words: TaskWords, at: At): Promise<{ ok: true }> {
  return locked(db, actor, contribution_id, async (tx, before) => {
    const isPaid = before.state === 'given' || before.state === 'refunded'
    if (!isPaid && !(before.state === 'approved' && before.checked_limit_cents !== null)) throw new Conflict()
    const known = foundIn(form)
    const verdict = await verdictFor(tx, { ...before, ...known }, at.today)
    if (verdict.is_known || verdict.prohibited) throw new Conflict()
    const given_though = isPaid ? givenThough(verdict) : null
    const task_id = isPaid ? await askBack(tx, actor, before, isTooMuch(verdict), words, at) : before.task_id
    await set(tx, before, { ...known, given_though, task_id })
    const { checked_limit_cents, checked_basis, checked_limit, checked_on } = before
    await audit(tx, actor, {
      action: 'contribution.find_limit',
      subject: 'contribution',
      subject_id: contribution_id,
      ...(checked_limit_cents !== null && { before: { checked_limit_cents, checked_basis, checked_limit, checked_on } }),
      after: { ...known, given_though },
    })
    return { ok: true }
  })
} // prettier-ignore

/** The task to ask for money back: the one that is open already, a new one, or none. */
async function askBack(tx: Db, actor: Actor, before: Contribution, isNeeded: boolean, words: TaskWords, at: At): Promise<string | null> {
  const open = before.task_id && (await isOpenTask(tx, before.organization_id, before.task_id)) ? before.task_id : null
  if (isNeeded) return open ?? tellTreasurer(tx, actor, before, words, at)
  if (open) await endTask(tx, actor, open, { as: 'moved_on', outcome: null }, at.now)
  return before.task_id
} // prettier-ignore

export type Refunded = { ok: true } | { ok: false; problem: 'refund_too_much' | 'refund_too_early' }

/** It came back, all of it or a part; the rest may follow. */
export function refund(
  db: Db,
  actor: Actor,
  contribution_id: string,
  { refunded, ...form }: RefundForm,
  at: At,
): Promise<Refunded> {
  return step(db, actor, contribution_id, 'refunded', async (tx, before): Promise<Refunded> => {
    const refunded_cents = (before.refunded_cents ?? 0) + refunded
    if (refunded_cents > before.amount_cents) return { ok: false, problem: 'refund_too_much' }
    if (form.refunded_on < (before.given_on ?? '')) return { ok: false, problem: 'refund_too_early' }
    const { organization_id } = before
    const n = (await refundsOf(tx, before)).length + 1
    await tx
      .insertInto('contribution_refund')
      .values({ organization_id, contribution_id, n, ...form, refunded_cents: refunded, refunded_by: actor.name })
      .execute()
    const refunded_on = form.refunded_on > (before.refunded_on ?? '') ? form.refunded_on : before.refunded_on
    const isAllBack = refunded_cents === before.amount_cents
    const given_though = isAllBack ? null : givenThough(await verdictFor(tx, { ...before, refunded_cents }, at.today))
    const now = { state: 'refunded', refunded_cents, refunded_on, refunded_by: actor.name, given_though } as const
    await set(tx, before, { ...now, refund_reference: form.refund_reference })
    if (before.task_id && !given_though) await endTask(tx, actor, before.task_id, { as: 'done', outcome: null }, at.now)
    await audit(tx, actor, {
      action: 'contribution.refund',
      subject: 'contribution',
      subject_id: contribution_id,
      after: { ...form, refunded_cents: refunded },
    })
    return { ok: true }
  })
}

/** Nothing is given after all: a proposal by whoever proposes, what was approved by board or treasurer, with a reason. */
export function drop(db: Db, actor: Actor, contribution_id: string, drop_reason: string | null, at: At): Promise<{ ok: true }> {
  return step(db, actor, contribution_id, 'dropped', async (tx, before) => {
    if ((before.state === 'approved') !== (drop_reason !== null)) throw new Conflict()
    await set(tx, before, { state: 'dropped', dropped_by: actor.name, dropped_at: at.now, drop_reason })
    if (before.task_id) await endTask(tx, actor, before.task_id, { as: 'moved_on', outcome: null }, at.now)
    await audit(tx, actor, { action: 'contribution.drop', subject: 'contribution', subject_id: contribution_id, after: { drop_reason } })
    return { ok: true }
  })
} // prettier-ignore

/** It was called off by mistake: as it was before, where its limit still has room for it. */
export function takeUp(db: Db, actor: Actor, contribution_id: string, words: TaskWords, at: At): Promise<Decided> {
  return locked(db, actor, contribution_id, async (tx, before): Promise<Decided> => {
    if (before.state !== 'dropped') return { ok: true } // pressed twice, or somebody was quicker
    const state = before.decided_on ? 'approved' : 'proposed'
    const problem = before.decided_on && givenThough(await verdictFor(tx, before, at.today))
    if (problem) return { ok: false, problem }
    const task_id = before.decided_on ? await tellTreasurer(tx, actor, before, words, at) : null
    await set(tx, before, { state, task_id, ...notDropped })
    await audit(tx, actor, { action: 'contribution.take_up', subject: 'contribution', subject_id: contribution_id })
    return { ok: true }
  })
} // prettier-ignore

/** One step after the other over all gifts of an organization: two at once do not both pass one limit. */
const step = <Done>(
  db: Db,
  actor: Actor,
  contribution_id: string,
  to: ContributionState,
  work: (tx: Db, before: Contribution) => Promise<Done>,
): Promise<Done> =>
  locked(db, actor, contribution_id, (tx, before) => {
    if (!stepsFrom[before.state].includes(to)) throw new Conflict()
    return work(tx, before)
  })

function locked<Done>(
  db: Db,
  actor: Actor,
  contribution_id: string,
  work: (tx: Db, before: Contribution) => Promise<Done>,
): Promise<Done> {
  return inTransaction(db, async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended('contributions ' || ${actor.organization_id}, 0))`.execute(
      tx,
    )
    return work(tx, found(await contributionById(tx, actor.organization_id, contribution_id)))
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
