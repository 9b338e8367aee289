import { sql } from 'kysely'
import { DatabaseError } from 'pg'
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import '../organizations/tables.ts'
import { inTransaction, type Db } from '../../platform/db/db.ts'
import { Conflict, found } from '../../platform/errors.ts'
import { TooSlow, fromNow, longest_ms, type Until } from './bounded.ts'
import { isUnderWay, locked } from './frozen/commands.ts'
import { carryRename } from './events.ts'
import { foldName, foldedName } from './names.ts'
import {
  compileExpression,
  compileOpen,
  compileUniverse,
  countUniverse,
  inTerm,
  universe,
  universeNamed,
  type CompiledUniverse,
  type Universe,
  type UniverseProblem,
} from './queries.ts'
import type { UniverseForm } from './schema.ts'
import { keepSize } from './sizes.ts'
import { isUsed, namesOf, usesOf } from './uses.ts'

export type SavedUniverse =
  /** `counted` null: counting took too long. */
  | { ok: true; universe_id: string; counted: number | null }
  | { ok: false; problem: 'expression'; detail: UniverseProblem }
  | { ok: false; problem: 'name_taken' }

/** Who counts: `countBy` in columns/ask.ts, where there are columns. */
export type Count = (compiled: CompiledUniverse, until: Until) => Promise<number>

/** Keeps an expression under a name, in canonical form, with its count of today. */
export async function saveUniverse(
  db: Db,
  actor: Actor,
  form: UniverseForm,
  now: Date,
  today: string,
  count: Count = (compiled, until) => countUniverse(db, compiled, until),
): Promise<SavedUniverse> {
  const compiled = await compileOpen(db, actor, form.expression, today)
  if (!compiled.ok) return { ok: false, problem: 'expression', detail: compiled.problem }
  const counted = await countForSaving(count, compiled.universe)
  return unlessTaken(db, { ok: false, problem: 'name_taken' }, async (tx): Promise<SavedUniverse> => {
    if (await isNameTaken(tx, actor.organization_id, form.name, null)) return { ok: false, problem: 'name_taken' }
    const row = {
      organization_id: actor.organization_id,
      name: form.name,
      expression: compiled.universe.text,
      note: form.note ?? null,
      counted,
      counted_at: counted === null ? null : now,
      created_by: actor.name,
      owner: actor.name,
      owner_id: actor.id,
      archived_at: null,
    }
    const made = await tx.insertInto('universe').values(row).returningAll().executeTakeFirstOrThrow()
    const { universe_id } = made
    if (counted !== null) await keepSize(tx, made, counted, today, now)
    await audit(tx, actor, {
      action: 'universe.create',
      subject: 'universe',
      subject_id: universe_id,
      after: { name: row.name, expression: row.expression, note: row.note, counted },
    })
    return { ok: true, universe_id, counted }
  })
}

/** Rolls the transaction back and is the answer. */
class Refused extends Error {
  readonly detail: UniverseProblem
  constructor(detail: UniverseProblem) {
    super(detail.code)
    this.detail = detail
  }
}

/**
 * Changes name, note or expression. What was made from it before (a phone bank) keeps its own copy; universes that name it
 * after `in:` are rewritten with a new name, and the old name goes on meaning it. A frozen one keeps its members.
 */
export async function changeUniverse(
  db: Db,
  actor: Actor,
  universe_id: string,
  form: UniverseForm,
  now: Date,
  today: string,
  count: Count = (compiled, until) => countUniverse(db, compiled, until),
): Promise<SavedUniverse> {
  const compiled = await compileOpen(db, actor, form.expression, today)
  if (!compiled.ok) return { ok: false, problem: 'expression', detail: compiled.problem }
  const counted = await countForSaving(count, compiled.universe)
  const change = async (tx: Db): Promise<SavedUniverse> => {
    const before = await locked(tx, actor.organization_id, universe_id)
    if (await isUnderWay(tx, before)) throw new Conflict()
    if (await isNameTaken(tx, actor.organization_id, form.name, universe_id))
      return { ok: false, problem: 'name_taken' }
    const after = { name: form.name, expression: compiled.universe.text, note: form.note ?? null }
    const isLive = before.kind === 'live'
    await tx
      .updateTable('universe')
      .set({ ...after, ...(isLive && { counted, counted_at: counted === null ? null : now }) })
      .where('organization_id', '=', actor.organization_id)
      .where('universe_id', '=', universe_id)
      .execute()
    if (before.name !== form.name) await giveName(tx, actor, before, form.name, now)
    // Only now does its new expression count where others name it: none may contain itself.
    const again = await compileExpression(tx, inTerm(form), actor.organization_id, today)
    if (!again.ok) throw new Refused(again.problem)
    if (isLive && counted !== null) await keepSize(tx, before, counted, today, now)
    await audit(tx, actor, {
      action: 'universe.change',
      subject: 'universe',
      subject_id: universe_id,
      before: pick(before),
      after,
    })
    return { ok: true, universe_id, counted: isLive ? counted : before.counted }
  }
  try {
    return await unlessTaken(db, { ok: false, problem: 'name_taken' }, change)
  } catch (problem) {
    if (problem instanceof Refused) return { ok: false, problem: 'expression', detail: problem.detail }
    throw problem
  }
}

