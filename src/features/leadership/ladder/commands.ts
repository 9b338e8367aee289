import type { Actor } from '../../../platform/actor.ts'
import { audit } from '../../../platform/audit.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { found } from '../../../platform/errors.ts'
import { endDelegationsTo } from '../../access/delegations/commands.ts'
import { personOf } from '../../people/commands.ts'
import { carryNames } from '../../targeting/events.ts'
import { exampleLadder } from './example.ts'
import { isStoodOn, rungsOf, type Rung } from './queries.ts'

type Texts = Record<string, string>

/** The example, in the organization's languages, where there is no ladder yet. */
export function startWithExample(db: Db, actor: Actor, languages: readonly string[]): Promise<void> {
  return inTransaction(db, async (tx) => {
    await lockLadder(tx, actor.organization_id)
    if ((await rungsOf(tx, actor.organization_id, { with_archived: true })).length > 0) return
    const ours = (texts: Texts): Texts =>
      Object.fromEntries(Object.entries(texts).filter(([language]) => languages.includes(language)))
    for (const rung of exampleLadder) await insertRung(tx, actor, ours(rung.name), ours(rung.about))
  })
}

/** A rung on top of the others. */
export function addRung(db: Db, actor: Actor, rung: { name: Texts; about: Texts }): Promise<void> {
  return inTransaction(db, async (tx) => {
    await lockLadder(tx, actor.organization_id)
    await insertRung(tx, actor, rung.name, rung.about)
  })
}

/** Forms about one ladder wait for each other. */
const lockLadder = (tx: Db, organization_id: string) =>
  tx
    .selectFrom('organization')
    .select('organization_id')
    .where('organization_id', '=', organization_id)
    .forNoKeyUpdate()
    .execute()

async function insertRung(tx: Db, actor: Actor, name: Texts, about: Texts): Promise<void> {
  const { organization_id } = actor
  const there = await rungsOf(tx, organization_id, { with_archived: true })
  const { rung_id } = await tx
    .insertInto('rung')
    .values({
      organization_id,
      position: Math.max(0, ...there.map(({ position }) => position)) + 1,
      name: JSON.stringify(name),
      about: JSON.stringify(about),
    })
    .returning('rung_id')
    .executeTakeFirstOrThrow()
  await audit(tx, actor, { action: 'rung.add', subject: 'rung', subject_id: rung_id, after: { name, about } })
}

const rungById = async (tx: Db, organization_id: string, rung_id: string): Promise<Rung> =>
  found((await rungsOf(tx, organization_id, { with_archived: true })).find((each) => each.rung_id === rung_id))

export function changeRung(
  db: Db,
  actor: Actor,
  rung_id: string,
  { name, about }: { name: Texts; about: Texts },
): Promise<void> {
  return inTransaction(db, async (tx) => {
    const before = await rungById(tx, actor.organization_id, rung_id)
    await tx
      .updateTable('rung')
      .set({ name: JSON.stringify(name), about: JSON.stringify(about) })
      .where('organization_id', '=', actor.organization_id)
      .where('rung_id', '=', rung_id)
      .execute()
    await carryNames(tx, actor, 'rung', before.name, name)
    await audit(tx, actor, {
      action: 'rung.change',
      subject: 'rung',
      subject_id: rung_id,
      before: { name: before.name, about: before.about },
      after: { name, about },
    })
  })
}

/** Changes places with the rung below it. */
export function moveRungDown(db: Db, actor: Actor, rung_id: string): Promise<void> {
  return inTransaction(db, async (tx) => {
    const { organization_id } = actor
    await lockLadder(tx, organization_id)
    const rungs = await rungsOf(tx, organization_id)
    const at = rungs.findIndex((each) => each.rung_id === rung_id)
    const [rung, below] = [found(rungs[at]), rungs[at - 1]]
    if (!below) return
    for (const [id, position] of [
      [rung.rung_id, below.position],
      [below.rung_id, rung.position],
    ] as const) {
      await tx
        .updateTable('rung')
        .set({ position })
        .where('organization_id', '=', organization_id)
        .where('rung_id', '=', id)
        .execute()
    }
    await audit(tx, actor, { action: 'rung.move', subject: 'rung', subject_id: rung_id })
  })
}

export type PutAway = { ok: true } | { ok: false; problem: 'somebody_stands_on_it' }

/** Put away it is offered no more; what people's histories say of it stays. Nobody may stand on it. */
export function archiveRung(db: Db, actor: Actor, rung_id: string, today: string, now: Date): Promise<PutAway> {
  return inTransaction(db, async (tx): Promise<PutAway> => {
    const { organization_id } = actor
    await lockLadder(tx, organization_id)
    await rungById(tx, organization_id, rung_id)
    if (await isStoodOn(tx, organization_id, rung_id, today)) return { ok: false, problem: 'somebody_stands_on_it' }
    await tx
      .updateTable('rung')
      .set({ archived_at: now })
      .where('organization_id', '=', organization_id)
      .where('rung_id', '=', rung_id)
      .where('archived_at', 'is', null)
      .execute()
    await audit(tx, actor, { action: 'rung.archive', subject: 'rung', subject_id: rung_id })
    return { ok: true }
  })
}

export function restoreRung(db: Db, actor: Actor, rung_id: string): Promise<void> {
  return inTransaction(db, async (tx) => {
    await rungById(tx, actor.organization_id, rung_id)
    await tx
      .updateTable('rung')
      .set({ archived_at: null })
      .where('organization_id', '=', actor.organization_id)
      .where('rung_id', '=', rung_id)
      .execute()
    await audit(tx, actor, { action: 'rung.restore', subject: 'rung', subject_id: rung_id })
  })
}

