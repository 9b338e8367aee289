import { DatabaseError } from 'pg'
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import { inTransaction, type Db } from '../../platform/db/db.ts'
import { found } from '../../platform/errors.ts'
import { TooSlow, fromNow, longest_ms } from './bounded.ts'
import {
  compileUniverse,
  countUniverse,
  universe,
  universeNamed,
  type CompiledUniverse,
  type Universe,
  type UniverseProblem,
} from './queries.ts'
import { carryRename } from './events.ts'
import type { UniverseForm } from './schema.ts'

export type SavedUniverse =
  /** `counted` null: counting took too long. */
  | { ok: true; universe_id: string; counted: number | null }
  | { ok: false; problem: 'expression'; detail: UniverseProblem }
  | { ok: false; problem: 'name_taken' }

/** Keeps an expression under a name, in canonical form, with its count of today. */
export async function saveUniverse(
  db: Db,
  actor: Actor,
  form: UniverseForm,
  now: Date,
  today: string,
): Promise<SavedUniverse> {
  const compiled = await compileUniverse(db, form.expression, actor.organization_id, today)
  if (!compiled.ok) return { ok: false, problem: 'expression', detail: compiled.problem }
  const counted = await countForSaving(db, compiled.universe)
  return unlessTaken(db, { ok: false, problem: 'name_taken' }, async (tx): Promise<SavedUniverse> => {
    if (await universeNamed(tx, actor.organization_id, form.name)) return { ok: false, problem: 'name_taken' }
    const row = {
      organization_id: actor.organization_id,
      name: form.name,
      expression: compiled.universe.text,
      note: form.note ?? null,
      counted,
      counted_at: counted === null ? null : now,
      created_by: actor.name,
      archived_at: null,
    }
    const { universe_id } = await tx
      .insertInto('universe')
      .values(row)
      .returning('universe_id')
      .executeTakeFirstOrThrow()
    await audit(tx, actor, {
      action: 'universe.create',
      subject: 'universe',
      subject_id: universe_id,
      after: { name: row.name, expression: row.expression, note: row.note, counted },
    })
    return { ok: true, universe_id, counted }
  })
}

/** Changes name, note or expression. What was made from it before (a phone bank) keeps its own copy. */
export async function changeUniverse(
  db: Db,
  actor: Actor,
  universe_id: string,
  form: UniverseForm,
  now: Date,
  today: string,
): Promise<SavedUniverse> {
  const compiled = await compileUniverse(db, form.expression, actor.organization_id, today)
  if (!compiled.ok) return { ok: false, problem: 'expression', detail: compiled.problem }
  const counted = await countForSaving(db, compiled.universe)
  return unlessTaken(db, { ok: false, problem: 'name_taken' }, async (tx): Promise<SavedUniverse> => {
    const before = found(await universe(tx, actor.organization_id, universe_id))
    const same = await universeNamed(tx, actor.organization_id, form.name)
    if (same && same.universe_id !== universe_id) return { ok: false, problem: 'name_taken' }
    const after = { name: form.name, expression: compiled.universe.text, note: form.note ?? null }
    await tx
      .updateTable('universe')
      .set({ ...after, counted, counted_at: counted === null ? null : now })
      .where('organization_id', '=', actor.organization_id)
      .where('universe_id', '=', universe_id)
      .execute()
    await audit(tx, actor, {
      action: 'universe.change',
      subject: 'universe',
      subject_id: universe_id,
      before: pick(before),
      after,
    })
    if (before.name !== form.name) await carryRename(tx, actor, { of: 'universe', from: before.name, to: form.name })
    return { ok: true, universe_id, counted }
  })
}

/** A universe that cannot be counted in time is saved without a count rather than not at all. */
async function countForSaving(db: Db, compiled: CompiledUniverse): Promise<number | null> {
  try {
    return await countUniverse(db, compiled, fromNow(longest_ms))
  } catch (problem) {
    if (problem instanceof TooSlow) return null
    throw problem
  }
}

/**
 * Remembers the newest count for the list. It is derived from the voter records and nobody's decision: looking at a
 * universe may renew it, and it is not in the audit trail. A count of what was changed meanwhile is dropped.
 */
export async function keepCount(
  db: Db,
  { organization_id, universe_id, expression }: Universe,
  counted: number,
  now: Date,
): Promise<void> {
  await db
    .updateTable('universe')
    .set({ counted, counted_at: now })
    .where('organization_id', '=', organization_id)
    .where('universe_id', '=', universe_id)
    .where('expression', '=', expression)
    .execute()
}

/** Takes a universe out of the list, or puts it back. Nothing is deleted. */
export async function archiveUniverse(db: Db, actor: Actor, universe_id: string, now: Date): Promise<void> {
  await inTransaction(db, async (tx) => {
    const before = found(await universe(tx, actor.organization_id, universe_id))
    await setArchived(tx, actor, before, now)
    await audit(tx, actor, {
      action: 'universe.archive',
      subject: 'universe',
      subject_id: universe_id,
      before: pick(before),
    })
  })
}

/** False where another universe has taken the name meanwhile. */
export async function restoreUniverse(db: Db, actor: Actor, universe_id: string): Promise<boolean> {
  return unlessTaken(db, false, async (tx) => {
    const before = found(await universe(tx, actor.organization_id, universe_id))
    if (await universeNamed(tx, actor.organization_id, before.name)) return false
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