/** What names it after `in:` names it by its new name, and whoever still types the old one means it too. */
async function giveName(tx: Db, actor: Actor, before: Universe, name: string, now: Date): Promise<void> {
  const { organization_id, universe_id } = before
  // Of it and those it had: an expression kept since may say any of them.
  for (const from of await namesOf(tx, before)) await carryRename(tx, actor, { of: 'universe', from, to: name })
  if (foldName(before.name) === foldName(name)) return
  await tx
    .deleteFrom('universe_former_name')
    .where('organization_id', '=', organization_id)
    .where('name', '=', foldName(name))
    .execute()
  await tx
    .insertInto('universe_former_name')
    .values({ organization_id, name: foldName(before.name), universe_id, given_up_at: now })
    .onConflict((conflict) => conflict.columns(['organization_id', 'name']).doNothing())
    .execute()
}

/**
 * May nobody but `except` have this name? Others' names and former names, and the name of an archived one that something
 * still asks for: else that would mean other voters from one day to the next.
 */
async function isNameTaken(tx: Db, organization_id: string, name: string, except: string | null): Promise<boolean> {
  const named = await universeNamed(tx, organization_id, name)
  if (named && named.universe_id !== except) return true
  const former = await tx
    .selectFrom('universe_former_name')
    .select('universe_id')
    .where('organization_id', '=', organization_id)
    .where('name', '=', foldName(name))
    .executeTakeFirst()
  if (former && former.universe_id !== except) return true
  const archived = await tx
    .selectFrom('universe')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .where('archived_at', 'is not', null)
    .where(foldedName(sql.ref('name')), '=', foldName(name))
    .execute()
  for (const each of archived) {
    if (each.universe_id === except) continue
    const { universes, phone_banks } = await usesOf(tx, each)
    if (universes.length > 0 || phone_banks.some(({ is_by_name }) => is_by_name)) return true
  }
  return false
}

/** Counts before the transaction in which it is saved: seconds are long for one, and a count asks on a connection of its own. */
export async function countedAhead(
  db: Db,
  organization_id: string,
  expression: string,
  today: string,
  count: Count,
): Promise<Count> {
  const compiled = await compileUniverse(db, expression, organization_id, today)
  if (!compiled.ok) return count // which nobody asks then
  const counted = await countForSaving(count, compiled.universe)
  return async () => {
    if (counted === null) throw new TooSlow()
    return counted
  }
}

/** A universe that cannot be counted in time is saved without a count rather than not at all. */
async function countForSaving(count: Count, compiled: CompiledUniverse): Promise<number | null> {
  try {
    return await count(compiled, fromNow(longest_ms))
  } catch (problem) {
    if (problem instanceof TooSlow) return null
    throw problem
  }
}

/**
 * Remembers the newest count of a live universe for the list and its chart. It is derived from the voter records and
 * nobody's decision: looking at a universe may renew it, and it is not in the audit trail. A count of what was changed
 * meanwhile is dropped, and nobody waits for one whose members are being taken.
 */
export async function keepCount(db: Db, saved: Universe, counted: number, now: Date, today: string): Promise<void> {
  const { organization_id, universe_id, expression } = saved
  await inTransaction(db, async (tx) => {
    const there = await tx
      .selectFrom('universe')
      .select('universe_id')
      .where('organization_id', '=', organization_id)
      .where('universe_id', '=', universe_id)
      .where('expression', '=', expression)
      .where('kind', '=', 'live')
      .forUpdate()
      .skipLocked()
      .executeTakeFirst()
    if (!there) return
    await tx
      .updateTable('universe')
      .set({ counted, counted_at: now })
      .where('organization_id', '=', organization_id)
      .where('universe_id', '=', universe_id)
      .execute()
    await keepSize(tx, saved, counted, today, now)
  })
}

/** The same again under a name of its own; of a frozen one also its members. */
export function copyUniverse(
  db: Db,
  actor: Actor,
  universe_id: string,
  now: Date,
  today: string,
): Promise<{ universe_id: string }> {
  return inTransaction(db, async (tx) => {
    const from = await locked(tx, actor.organization_id, universe_id)
    let name = ''
    for (let nth = 2; ; nth++) {
      const end = ` (${nth})`
      name = from.name.replace(/ \(\d+\)$/, '').slice(0, 120 - end.length) + end
      if (!(await isNameTaken(tx, actor.organization_id, name, null))) break
    }
    const { organization_id, expression, note, kind, counted, counted_at } = from
    const isFrozen = kind === 'frozen'
    const made = await tx
      .insertInto('universe')
      .values({
        ...{ organization_id, name, expression, note, kind, counted, counted_at },
        created_by: actor.name,
        created_at: now,
        owner: actor.name,
        owner_id: actor.id,
        archived_at: null,
        version: isFrozen ? 1 : 0,
      })
      .returningAll()
      .executeTakeFirstOrThrow()
    if (isFrozen) await copyMembers(tx, actor, from, made.universe_id, now)
    if (counted !== null) await keepSize(tx, made, counted, today, now)
    await audit(tx, actor, {
      action: 'universe.copy',
      subject: 'universe',
      subject_id: made.universe_id,
      before: { universe_id },
      after: { name, expression, note, kind, counted },
    })
    // A room above, of whose campaigns the list is, has written down what a copy of it belongs to.
    await sql`select link_copy(${organization_id}::uuid, 'universe', ${universe_id}::uuid, ${made.universe_id}::uuid,
      ${actor.name}, ${actor.id}, ${actor.kind}, ${name}, ${now})`.execute(tx)
    return { universe_id: made.universe_id }
  })
}