export interface NewStage {
  /** null: on the ladder no more. */
  rung_id: string | null
  /** 'YYYY-MM-DD'. */
  from_on: string
  reason: string
}

/** Where somebody stands from a day on. Sent twice it is one entry. NotFound for a rung that is not there or was put away. */
export function setStage(db: Db, actor: Actor, who: string, stage: NewStage, now: Date): Promise<string> {
  const { organization_id } = actor
  return inTransaction(db, async (tx) => {
    if (stage.rung_id) {
      await lockLadder(tx, organization_id)
      found((await rungsOf(tx, organization_id)).find(({ rung_id }) => rung_id === stage.rung_id))
    }
    const person_id = await lockPerson(tx, actor, who)
    const last = await tx
      .selectFrom('person_stage')
      .select(['rung_id', 'reason', 'from_on'])
      .where('organization_id', '=', organization_id)
      .where('person_id', '=', person_id)
      .where('removed_at', 'is', null)
      .orderBy('set_at', 'desc')
      .executeTakeFirst()
    if (last?.rung_id === stage.rung_id && last.reason === stage.reason && last.from_on === stage.from_on)
      return person_id
    const { stage_id } = await tx
      .insertInto('person_stage')
      .values({ organization_id, person_id, ...stage, set_by: actor.name, set_at: now })
      .returning('stage_id')
      .executeTakeFirstOrThrow()
    await audit(tx, actor, {
      action: 'stage.set',
      subject: 'person_stage',
      subject_id: stage_id,
      after: { person_id, ...stage },
    })
    return person_id
  })
}

/** Takes out an entry made by mistake; it stays in the database. */
export function removeStage(db: Db, actor: Actor, stage_id: string, now: Date): Promise<string> {
  return inTransaction(db, async (tx) => {
    const { person_id, rung_id, from_on, reason } = found(
      await tx
        .updateTable('person_stage')
        .set({ removed_at: now, removed_by: actor.name })
        .where('organization_id', '=', actor.organization_id)
        .where('stage_id', '=', stage_id)
        .where('removed_at', 'is', null)
        .returning(['person_id', 'rung_id', 'from_on', 'reason'])
        .executeTakeFirst(),
    )
    await audit(tx, actor, {
      action: 'stage.remove',
      subject: 'person_stage',
      subject_id: stage_id,
      before: { person_id, rung_id, from_on, reason },
    })
    return person_id
  })
}

/** The person meant; who writes about them at the same time waits. */
export async function lockPerson(tx: Db, actor: Actor, who: string): Promise<string> {
  const person_id = await personOf(tx, actor, who)
  const { merged_into } = await tx
    .selectFrom('person')
    .select('merged_into')
    .where('organization_id', '=', actor.organization_id)
    .where('person_id', '=', person_id)
    .forUpdate()
    .executeTakeFirstOrThrow()
  // Merged while this waited: what is written belongs to whom they were merged into.
  return merged_into ? lockPerson(tx, actor, merged_into) : person_id
}

/** Which account, or which caller, is this person; whoever it was before is it no more. */
export function joinAccount(
  db: Db,
  actor: Actor,
  who: string,
  account: { user_id: string | null; caller_id: string | null },
  now: Date,
): Promise<string> {
  const { organization_id } = actor
  return inTransaction(db, async (tx) => {
    const person_id = await lockPerson(tx, actor, who)
    const [column, id] = account.user_id
      ? (['user_id', account.user_id] as const)
      : (['caller_id', found(account.caller_id)] as const)
    found(
      await tx
        .selectFrom(column === 'user_id' ? 'member' : 'phone_bank_caller')
        .select('organization_id')
        .where('organization_id', '=', organization_id)
        .where(column as 'user_id', '=', id)
        .executeTakeFirst(),
    )
    const before = await tx
      .deleteFrom('person_account')
      .where('organization_id', '=', organization_id)
      .where(column, '=', id)
      .returning('person_id')
      .executeTakeFirst()
    await tx
      .insertInto('person_account')
      .values({
        organization_id,
        person_id,
        user_id: null,
        caller_id: null,
        [column]: id,
        joined_by: actor.name,
        joined_at: now,
      })
      .execute()
    if (before && before.person_id !== person_id && account.user_id) await takeFrom(tx, actor, account.user_id, now)
    if (before?.person_id !== person_id)
      await audit(tx, actor, {
        action: 'person_account.join',
        subject: 'person',
        subject_id: person_id,
        before: before ? { person_id: before.person_id } : null,
        after: { [column]: id },
      })
    return person_id
  })
}

/** The account is not the person it was taken for: what it was given, and read, because of that ends. */
async function takeFrom(tx: Db, actor: Actor, user_id: string, now: Date): Promise<void> {
  const { organization_id } = actor
  await endDelegationsTo(tx, actor, organization_id, user_id, now)
  await tx
    .updateTable('one_on_one')
    .set({ reader_id: null })
    .where('organization_id', '=', organization_id)
    .where('reader_id', '=', user_id)
    .execute()
}

export function partAccount(db: Db, actor: Actor, person_account_id: string, now: Date): Promise<string> {
  return inTransaction(db, async (tx) => {
    const { person_id, user_id, caller_id } = found(
      await tx
        .deleteFrom('person_account')
        .where('organization_id', '=', actor.organization_id)
        .where('person_account_id', '=', person_account_id)
        .returning(['person_id', 'user_id', 'caller_id'])
        .executeTakeFirst(),
    )
    if (user_id) await takeFrom(tx, actor, user_id, now)
    await audit(tx, actor, {
      action: 'person_account.part',
      subject: 'person',
      subject_id: person_id,
      before: { user_id, caller_id },
    })
    return person_id
  })
}