/** Members as they are, taken when they were taken. */
async function copyMembers(tx: Db, actor: Actor, from: Universe, universe_id: string, now: Date): Promise<void> {
  const { organization_id } = from
  const taken = await tx
    .selectFrom('universe_version')
    .select(['finished_at', 'at_most', 'seed'])
    .where('organization_id', '=', organization_id)
    .where('universe_id', '=', from.universe_id)
    .where('version', '=', from.version)
    .executeTakeFirst()
  await tx
    .insertInto('universe_version')
    .values({
      organization_id,
      universe_id,
      version: 1,
      act: 'freeze',
      state: 'done',
      requested_by: actor.name,
      requested_by_id: actor.id,
      requested_at: now,
      finished_at: taken?.finished_at ?? now,
      came: from.counted,
      went: 0,
      members: from.counted,
      at_most: taken?.at_most ?? null,
      seed: taken?.seed ?? null,
      undone_by: null,
    })
    .execute()
  await sql`insert into universe_member (organization_id, universe_id, voter_id, since)
    select organization_id, ${universe_id}::uuid, voter_id, 1 from universe_member
    where organization_id = ${organization_id} and universe_id = ${from.universe_id} and until is null`.execute(tx)
}

/** Hands a universe to another member of the organization. False where there is no such member. */
export function giveUniverse(db: Db, actor: Actor, universe_id: string, user_id: string): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    const before = await locked(tx, actor.organization_id, universe_id)
    const member = await tx
      .selectFrom('member')
      .select(['user_id', 'display_name'])
      .where('organization_id', '=', actor.organization_id)
      .where('user_id', '=', user_id)
      .where('ended_at', 'is', null)
      .executeTakeFirst()
    if (!member) return false
    await tx
      .updateTable('universe')
      .set({ owner: member.display_name, owner_id: member.user_id })
      .where('organization_id', '=', actor.organization_id)
      .where('universe_id', '=', universe_id)
      .execute()
    await audit(tx, actor, {
      action: 'universe.give',
      subject: 'universe',
      subject_id: universe_id,
      before: { owner: before.owner },
      after: { owner: member.display_name },
    })
    return true
  })
}

/**
 * Takes a universe out of the list. Nothing is deleted, and what names it still finds it. Where something does, `is_sure`
 * says that this was seen; false: it was not, and nothing is done.
 */
export async function archiveUniverse(
  db: Db,
  actor: Actor,
  universe_id: string,
  now: Date,
  is_sure = false,
): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    const before = await locked(tx, actor.organization_id, universe_id)
    if (await isUnderWay(tx, before)) throw new Conflict()
    if (!is_sure && isUsed(await usesOf(tx, before))) return false
    await setArchived(tx, actor, before, now)
    await audit(tx, actor, {
      action: 'universe.archive',
      subject: 'universe',
      subject_id: universe_id,
      before: pick(before),
    })
    return true
  })
}

/** False where another universe has taken the name meanwhile. */
export async function restoreUniverse(db: Db, actor: Actor, universe_id: string): Promise<boolean> {
  return unlessTaken(db, false, async (tx) => {
    const before = found(await universe(tx, actor.organization_id, universe_id))
    if (await isNameTaken(tx, actor.organization_id, before.name, universe_id)) return false
    await setArchived(tx, actor, before, null)
    await audit(tx, actor, {
      action: 'universe.restore',
      subject: 'universe',
      subject_id: universe_id,
      after: pick(before),
    })
    return true
  })
}

/** In a transaction; `taken` also where somebody takes the name at the same moment, which only the index sees. */
async function unlessTaken<T>(db: Db, taken: T, work: (tx: Db) => Promise<T>): Promise<T> {
  try {
    return await inTransaction(db, work)
  } catch (problem) {
    if (problem instanceof DatabaseError && problem.constraint === 'universe_by_name') return taken
    throw problem
  }
}

const setArchived = (tx: Db, actor: Actor, { universe_id }: Universe, archived_at: Date | null): Promise<unknown> =>
  tx
    .updateTable('universe')
    .set({ archived_at })
    .where('organization_id', '=', actor.organization_id)
    .where('universe_id', '=', universe_id)
    .execute()

const pick = ({ name, expression, note }: Universe): Record<string, unknown> => ({ name, expression, note })
